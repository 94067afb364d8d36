/** The weights beside the matrices that carry the error in their place. */
@NullMarked
package decaylab.ui.feedback;

import org.jspecify.annotations.NullMarked;
