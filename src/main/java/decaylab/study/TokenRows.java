package decaylab.study;

import decaylab.data.DataSet;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The lengths of an embedding's rows, ordered by how often their tokens come in the training data. */
final class TokenRows {
    private final double[] lengths;

    /**
     * @param layer the embedding's name
     * @param counts how often each token comes; further rows, such as that of what begins a target, are left out
     */
    TokenRows(ParameterLayout layout, FlatArray parameters, String layer, int width, int[] counts) {
        ParameterBlock block = layout.weights().stream()
                .filter(each -> each.layer().equals(layer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no layer " + layer));
        int[] order = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer token) -> -counts[token])
                        .thenComparingInt(token -> token)) // so that ties have one order
                .mapToInt(Integer::intValue)
                .toArray();
        lengths = Arrays.stream(order)
                .mapToDouble(token -> {
                    double square = 0;
                    int from = block.offset() + token * width;
                    for (int i = from; i < from + width; i++) {
                        square += parameters.get(i) * parameters.get(i);
                    }
                    return Math.sqrt(square);
                })
                .toArray();
    }

    /** How often each source token comes in the training inputs. */
    static int[] countsOfInputs(DataSet data) {
        int[] counts = new int[data.vocabulary()];
        for (float token : data.trainInputs()) {
            if (token >= 0) {
                counts[(int) token]++;
            }
        }
        return counts;
    }

    /** How often each class comes among the training labels. */
    static int[] countsOfLabels(DataSet data) {
        int[] counts = new int[data.classes()];
        for (int label : data.trainLabels()) {
            if (label != DataSet.NO_LABEL) {
                counts[label]++;
            }
        }
        return counts;
    }

    /** How many rows. */
    int count() {
        return lengths.length;
    }

    /**
     * The mean length of some rows, from the most frequent token on.
     *
     * @param from the first, from 0
     * @param to behind the last
     */
    double mean(int from, int to) {
        return Arrays.stream(lengths, from, to).average().orElse(Double.NaN);
    }
}
