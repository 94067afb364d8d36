package decaylab.study;

import decaylab.instrument.TokenClass;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import java.util.Arrays;

/** The lengths of an embedding's rows, ordered by how often their tokens come in the training data. */
final class RowLengths {
    private final double[] lengths;

    /**
     * @param layer the embedding's name
     * @param counts how often each token comes; further rows, such as that of what begins a target, are left out
     */
    RowLengths(ParameterLayout layout, FlatArray parameters, String layer, int width, long[] counts) {
        ParameterBlock block = layout.weights().stream()
                .filter(each -> each.layer().equals(layer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no layer " + layer));
        lengths = Arrays.stream(TokenClass.ranked(counts))
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
