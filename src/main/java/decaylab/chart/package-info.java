/** Charts without a window: series that follow a run, one painter for screen and files, PNG and SVG. */
@NullMarked
package decaylab.chart;

import org.jspecify.annotations.NullMarked;
