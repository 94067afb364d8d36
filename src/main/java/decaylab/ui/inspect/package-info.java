/** What is inside a network: its layers' weights and buffers, whether their size matters, measures of generalisation. */
@NullMarked
package decaylab.ui.inspect;

import org.jspecify.annotations.NullMarked;
