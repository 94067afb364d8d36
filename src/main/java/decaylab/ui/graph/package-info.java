/** The graph that a run classifies, drawn while it learns. */
@NullMarked
package decaylab.ui.graph;

import org.jspecify.annotations.NullMarked;
