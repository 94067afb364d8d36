/** What is run: immutable, validated, and the only place with defaults. */
@NullMarked
package decaylab.experiment;

import org.jspecify.annotations.NullMarked;
