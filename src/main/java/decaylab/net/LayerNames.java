package decaylab.net;

import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The names of a network's layers with weights, as charts, the log's columns and messages use them. */
public final class LayerNames {
    /** The name of the last layer of every network. */
    public static final String OUTPUT = "output";

    /** The name of the matrix with a row for each token. */
    static final String EMBEDDING = "embedding";

    private LayerNames() {}

    /**
     * {@code dense1, dense2, output} for a perceptron, {@code conv1, ..., output} for a convolutional network, {@code
     * conv1, block1-conv1, block1-conv2, ..., block2-shortcut, ..., output} for a residual one, {@code embedding, lstm1-input, lstm1-recurrent, ..., output} for a recurrent one: a name for each matrix of weights.
     */
    public static List<String> of(NetworkSpec spec) {
        List<String> names = new ArrayList<>();
        if (spec.kind().convolves()) {
            ConvolutionPlan.of(spec).convolutions().forEach(convolution -> names.add(convolution.name()));
            names.add(OUTPUT);
            return names;
        }
        if (spec.kind() == NetworkKind.LSTM) {
            names.add(EMBEDDING);
        }
        for (int i = 0; i < spec.widths().size(); i++) {
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

    /** The layer whose matrix has a row for each token of what the network reads; empty where it reads measurements. */
    public static Optional<String> embedding(List<String> layers) {
        return layers.stream().filter(EMBEDDING::equals).findFirst();
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
