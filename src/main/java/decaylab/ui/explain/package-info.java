/** A moment of a run in words: what its samples say of the last steps, and where on the charts that is seen. */
@NullMarked
package decaylab.ui.explain;

import org.jspecify.annotations.NullMarked;
