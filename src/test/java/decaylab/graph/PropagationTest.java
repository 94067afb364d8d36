package decaylab.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PropagationTest {
    /** 0 - 1 - 2. */
    private static final int[] PATH = {0, 1, 1, 2};

    /** Two nodes and an edge between them. */
    private static final int[] PAIR = {0, 1};

    @Test
    void theAdjacencyIsDividedByTheRootsOfBothDegrees() {
        SparseMatrix adjacency = Propagation.normalized(PATH, 3);
        double side = 1 / Math.sqrt(6);
        assertThat(dense(adjacency))
                .containsExactly(new double[] {0.5, side, 0, side, 1.0 / 3, side, 0, side, 0.5}, within(1e-15));
    }

    private static double[] dense(SparseMatrix matrix) {
        double[] unit = new double[matrix.columns() * matrix.columns()];
        for (int i = 0; i < matrix.columns(); i++) {
            unit[i * matrix.columns() + i] = 1;
        }
        double[] into = new double[matrix.rows() * matrix.columns()];
        matrix.multiply(unit, matrix.columns(), into);
        return into;
    }

    /** (1 - a)^K Ahat^K + a sum of (1 - a)^k Ahat^k, term by term. */
    @Test
    void theIterationIsThePolynomial() {
        BlockModel model = BlockModel.of(1);
        int nodes = model.labels().length;
        int hops = 6;
        double alpha = 0.15;
        double[] start = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            start[i] = Math.sin(i);
        }
        double[] expected = new double[nodes];
        double[] power = start.clone();
        double[] next = new double[nodes];
        SparseMatrix adjacency = Propagation.normalized(model.edges(), nodes);
        for (int k = 0; k <= hops; k++) {
            double weight = (k == hops ? 1 : alpha) * Math.pow(1 - alpha, k);
            for (int i = 0; i < nodes; i++) {
                expected[i] += weight * power[i];
            }
            adjacency.multiply(power, 1, next);
            System.arraycopy(next, 0, power, 0, nodes);
        }
        double[] found = new double[nodes];
        new Propagation(model.edges(), nodes, hops, alpha).apply(start, 1, found);
        assertThat(found).containsExactly(expected, within(1e-13));
    }

    /** K to infinity is personalised PageRank: Z = alpha (I - (1 - alpha) Ahat)^-1 Z0. */
    @Test
    void manyHopsSolveTheFixedPoint() {
        double alpha = 0.2;
        double[] start = {1, -2, 0.5};
        double[] found = new double[3];
        new Propagation(PATH, 3, 400, alpha).apply(start, 1, found);
        double[] once = new double[3];
        Propagation.normalized(PATH, 3).multiply(found, 1, once);
        for (int i = 0; i < 3; i++) {
            assertThat(found[i]).isCloseTo((1 - alpha) * once[i] + alpha * start[i], within(1e-14));
        }
    }

    /** Worked by hand: half goes over, the label goes back, then the part that teleports. */
    @Test
    void labelsSpreadInTheOrderOfThePaper() {
        Propagation along = new Propagation(PAIR, 2, 2, 0.1);
        List<double[]> hops = LabelSpreading.hopByHop(along, new int[] {0, -1}, 2);
        assertThat(hops).hasSize(3);
        assertThat(hops.get(0)).containsExactly(1, 0, 0, 0);
        assertThat(hops.get(1)).containsExactly(new double[] {1, 0, 0.45, 0}, within(1e-15));
        assertThat(hops.get(2)).containsExactly(new double[] {1, 0, 0.6525, 0}, within(1e-15));
        assertThat(LabelSpreading.largest(hops.get(0), 2)).containsExactly(0, -1);
        assertThat(LabelSpreading.largest(hops.get(1), 2)).containsExactly(0, 0);
    }

    @Test
    void rowsOfTheOperatorAreItsColumns() {
        Propagation along = new Propagation(PATH, 3, 3, 0.1);
        double[] all = along.rows(new int[] {0, 1, 2});
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(all[3 * i + j]).isCloseTo(all[3 * j + i], within(1e-15));
            }
        }
        assertThat(along.rows(new int[] {2})).containsExactly(all[6], all[7], all[8]);
    }
}
