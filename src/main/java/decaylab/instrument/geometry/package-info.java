/**
 * What the weights and the loss look like around the point where a run is: gradients of single examples, curvature, the
 * measures of generalisation that are made of them, and histograms and spectra of weights and activations. All in double
 * precision, on a copy of the parameters.
 */
@NullMarked
package decaylab.instrument.geometry;

import org.jspecify.annotations.NullMarked;
