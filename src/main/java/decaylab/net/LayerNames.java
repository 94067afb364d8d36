package decaylab.net;

import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The names of a network's layers with weights, as charts, the log's columns and messages use them. */
public final class LayerNames {
    /** The name of the last layer of every network. */
    public static final String OUTPUT = "output";

    /** The name of the matrix with a row for each token. */
    public static final String EMBEDDING = "embedding";

    /** That of a translator's source. */
    public static final String SOURCE_EMBEDDING = "source-embedding";

    /** That of a translator's target; its last row is what comes before the first token. */
    public static final String TARGET_EMBEDDING = "target-embedding";

    static final String ENCODER = "encoder";
    static final String DECODER = "decoder";
    static final String ATTENTION = "attention";

    private LayerNames() {}

    /**
     * {@code dense1, dense2, output} for a perceptron, {@code conv1, ..., output} for a convolutional network, {@code
     * conv1, block1-conv1, block1-conv2, ..., block2-shortcut, ..., output} for a residual one, {@code embedding, lstm1-input, lstm1-recurrent, ..., output} for a recurrent one,
     * {@code embedding, dense1, ..., output} for a bag, {@code source-embedding, encoder-input, encoder-recurrent, target-embedding, decoder-input,
     * decoder-recurrent, attention, output} for a translator: a name for each matrix of weights.
     */
    public static List<String> of(NetworkSpec spec) {
        List<String> names = new ArrayList<>();
        if (spec.kind().convolves()) {
            ConvolutionPlan.of(spec).convolutions().forEach(convolution -> names.add(convolution.name()));
            names.add(OUTPUT);
            return names;
        }
        if (spec.kind() == NetworkKind.ENCODER_DECODER) {
            return List.of(
                    SOURCE_EMBEDDING,
                    input(ENCODER),
                    recurrent(ENCODER),
                    TARGET_EMBEDDING,
                    input(DECODER),
                    recurrent(DECODER),
                    ATTENTION,
                    OUTPUT);
        }
        boolean bag = spec.kind() == NetworkKind.BAG;
        if (spec.kind() == NetworkKind.LSTM || bag) {
            names.add(EMBEDDING);
        }
        int layers = spec.widths().size() - (bag ? 1 : 0); // a bag's first width is the embedding's
        for (int i = 0; i < layers; i++) {
            String layer = hidden(spec, i);
            if (spec.kind() == NetworkKind.LSTM) {
                names.add(input(layer));
                names.add(recurrent(layer));
            } else {
                names.add(layer);
            }
        }
        names.add(OUTPUT);
        return names;
    }

    /** How many rows, one for each token, the matrix of a name has; empty where it is not of tokens. */
    public static OptionalInt embeddingRows(String layer, TaskShape task) {
        return switch (layer) {
            case EMBEDDING, SOURCE_EMBEDDING -> OptionalInt.of(task.vocabulary());
            case TARGET_EMBEDDING -> OptionalInt.of(task.classes() + 1);
            default -> OptionalInt.empty();
        };
    }

    /**
     * The layer whose matrix has a row for each token of what the network reads, that of a translator's source; empty where it
     * reads measurements.
     */
    public static Optional<String> embedding(List<String> layers) {
        return layers.stream()
                .filter(List.of(EMBEDDING, SOURCE_EMBEDDING)::contains)
                .findFirst();
    }

    /** The matrix from a recurrent layer's inputs to its gates. */
    static String input(String layer) {
        return layer + "-input";
    }

    /** The matrix from a recurrent layer's outputs to its gates. */
    static String recurrent(String layer) {
        return layer + "-recurrent";
    }

    /** The name of a hidden layer of a perceptron or a recurrent network. */
    static String hidden(NetworkSpec spec, int index) {
        return (spec.kind() == NetworkKind.LSTM ? "lstm" : "dense") + (index + 1);
    }
}
