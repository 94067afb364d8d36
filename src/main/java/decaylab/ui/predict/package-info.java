/** Predictions: a curve that somebody draws over a chart before the run goes on, and how near it came. */
@NullMarked
package decaylab.ui.predict;

import org.jspecify.annotations.NullMarked;
