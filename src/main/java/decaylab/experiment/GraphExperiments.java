package decaylab.experiment;

import decaylab.graph.GraphSource;
import decaylab.problem.BadInputException;
import java.util.Map;

/** What an experiment on a graph has to be, and what one that is not must not have. */
final class GraphExperiments {
    private GraphExperiments() {}

    /** @throws BadInputException where the fields do not go together */
    static void require(
            DataSpec data,
            NetworkSpec network,
            OptimizerSpec optimizer,
            DecaySpec decay,
            FeedbackSpec feedback,
            SyntheticSpec synthetic,
            GraphSpec graph,
            Map<Instrument, Integer> instruments) {
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
        require(
                optimizer.curvature().isOn(),
                "optimizer.curvature",
                optimizer.curvature().kind(),
                Curvature.NONE,
                on);
        require(feedback.ownMatrices(), "feedback.kind", feedback.kind(), FeedbackKind.EXACT, on);
        require(synthetic.present(), "synthetic.at", synthetic.at(), SyntheticCuts.NONE, on);
        Constraint constraint = decay.ball().constraint();
        require(constraint != Constraint.NONE, "decay.constraint", constraint, Constraint.NONE, on);
        if (decay.transplant() != null) {
            throw new BadInputException(
                    "decay.transplant is set" + on + "whose layers are not normalised; set it to null.");
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

    private static void require(boolean set, String field, Object value, Object remedy, String on) {
        if (set) {
            throw new BadInputException(field + " is " + value + on
                    + "whose methods know the plain gradient alone; set " + field + " to " + remedy + ".");
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
