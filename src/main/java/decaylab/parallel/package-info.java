/** Work split into two fixed halves, so that a run's bits do not depend on how many threads did it. */
@NullMarked
package decaylab.parallel;

import org.jspecify.annotations.NullMarked;
