package decaylab.graph;

import decaylab.random.CounterRandom;
import java.util.Arrays;

/**
 * A stochastic block model with features: the specification's DATA-SBM, section 0.3. 4 blocks of 100 nodes, an edge within a block
 * with probability 0.06, between two with 0.008; 80 features of which each is on with rate 0.05, and those from 20 c to
 * 20 c + 19 of a node of class c are switched on by another chance of 0.12.
 *
 * @param edges two ends for each edge
 * @param features nodes x 80, ones
 * @param labels class of each node
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two models
public record BlockModel(int[] edges, SparseMatrix features, int[] labels) {
    /** How many blocks, which are the classes. */
    public static final int BLOCKS = 4;

    private static final int OF_BLOCK = 100;
    private static final int FEATURES = 80;
    private static final double WITHIN = 0.06;
    private static final double BETWEEN = 0.008;
    private static final double BACKGROUND = 0.05;
    private static final double OWN = 0.12;

    /** The model of a seed. */
    public static BlockModel of(long seed) {
        int nodes = BLOCKS * OF_BLOCK;
        int[] labels = new int[nodes];
        Arrays.setAll(labels, node -> node / OF_BLOCK);
        CounterRandom chance = CounterRandom.of(seed, "sbm edges");
        int[] edges = new int[nodes * (nodes - 1)];
        int next = 0;
        for (int i = 0; i < nodes; i++) {
            for (int j = i + 1; j < nodes; j++) {
                if (chance.nextDouble() < (labels[i] == labels[j] ? WITHIN : BETWEEN)) {
                    edges[next++] = i;
                    edges[next++] = j;
                }
            }
        }
        CounterRandom stream = CounterRandom.of(seed, "sbm features");
        int[][] on = new int[nodes][];
        int own = FEATURES / BLOCKS;
        for (int node = 0; node < nodes; node++) {
            CounterRandom random = stream.split(node);
            int[] found = new int[FEATURES];
            int count = 0;
            for (int feature = 0; feature < FEATURES; feature++) {
                boolean background = random.nextDouble() < BACKGROUND;
                boolean additional = random.nextDouble() < OWN && feature / own == labels[node];
                if (background || additional) {
                    found[count++] = feature;
                }
            }
            on[node] = Arrays.copyOf(found, count);
        }
        return new BlockModel(Arrays.copyOf(edges, next), SparseMatrix.ofOnes(FEATURES, on), labels);
    }
}
