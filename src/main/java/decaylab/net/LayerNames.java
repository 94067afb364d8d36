package decaylab.net;

import decaylab.experiment.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/** The names of a network's layers with weights, as charts, the log's columns and messages use them. */
public final class LayerNames {
    /** The name of the last layer of every network. */
    public static final String OUTPUT = "output";

    private LayerNames() {}

    /** {@code dense1, dense2, output} for a perceptron, {@code conv1, ..., output} for a convolutional network. */
    public static List<String> of(NetworkSpec spec) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < spec.widths().size(); i++) {
            names.add(hidden(spec, i));
        }
        names.add(OUTPUT);
        return names;
    }

    static String hidden(NetworkSpec spec, int index) {
        return switch (spec.kind()) {
            case MLP -> "dense" + (index + 1);
            case CNN -> "conv" + (index + 1);
        };
    }
}
