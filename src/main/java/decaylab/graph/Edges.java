package decaylab.graph;

import decaylab.random.CounterRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What is done to the edges of a graph before anything is learned. Edges are two ends each, one after the other. */
public final class Edges {
    /** Draws of another edge before an edge is let be: only a graph that is nearly complete has no room. */
    private static final int TRIES = 100;

    private Edges() {}

    /** An undirected edge as one number. */
    static long key(int one, int other) {
        return (long) Math.min(one, other) << 32 | Math.max(one, other);
    }

    /**
     * Rewires edges at random: each, with a probability, is taken away and another one put between two nodes drawn uniformly that
     * had none. At equal seeds the edges rewired at a lower probability are rewired at a higher one too.
     *
     * @param probability in [0, 1]
     * @return as many edges
     */
    public static int[] rewired(int[] edges, int nodes, double probability, long seed) {
        if (probability == 0) {
            return edges;
        }
        CounterRandom stream = CounterRandom.of(seed, "edge noise");
        Set<Long> present = new HashSet<>();
        for (int i = 0; i < edges.length; i += 2) {
            present.add(key(edges[i], edges[i + 1]));
        }
        int[] changed = edges.clone();
        for (int i = 0; i < edges.length; i += 2) {
            CounterRandom random = stream.split(i);
            if (random.nextDouble() >= probability) {
                continue;
            }
            for (int attempt = 0; attempt < TRIES; attempt++) {
                int one = random.nextInt(nodes);
                int other = random.nextInt(nodes);
                if (one != other && present.add(key(one, other))) {
                    present.remove(key(edges[i], edges[i + 1]));
                    changed[i] = Math.min(one, other);
                    changed[i + 1] = Math.max(one, other);
                    break;
                }
            }
        }
        return changed;
    }

    /** The nodes of the largest connected component, ascending; of several as large the one with the lowest node. */
    public static int[] largestComponent(int[] edges, int nodes) {
        int[] root = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            root[i] = i;
        }
        for (int i = 0; i < edges.length; i += 2) {
            int one = find(root, edges[i]);
            int other = find(root, edges[i + 1]);
            root[Math.max(one, other)] = Math.min(one, other);
        }
        int[] sizes = new int[nodes];
        int largest = 0;
        for (int i = 0; i < nodes; i++) {
            sizes[find(root, i)]++;
        }
        for (int i = 0; i < nodes; i++) {
            largest = sizes[i] > sizes[largest] ? i : largest;
        }
        int[] kept = new int[sizes[largest]];
        int next = 0;
        for (int i = 0; i < nodes; i++) {
            if (find(root, i) == largest) {
                kept[next++] = i;
            }
        }
        return kept;
    }

    private static int find(int[] root, int node) {
        int at = node;
        while (root[at] != at) {
            root[at] = root[root[at]]; // halves the path
            at = root[at];
        }
        return at;
    }

    /**
     * The edges among some nodes, with the nodes numbered anew in their order.
     *
     * @param kept nodes, ascending
     */
    public static int[] among(int[] edges, int nodes, int[] kept) {
        int[] number = new int[nodes];
        Arrays.fill(number, -1);
        for (int i = 0; i < kept.length; i++) {
            number[kept[i]] = i;
        }
        int[] all = new int[edges.length];
        int next = 0;
        for (int i = 0; i < edges.length; i += 2) {
            if (number[edges[i]] >= 0 && number[edges[i + 1]] >= 0) {
                all[next++] = number[edges[i]];
                all[next++] = number[edges[i + 1]];
            }
        }
        return Arrays.copyOf(all, next);
    }
}
