package decaylab.graph;

import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes' labels are told, which stop training, and which judge it.
 *
 * @param train nodes, ascending, as the two others
 * @param validation nodes by which training is stopped
 * @param test nodes by which it is judged
 * @param kind who divided them
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two splits
public record Split(int[] train, int[] validation, int[] test, Kind kind) {
    /** Who divided the nodes. */
    public enum Kind {
        /** The files: Planetoid's split, for Cora as Yang, Cohen and Salakhutdinov (2016) published it. */
        FILES("files"),
        /** Drawn from the seed: the same number of each class told, some for stopping, the rest for the test. */
        DRAWN("drawn");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that files, the command line and the screen use. */
        @Override
        public String toString() {
            return word;
        }
    }

    /** How many nodes stop training in a graph that has them. */
    public static final int STOPPING = 500;

    /**
     * Draws a split: of each class as many nodes are told, then some of the others stop training, and the rest, or as many of it as
     * are asked for, is the test.
     *
     * @param labels class of each node
     * @param told nodes to tell, a multiple of the classes
     * @param stopping nodes that stop training, at most
     * @param testSize test nodes; null for the rest
     * @throws BadInputException where a class has too few nodes, or too few are left
     */
    public static Split drawn(
            int[] labels, int classes, int told, int stopping, @Nullable Integer testSize, long seed) {
        if (told % classes != 0) {
            throw new BadInputException("data.trainSize is " + told + ", but as many nodes of each of the " + classes
                    + " classes are told; make data.trainSize a multiple of " + classes + ", or null.");
        }
        int each = told / classes;
        int[] order = CounterRandom.of(seed, "split of nodes").permutation(labels.length);
        int[] counts = new int[classes];
        int[] train = new int[told];
        int[] others = new int[labels.length - Math.min(told, labels.length)];
        int trained = 0;
        int left = 0;
        for (int node : order) {
            if (counts[labels[node]] < each) {
                counts[labels[node]]++;
                train[trained++] = node;
            } else if (left < others.length) {
                others[left++] = node;
            }
        }
        for (int c = 0; c < classes; c++) {
            if (counts[c] < each) {
                throw new BadInputException("data.trainSize is " + told + ", which is " + each
                        + " nodes of each class, but class " + c + " has only " + counts[c]
                        + "; make data.trainSize smaller.");
            }
        }
        int stop = Math.min(stopping, others.length / 3);
        int rest = others.length - stop;
        int test = testSize == null ? rest : testSize;
        if (test > rest || test < 1) {
            throw new BadInputException("data.testSize is " + test + ", but of " + labels.length + " nodes " + told
                    + " are told and " + stop + " stop training, which leaves " + rest
                    + "; make data.testSize or data.trainSize smaller.");
        }
        return new Split(
                sorted(train),
                sorted(Arrays.copyOf(others, stop)),
                sorted(Arrays.copyOfRange(others, stop, stop + test)),
                Kind.DRAWN);
    }

    private static int[] sorted(int[] nodes) {
        Arrays.sort(nodes);
        return nodes;
    }
}
