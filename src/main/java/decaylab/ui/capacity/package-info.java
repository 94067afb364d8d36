/** Norms of the current run's layers and the bound that they give, live, with the ball that keeps them small. */
@NullMarked
package decaylab.ui.capacity;

import org.jspecify.annotations.NullMarked;
