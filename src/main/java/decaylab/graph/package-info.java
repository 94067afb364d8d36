/** Graphs of nodes: made, rewired and divided; what flows along their edges, and what is learned from it. */
@NullMarked
package decaylab.graph;

import org.jspecify.annotations.NullMarked;
