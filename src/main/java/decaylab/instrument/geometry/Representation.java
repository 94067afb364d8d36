package decaylab.instrument.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * What a hidden layer puts out at some examples, to be compared with what another one does: by a representational dissimilarity
 * matrix (Kriegeskorte, Mur and Bandettini 2008), as Czarnecki et al., "Understanding Synthetic Gradients and Decoupled Neural
 * Interfaces" (ICML 2017) do it; in the form of the specification's section 5.4.
 *
 * @param layer its name
 * @param width how many outputs
 * @param values example after example
 */
@SuppressWarnings("ArrayRecordComponent") // nobody asks whether two are equal
public record Representation(String layer, int width, double[] values) {
    /**
     * Of every hidden layer of a dense network, from the lowest.
     *
     * @param abandoned asked now and then
     * @throws java.util.concurrent.CancellationException where it was given up
     */
    public static List<Representation> of(AnalysisNetwork network, Examples examples, BooleanSupplier abandoned) {
        List<AnalysisLayer> hidden =
                network.layers().subList(0, network.layers().size() - 1);
        List<Representation> all = new ArrayList<>();
        for (AnalysisLayer layer : hidden) {
            int width = layer.outputs();
            all.add(new Representation(layer.block().layer(), width, new double[width * examples.count()]));
        }
        network.forward(examples, abandoned, (now, first, labels) -> {
            for (int l = 0; l < hidden.size(); l++) {
                Representation one = all.get(l);
                for (int unit = 0; unit < one.width; unit++) {
                    for (int i = 0; i < labels.length; i++) {
                        one.values[(first + i) * one.width + unit] = now.outputs(l)[unit * labels.length + i];
                    }
                }
            }
        });
        return all;
    }

    /**
     * Some examples, sorted by their class; those of a class in the order in which they came.
     *
     * @param most how many of the first are taken
     */
    public static Examples sorted(float[] inputs, int[] labels, int most) {
        int features = inputs.length / labels.length;
        int[] order = IntStream.range(0, Math.min(most, labels.length))
                .boxed()
                .sorted(Comparator.comparingInt(i -> labels[i]))
                .mapToInt(i -> i)
                .toArray();
        float[] rows = new float[order.length * features];
        int[] classes = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(inputs, order[i] * features, rows, i * features, features);
            classes[i] = labels[order[i]];
        }
        return new Examples(rows, classes);
    }

    /** How many examples. */
    public int count() {
        return values.length / width;
    }

    /**
     * The dissimilarity of each pair of examples, 1 less the Pearson correlation of their outputs, in [0, 2]: count x count, row
     * after row, 0 on the diagonal. An example at which all outputs are equal is correlated with none.
     */
    public double[] dissimilarities() {
        int count = count();
        double[] unit = values.clone();
        for (int i = 0; i < count; i++) {
            int at = i * width;
            double mean = Arrays.stream(unit, at, at + width).sum() / width;
            double squares = 0;
            for (int j = at; j < at + width; j++) {
                unit[j] -= mean;
                squares += unit[j] * unit[j];
            }
            double share = squares == 0 ? 0 : 1 / Math.sqrt(squares);
            for (int j = at; j < at + width; j++) {
                unit[j] *= share;
            }
        }
        double[] all = new double[count * count];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < i; k++) {
                double product = 0;
                for (int j = 0; j < width; j++) {
                    product += unit[i * width + j] * unit[k * width + j];
                }
                all[i * count + k] = 1 - product;
                all[k * count + i] = 1 - product;
            }
        }
        return all;
    }

    /**
     * How alike two representations of the same examples are: the Pearson correlation of the dissimilarities of all pairs of
     * examples, in [-1, 1]; NaN where one of them has but one value.
     *
     * @param some of {@link #dissimilarities}
     * @param others likewise
     */
    public static double similarity(double[] some, double[] others) {
        if (some.length != others.length) {
            throw new IllegalArgumentException(some.length + " and " + others.length + " dissimilarities");
        }
        int count = (int) Math.round(Math.sqrt(some.length));
        int pairs = count * (count - 1) / 2;
        double[] sums = new double[2];
        for (int i = 0; i < count; i++) {
            for (int k = i + 1; k < count; k++) {
                sums[0] += some[i * count + k];
                sums[1] += others[i * count + k];
            }
        }
        double products = 0;
        double squares = 0;
        double squaresOfOthers = 0;
        for (int i = 0; i < count; i++) {
            for (int k = i + 1; k < count; k++) {
                double a = some[i * count + k] - sums[0] / pairs;
                double b = others[i * count + k] - sums[1] / pairs;
                products += a * b;
                squares += a * a;
                squaresOfOthers += b * b;
            }
        }
        return products / Math.sqrt(squares * squaresOfOthers);
    }
}
