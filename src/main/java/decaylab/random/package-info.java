/** The lab's own counter-based random numbers, so that a run is the same on every thread and after every restart. */
@NullMarked
package decaylab.random;

import org.jspecify.annotations.NullMarked;
