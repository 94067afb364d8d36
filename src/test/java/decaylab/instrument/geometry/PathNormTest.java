package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the network written out, one edge from number to number at a time. */
class PathNormTest {
    static Stream<NetworkSpec> networks() {
        return SmallNetworks.all(Activation.RELU).stream();
    }

    /** An edge of the network written out: where it comes from, where it goes, its weight. */
    private record Edge(int from, int to, double weight) {}

    @ParameterizedTest
    @MethodSource("networks")
    void isTheSumOverAllPaths(NetworkSpec spec) {
        List<AnalysisLayer> layers = SmallNetworks.point(spec).analysis().layers();
        List<List<Edge>> edges = layers.stream().map(PathNormTest::edges).toList();
        Map<List<Integer>, Double> known = new HashMap<>();
        double sum = 0;
        for (int output = 0; output < SmallNetworks.CLASSES; output++) {
            sum += paths(layers, edges, layers.size() - 1, output, known);
        }
        double norm = PathNorm.of(layers);
        assertThat(norm * norm).isCloseTo(sum, within(1e-12 * norm * norm));
    }

    /** Over all paths from the inputs to one number that a layer tells. */
    private static double paths(
            List<AnalysisLayer> layers, List<List<Edge>> edges, int layer, int to, Map<List<Integer>, Double> known) {
        if (layer < 0) {
            return 1;
        }
        Double before = known.get(List.of(layer, to));
        if (before != null) {
            return before;
        }
        AnalysisLayer here = layers.get(layer);
        double sum = here.side() < 0 ? 0 : paths(layers, edges, here.side(), to, known);
        for (Edge edge : edges.get(layer)) {
            if (edge.to == to) {
                sum += edge.weight * edge.weight * paths(layers, edges, here.from(), edge.from, known);
            }
        }
        known.put(List.of(layer, to), sum);
        return sum;
    }

    /** How each output moves with each number below, one at a time. */
    private static List<Edge> edges(AnalysisLayer layer) {
        List<Edge> edges = new ArrayList<>();
        LayerInput input = layer.input();
        int places = input.places();
        double[] read = new double[input.fanIn() * places];
        for (int from = 0; from < input.below(); from++) {
            double[] below = new double[input.below()];
            below[from] = 1;
            input.gather(below, 1, read);
            for (int output = 0; output < layer.outputs(); output++) {
                for (int place = 0; place < places; place++) {
                    double weight = 0;
                    for (int i = 0; i < input.fanIn(); i++) {
                        weight += layer.weights()[output * input.fanIn() + i] * read[i * places + place];
                    }
                    if (weight != 0) {
                        edges.add(new Edge(from, output * places + place, weight * layer.scale()[output]));
                    }
                }
            }
        }
        return edges;
    }
}
