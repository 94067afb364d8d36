/** The command line: the same engine as the window's, without a display. */
@NullMarked
package decaylab.cli;

import org.jspecify.annotations.NullMarked;
