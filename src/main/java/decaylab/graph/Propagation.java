package decaylab.graph;

import java.util.Arrays;

/**
 * What flows along the edges of a graph in some hops: Z &lt;- (1 - alpha) Ahat Z + alpha Z0, from Z = Z0 on (Gasteiger, Bojchevski
 * and Günnemann 2019, "Predict then Propagate"), with Ahat = D^-1/2 (A + I) D^-1/2 and D the degrees of A + I. With alpha 0 it is
 * Ahat^K, as in SGC (Wu et al. 2019). The whole is a symmetric linear map Abar, so that gradients go back through the same one.
 * Not for use by several threads at once.
 */
public final class Propagation {
    private final SparseMatrix adjacency;
    private final int hops;
    private final double teleport;
    private double[] spare = new double[0];

    /**
     * @param edges two ends for each edge
     * @param hops K, at least 0
     * @param teleport alpha, in [0, 1]
     */
    public Propagation(int[] edges, int nodes, int hops, double teleport) {
        adjacency = normalized(edges, nodes);
        this.hops = hops;
        this.teleport = teleport;
    }

    /** Ahat of a graph: nodes x nodes. */
    static SparseMatrix normalized(int[] edges, int nodes) {
        int[] degrees = new int[nodes];
        Arrays.fill(degrees, 1); // itself
        for (int end : edges) {
            degrees[end]++;
        }
        int[][] neighbours = new int[nodes][];
        int[] filled = new int[nodes];
        for (int i = 0; i < nodes; i++) {
            neighbours[i] = new int[degrees[i]];
            neighbours[i][filled[i]++] = i;
        }
        for (int i = 0; i < edges.length; i += 2) {
            neighbours[edges[i]][filled[edges[i]]++] = edges[i + 1];
            neighbours[edges[i + 1]][filled[edges[i + 1]]++] = edges[i];
        }
        SparseMatrix ones = SparseMatrix.ofOnes(nodes, neighbours);
        double[] roots = new double[nodes];
        Arrays.setAll(roots, i -> 1 / Math.sqrt(degrees[i]));
        double[] values = new double[ones.count()];
        for (int i = 0; i < nodes; i++) {
            for (int at = ones.starts()[i]; at < ones.starts()[i + 1]; at++) {
                values[at] = roots[i] * roots[ones.places()[at]];
            }
        }
        return new SparseMatrix(nodes, nodes, ones.starts(), ones.places(), values);
    }

    /** Ahat. */
    public SparseMatrix adjacency() {
        return adjacency;
    }

    /** K. */
    public int hops() {
        return hops;
    }

    /** alpha. */
    public double teleport() {
        return teleport;
    }

    /**
     * into = Abar from.
     *
     * @param from nodes x width
     * @param into the same size, another array
     */
    public void apply(double[] from, int width, double[] into) {
        int length = adjacency.rows() * width;
        if (spare.length < length) {
            spare = new double[length];
        }
        System.arraycopy(from, 0, into, 0, length);
        for (int hop = 0; hop < hops; hop++) {
            adjacency.multiply(into, width, spare);
            for (int i = 0; i < length; i++) {
                into[i] = (1 - teleport) * spare[i] + teleport * from[i];
            }
        }
    }

    /** Some rows of Abar, which are its columns too: for each node asked for nodes numbers, row after row. */
    public double[] rows(int[] chosen) {
        int nodes = adjacency.rows();
        double[] units = new double[Math.multiplyExact(nodes, chosen.length)];
        for (int i = 0; i < chosen.length; i++) {
            units[chosen[i] * chosen.length + i] = 1;
        }
        double[] columns = new double[units.length];
        apply(units, chosen.length, columns);
        double[] rows = units; // no longer needed
        for (int node = 0; node < nodes; node++) {
            for (int i = 0; i < chosen.length; i++) {
                rows[i * nodes + node] = columns[node * chosen.length + i];
            }
        }
        return rows;
    }
}
