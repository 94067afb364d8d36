/** What goes wrong, said in one sentence that names the thing, its value and the remedy. */
@NullMarked
package decaylab.problem;

import org.jspecify.annotations.NullMarked;
