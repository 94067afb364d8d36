/** Where an experiment is described: every field with its range and, where it cannot be used, the reason. */
@NullMarked
package decaylab.ui.designer;

import org.jspecify.annotations.NullMarked;
