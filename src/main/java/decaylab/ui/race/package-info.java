/** Two to four settings side by side: the same seed, the same batches, the same steps. */
@NullMarked
package decaylab.ui.race;

import org.jspecify.annotations.NullMarked;
