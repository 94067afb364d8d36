package decaylab.instrument.geometry;

import decaylab.experiment.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * What a hidden layer puts out over some examples, after the activation.
 *
 * @param layer its name
 * @param histogram of all outputs: of every unit, or channel and pixel, at every example
 * @param units how many units, or channels
 * @param dead the fraction of the units whose every output, at every example and pixel, is 0 or less, so that no gradient
 *     passes them; in [0, 1], and empty where the activation is not relu, under which units do not die
 */
public record LayerActivations(String layer, Histogram histogram, int units, OptionalDouble dead) {
    /**
     * Of every hidden layer, from the lowest.
     *
     * @param bins of a histogram, at least 1
     * @param abandoned asked now and then
     * @throws java.util.concurrent.CancellationException where it was given up
     */
    public static List<LayerActivations> of(
            AnalysisNetwork network, Examples examples, int bins, BooleanSupplier abandoned) {
        List<AnalysisLayer> hidden =
                network.layers().subList(0, network.layers().size() - 1);
        Histogram.Range[] ranges = new Histogram.Range[hidden.size()];
        Arrays.setAll(ranges, l -> new Histogram.Range());
        boolean[][] alive =
                hidden.stream().map(layer -> new boolean[layer.outputs()]).toArray(boolean[][]::new);
        // Twice, since the outputs of a convolution at thousands of examples do not fit into memory.
        network.forward(examples, abandoned, (now, first, labels) -> {
            for (int l = 0; l < hidden.size(); l++) {
                int columns = hidden.get(l).input().places() * labels.length;
                ranges[l].add(now.outputs(l), hidden.get(l).outputs() * columns);
                for (int i = 0; i < hidden.get(l).outputs() * columns; i++) {
                    alive[l][i / columns] |= !(now.outputs(l)[i] <= 0);
                }
            }
        });
        Histogram.Counter[] counters = new Histogram.Counter[hidden.size()];
        Arrays.setAll(counters, l -> new Histogram.Counter(ranges[l], bins));
        network.forward(examples, abandoned, (now, first, labels) -> {
            for (int l = 0; l < hidden.size(); l++) {
                int columns = hidden.get(l).input().places() * labels.length;
                counters[l].add(now.outputs(l), hidden.get(l).outputs() * columns);
            }
        });
        List<LayerActivations> all = new ArrayList<>();
        for (int l = 0; l < hidden.size(); l++) {
            AnalysisLayer layer = hidden.get(l);
            all.add(new LayerActivations(
                    layer.block().layer(), counters[l].histogram(), layer.outputs(), dead(layer, alive[l])));
        }
        return all;
    }

    private static OptionalDouble dead(AnalysisLayer layer, boolean[] alive) {
        if (layer.activation() != Activation.RELU) {
            return OptionalDouble.empty();
        }
        int dead = 0;
        for (boolean one : alive) {
            dead += one ? 0 : 1;
        }
        return OptionalDouble.of((double) dead / alive.length);
    }
}
