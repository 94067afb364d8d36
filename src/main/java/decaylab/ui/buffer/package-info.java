/** The update of the weights line by line: where decay enters, what the buffers hold, and whose the step is. */
@NullMarked
package decaylab.ui.buffer;

import org.jspecify.annotations.NullMarked;
