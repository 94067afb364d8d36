/** The studies in the window: what they do, how far they are, and what they found. */
@NullMarked
package decaylab.ui.study;

import org.jspecify.annotations.NullMarked;
