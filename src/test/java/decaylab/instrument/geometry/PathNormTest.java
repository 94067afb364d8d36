package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkSpec;
import decaylab.instrument.geometry.SmallNetworks.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against every path by itself. */
class PathNormTest {
    static Stream<NetworkSpec> networks() {
        return SmallNetworks.all(Activation.RELU).stream();
    }

    /** An edge of the network written out: where it comes from, where it goes, its weight. */
    private record Edge(int from, int to, double weight) {}

    @ParameterizedTest
    @MethodSource("networks")
    void isTheSumOverAllPaths(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        List<AnalysisLayer> layers = point.analysis().layers();
        List<List<Edge>> edges = new ArrayList<>();
        for (AnalysisLayer layer : layers) {
            edges.add(edges(layer));
        }
        double sum = 0;
        for (int from = 0; from < layers.get(0).input().below(); from++) {
            sum += paths(edges, 0, from);
        }
        double norm = PathNorm.of(layers);
        assertThat(norm * norm).isCloseTo(sum, within(1e-12 * norm * norm));
    }

    /** Path by path. */
    private static double paths(List<List<Edge>> edges, int layer, int from) {
        if (layer == edges.size()) {
            return 1;
        }
        double sum = 0;
        for (Edge edge : edges.get(layer)) {
            if (edge.from == from) {
                sum += edge.weight * edge.weight * paths(edges, layer + 1, edge.to);
            }
        }
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
