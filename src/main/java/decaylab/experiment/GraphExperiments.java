package decaylab.experiment;

import decaylab.graph.GraphSource;
import decaylab.problem.BadInputException;
import java.util.Map;

/** What an experiment on a graph has to be, and what one that is not must not have. */
final class GraphExperiments {
    private GraphExperiments() {}

    /** @throws BadInputException where the fields do not go together */
    static void require(DataSpec data, NetworkSpec network, GraphSpec graph, Map<Instrument, Integer> instruments) {
        if (GraphSource.ofWord(data.name()).isEmpty()) {
            requireNone(data, graph, instruments);
            return;
        }
        String on = ", but data.name is " + data.name() + ", a graph, ";
        if (network.kind() != NetworkKind.MLP) {
            throw new BadInputException("network.kind is " + network.kind() + on
                    + "whose nodes a perceptron classifies; set network.kind to " + NetworkKind.MLP + ".");
        }
        if (network.normalization() != Normalization.NONE) {
            throw new BadInputException("network.normalization is " + network.normalization() + on
                    + "whose methods have none; set network.normalization to " + Normalization.NONE + ".");
        }
        if (data.inputNoise() != 0) {
            throw new BadInputException(
                    "data.inputNoise is " + Shortest.of(data.inputNoise()) + on
                            + "whose features are 0 for the most part; set it to 0, and use graph.edgeNoise or data.labelNoise.");
        }
        if (data.flip() || data.shift() != 0) {
            throw new BadInputException((data.flip() ? "data.flip is true" : "data.shift is " + data.shift()) + on
                    + "and only images can be moved; set data.flip to false and data.shift to 0.");
        }
    }

    private static void requireNone(DataSpec data, GraphSpec graph, Map<Instrument, Integer> instruments) {
        String what = !graph.equals(GraphSpec.defaults())
                ? "graph"
                : instruments.containsKey(Instrument.VALIDATION) ? "instruments.validation" : "";
        if (!what.isEmpty()) {
            throw new BadInputException(what + " is set, but data.name is " + data.name()
                    + ", which is no graph; leave it out, or set data.name to one of "
                    + String.join(", ", GraphSource.words()) + ".");
        }
    }
}
