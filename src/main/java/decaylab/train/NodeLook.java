package decaylab.train;

import decaylab.graph.Equivalence;
import java.util.Optional;

/**
 * What a run says of every node of its graph at one moment. The arrays are shared, not copied: they are read only.
 *
 * @param step how many steps were done
 * @param classes the class that each node is told to have; -1 where nothing is told
 * @param confidences the part of it in all that is told of the node, in [0, 1]
 * @param equivalence the theorem in numbers at these parameters; empty where nothing is trained or the graph is too large
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two looks
public record NodeLook(long step, int[] classes, double[] confidences, Optional<Equivalence> equivalence) {}
