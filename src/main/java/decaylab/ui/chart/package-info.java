/** Live charts that follow runs: pulled once a frame, painted off the window's thread, linked by their step axis. */
@NullMarked
package decaylab.ui.chart;

import org.jspecify.annotations.NullMarked;
