package decaylab.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.problem.BadInputException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is done to a graph before anything is learned. */
class EdgesTest {
    private static Set<Long> keys(int[] edges) {
        Set<Long> keys = new HashSet<>();
        for (int i = 0; i < edges.length; i += 2) {
            assertThat(edges[i]).isNotEqualTo(edges[i + 1]);
            keys.add(Edges.key(edges[i], edges[i + 1]));
        }
        return keys;
    }

    @Test
    void theModelIsTheOneOfTheSpecification() {
        double within = 0;
        double between = 0;
        double own = 0;
        double other = 0;
        for (long seed = 1; seed <= 10; seed++) {
            BlockModel model = BlockModel.of(seed);
            assertThat(model.labels()).hasSize(400);
            assertThat(model.features().columns()).isEqualTo(80);
            for (int i = 0; i < model.edges().length; i += 2) {
                if (model.labels()[model.edges()[i]] == model.labels()[model.edges()[i + 1]]) {
                    within++;
                } else {
                    between++;
                }
            }
            for (int node = 0; node < 400; node++) {
                for (int at = model.features().starts()[node];
                        at < model.features().starts()[node + 1];
                        at++) {
                    if (model.features().places()[at] / 20 == model.labels()[node]) {
                        own++;
                    } else {
                        other++;
                    }
                }
            }
        }
        assertThat(within / (10 * 4 * 4950)).isCloseTo(0.06, within(0.003));
        assertThat(between / (10 * 6 * 10_000)).isCloseTo(0.008, within(0.0006));
        assertThat(own / (10 * 400 * 20)).isCloseTo(1 - 0.95 * 0.88, within(0.006));
        assertThat(other / (10 * 400 * 60)).isCloseTo(0.05, within(0.002));
        assertThat(BlockModel.of(1).edges()).isEqualTo(BlockModel.of(1).edges());
        assertThat(BlockModel.of(1).edges()).isNotEqualTo(BlockModel.of(2).edges());
    }

    @Test
    void edgesAreRewiredAsManyAndMoreOfThemAtMoreNoise() {
        BlockModel model = BlockModel.of(1);
        Set<Long> before = keys(model.edges());
        assertThat(Edges.rewired(model.edges(), 400, 0, 1)).isSameAs(model.edges());
        int[] some = Edges.rewired(model.edges(), 400, 0.3, 1);
        Set<Long> after = keys(some);
        assertThat(after).hasSameSizeAs(before); // none twice
        Set<Long> stayed = new HashSet<>(after);
        stayed.retainAll(before);
        assertThat((double) stayed.size() / before.size()).isCloseTo(0.7, within(0.05));
        int[] more = Edges.rewired(model.edges(), 400, 0.6, 1);
        for (int i = 0; i < some.length; i += 2) {
            boolean moved = some[i] != model.edges()[i] || some[i + 1] != model.edges()[i + 1];
            boolean stays = more[i] == model.edges()[i] && more[i + 1] == model.edges()[i + 1];
            assertThat(moved && stays).isFalse();
        }
        // A complete graph has nowhere to put an edge.
        assertThat(Edges.rewired(new int[] {0, 1, 0, 2, 1, 2}, 3, 1, 1)).containsExactly(0, 1, 0, 2, 1, 2);
    }

    @Test
    void theLargestComponentIsKeptAndNumberedAnew() {
        int[] edges = {0, 5, 1, 2, 2, 4, 4, 1, 3, 0};
        int[] kept = Edges.largestComponent(edges, 7);
        assertThat(kept).containsExactly(0, 3, 5); // as many nodes as 1, 2 and 4 have, and the lowest
        assertThat(Edges.among(edges, 7, new int[] {1, 2, 4})).containsExactly(0, 1, 1, 2, 2, 0);
    }

    @Test
    void aGraphIsAlwaysLaidOutTheSameWithItsBlocksApart() {
        BlockModel model = BlockModel.of(1);
        GraphLayout layout = GraphLayout.of(model.edges(), 400);
        assertThat(GraphLayout.of(model.edges(), 400).across()).containsExactly(layout.across());
        double[] sums = new double[2];
        int[] counts = new int[2];
        for (int i = 0; i < 400; i++) {
            assertThat(layout.across()[i]).isBetween(0f, 1f);
            assertThat(layout.down()[i]).isBetween(0f, 1f);
            for (int j = 0; j < i; j++) {
                int same = model.labels()[i] == model.labels()[j] ? 1 : 0;
                sums[same] += Math.hypot(layout.across()[i] - layout.across()[j], layout.down()[i] - layout.down()[j]);
                counts[same]++;
            }
        }
        assertThat(sums[1] / counts[1]).isLessThan(0.8 * sums[0] / counts[0]);
        assertThat(GraphLayout.of(new int[0], 1).across()).containsExactly(0.5f);
    }

    @Test
    void asManyNodesOfEachClassAreTold() {
        int[] labels = BlockModel.of(1).labels();
        Split split = Split.drawn(labels, 4, 20, 40, null, 1);
        for (int c = 0; c < 4; c++) {
            int of = c;
            assertThat(Arrays.stream(split.train()).filter(node -> labels[node] == of))
                    .hasSize(5);
        }
        assertThat(split.validation()).hasSize(40);
        assertThat(split.test()).hasSize(340);
        assertThat(IntStream.concat(
                                IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation())),
                                Arrays.stream(split.test()))
                        .distinct())
                .hasSize(400);
        assertThat(Split.drawn(labels, 4, 20, 40, null, 2).train()).isNotEqualTo(split.train());
        assertThat(Split.drawn(labels, 4, 20, 40, 100, 1).test()).hasSize(100);
    }

    @Test
    void aSplitThatCannotBeIsRefused() {
        int[] labels = BlockModel.of(1).labels();
        assertThatThrownBy(() -> Split.drawn(labels, 4, 22, 40, null, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "data.trainSize is 22, but as many nodes of each of the 4 classes are told; make data.trainSize a "
                                + "multiple of 4, or null.");
        assertThatThrownBy(() -> Split.drawn(labels, 4, 404, 40, null, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage("data.trainSize is 404, which is 101 nodes of each class, but class 0 has only 100; make "
                        + "data.trainSize smaller.");
        assertThatThrownBy(() -> Split.drawn(labels, 4, 1500, 40, 2000, 1)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> Split.drawn(labels, 4, 20, 40, 341, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "data.testSize is 341, but of 400 nodes 20 are told and 40 stop training, which leaves 340; make "
                                + "data.testSize or data.trainSize smaller.");
    }
}
