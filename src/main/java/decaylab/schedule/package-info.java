/** Pure functions from the step to a factor, for the learning rate and for decay. */
@NullMarked
package decaylab.schedule;

import org.jspecify.annotations.NullMarked;
