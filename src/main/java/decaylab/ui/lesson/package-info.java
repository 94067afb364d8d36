/** Lessons beside the charts. */
@NullMarked
package decaylab.ui.lesson;

import org.jspecify.annotations.NullMarked;
