/** How large and in which colours the window is shown. */
@NullMarked
package decaylab.ui.look;

import org.jspecify.annotations.NullMarked;
