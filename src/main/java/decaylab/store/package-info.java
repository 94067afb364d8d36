/** Runs on disk. */
@NullMarked
package decaylab.store;

import org.jspecify.annotations.NullMarked;
