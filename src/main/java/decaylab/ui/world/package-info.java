/** The environment that a run acts in, drawn while it learns. */
@NullMarked
package decaylab.ui.world;

import org.jspecify.annotations.NullMarked;
