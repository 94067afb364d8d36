/** The tour of the first start: three things that the student really does. */
@NullMarked
package decaylab.ui.tour;

import org.jspecify.annotations.NullMarked;
