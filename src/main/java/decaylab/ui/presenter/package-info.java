/** The presenter's own window: notes, time, and the figures of the moment in large type. */
@NullMarked
package decaylab.ui.presenter;

import org.jspecify.annotations.NullMarked;
