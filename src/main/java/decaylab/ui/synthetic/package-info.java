/** Modules of synthetic gradients: who works when, how well they predict, and what the layers make of the data. */
@NullMarked
package decaylab.ui.synthetic;

import org.jspecify.annotations.NullMarked;
