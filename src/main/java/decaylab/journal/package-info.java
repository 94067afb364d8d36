/** What a student tried, predicted and measured, as a page to hand in; and many such pages as one chart of a class. */
@NullMarked
package decaylab.journal;

import org.jspecify.annotations.NullMarked;
