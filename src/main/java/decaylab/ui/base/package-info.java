/** What every part of the window uses: the way back to the window's thread, work behind the window, words, notices. */
@NullMarked
package decaylab.ui.base;

import org.jspecify.annotations.NullMarked;
