package decaylab.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Label propagation (Dong et al. 2021, section 6.3 of the specification): y &lt;- Y; then in each hop y &lt;- Ahat y, the rows of
 * labelled nodes back to their labels, y &lt;- (1 - alpha) y + alpha Y, in this order.
 */
public final class LabelSpreading {
    private LabelSpreading() {}

    /**
     * The soft labels after the last hop.
     *
     * @param told class of each labelled node; -1 of the others
     * @return nodes x classes, numbers of at least 0 that need not sum to 1
     */
    public static double[] spread(Propagation along, int[] told, int classes) {
        List<double[]> all = hopByHop(along, told, classes);
        return all.get(all.size() - 1);
    }

    /** The soft labels before the first hop and after each. */
    public static List<double[]> hopByHop(Propagation along, int[] told, int classes) {
        double[] start = new double[told.length * classes];
        for (int node = 0; node < told.length; node++) {
            if (told[node] >= 0) {
                start[node * classes + told[node]] = 1;
            }
        }
        List<double[]> all = new ArrayList<>();
        all.add(start);
        double alpha = along.teleport();
        for (int hop = 0; hop < along.hops(); hop++) {
            double[] next = new double[start.length];
            along.adjacency().multiply(all.get(hop), classes, next);
            for (int node = 0; node < told.length; node++) {
                if (told[node] >= 0) {
                    System.arraycopy(start, node * classes, next, node * classes, classes);
                }
            }
            for (int i = 0; i < next.length; i++) {
                next[i] = (1 - alpha) * next[i] + alpha * start[i];
            }
            all.add(next);
        }
        return all;
    }

    /** The largest class of each row, the first among equals; -1 of a row without a number above 0. */
    public static int[] largest(double[] rows, int classes) {
        int[] largest = new int[rows.length / classes];
        Arrays.fill(largest, -1);
        for (int i = 0; i < largest.length; i++) {
            double most = 0;
            for (int c = 0; c < classes; c++) {
                if (rows[i * classes + c] > most) {
                    most = rows[i * classes + c];
                    largest[i] = c;
                }
            }
        }
        return largest;
    }
}
