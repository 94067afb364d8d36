/** Data sets: made from a seed, or read from the user's folder; mini-batches and label noise. */
@NullMarked
package decaylab.data;

import org.jspecify.annotations.NullMarked;
