/** Lessons: files that a teacher writes, what they promise, and the runs that check it. */
@NullMarked
package decaylab.lesson;

import org.jspecify.annotations.NullMarked;
