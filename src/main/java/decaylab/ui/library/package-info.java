/** The library: every run that was kept, found again, described, laid over others. */
@NullMarked
package decaylab.ui.library;

import org.jspecify.annotations.NullMarked;
