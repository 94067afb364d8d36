/** What decay does to one weight or two, step by step, on losses that can be drawn. */
@NullMarked
package decaylab.ui.weight;

import org.jspecify.annotations.NullMarked;
