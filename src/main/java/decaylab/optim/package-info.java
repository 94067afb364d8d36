/** Where decay enters, the step rules and the one update kernel. */
@NullMarked
package decaylab.optim;

import org.jspecify.annotations.NullMarked;
