/** Quantities, when they are taken, and the samples that a run leaves behind. */
@NullMarked
package decaylab.instrument;

import org.jspecify.annotations.NullMarked;
