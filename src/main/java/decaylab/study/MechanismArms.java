package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import java.util.ArrayList;
import java.util.List;

/**
 * The runs of {@link ThreeMechanismsStudy}: a normalised network under momentum SGD, a plain one under SGD and K-FAC, and a
 * normalised one under K-FAC.
 */
final class MechanismArms {
    static final String NONE = "none";
    static final String ALL = "all layers";
    static final String NORMALIZED = "normalised layers";
    static final String LAST = "last layer";
    static final String CONSTANT_NONE = "constant rate, none";
    static final String CONSTANT_ALL = "constant rate, all layers";

    static final String SGD = "plain SGD";
    static final String SGD_L2 = "plain SGD, l2 0.003";
    static final String SGD_MORE = "plain SGD, l2 0.01";
    static final String GN = "plain K-FAC-G";
    static final String GN_DECAY = "plain K-FAC-G, decoupled 0.1";
    static final String GN_MORE = "plain K-FAC-G, decoupled 0.3";
    static final String GN_L2 = "plain K-FAC-G, l2 0.01";
    static final String FISHER = "plain K-FAC-F";
    static final String FISHER_DECAY = "plain K-FAC-F, decoupled 1";

    static final String BN_GN = "K-FAC-G";
    static final String BN_GN_DECAY = "K-FAC-G, decoupled 0.3";
    static final String BN_FISHER = "K-FAC-F";
    static final String BN_FISHER_DECAY = "K-FAC-F, decoupled 0.3";

    private static final List<String> OF_NORMALIZED = List.of(NONE, ALL, NORMALIZED, LAST);
    static final List<String> OF_PLAIN =
            List.of(SGD, SGD_L2, SGD_MORE, GN, GN_DECAY, GN_MORE, GN_L2, FISHER, FISHER_DECAY);
    static final List<String> OF_DAMPING = List.of(BN_GN, BN_GN_DECAY, BN_FISHER, BN_FISHER_DECAY);

    private static final double HALF = 0.5;
    /** Thirty epochs of 15 steps, where the base has forty of 30. */
    private static final double OF_STEPS = 0.375;

    private final Arms arms;

    /** @param base a normalised network with l2 on all layers, always on */
    MechanismArms(Experiment base) {
        arms = new Arms(base);
        String stairs = stairs(arms.step(HALF), arms.step(0.75));
        String[] rate = {"optimizer.schedule", stairs};
        arms.add(NONE, rate[0], rate[1], "decay.entry", "none");
        arms.add(ALL, rate);
        arms.add(NORMALIZED, rate[0], rate[1], "decay.layers", "normalized");
        arms.add(LAST, rate[0], rate[1], "decay.layers", "last");
        String half = "" + arms.step(HALF);
        String[] constant = {"optimizer.schedule", "{kind: constant}", "steps", half, "evaluateEvery", half};
        arms.add(CONSTANT_NONE, with(constant, "decay.entry", "none"));
        arms.add(CONSTANT_ALL, constant);
        plain(SGD, "0.05", "decay.entry", "none");
        plain(SGD_L2, "0.05", "decay.lambda", "0.003");
        plain(SGD_MORE, "0.05", "decay.lambda", "0.01");
        String[] gaussNewton = {"optimizer.curvature", "gauss-newton"};
        plain(GN, "0.02", with(gaussNewton, "decay.entry", "none"));
        plain(GN_DECAY, "0.02", with(gaussNewton, "decay.entry", "decoupled", "decay.lambda", "0.1"));
        plain(GN_MORE, "0.02", with(gaussNewton, "decay.entry", "decoupled", "decay.lambda", "0.3"));
        plain(GN_L2, "0.02", with(gaussNewton, "decay.lambda", "0.01"));
        String[] fisher = {"optimizer.curvature", "fisher"};
        plain(FISHER, "0.005", with(fisher, "decay.entry", "none"));
        plain(FISHER_DECAY, "0.005", with(fisher, "decay.entry", "decoupled", "decay.lambda", "1"));
        normalized(BN_GN, with(gaussNewton, "decay.entry", "none"));
        normalized(BN_GN_DECAY, with(gaussNewton, "decay.entry", "decoupled", "decay.lambda", "0.3"));
        normalized(BN_FISHER, with(fisher, "decay.entry", "none"));
        normalized(BN_FISHER_DECAY, with(fisher, "decay.entry", "decoupled", "decay.lambda", "0.3"));
    }

    private static String stairs(long first, long second) {
        return "{kind: piecewise, knots: [{from: " + first + ", factor: 0.1}, {from: " + second + ", factor: 0.01}]}";
    }

    private static String[] with(String[] settings, String... more) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** 64-64-64-10 with biases, batches of 100, the rate a tenth from a half on and a hundredth from four fifths. */
    private void plain(String name, String rate, String... settings) {
        long steps = arms.step(OF_STEPS);
        String[] common = {
            "network.normalization",
            "none",
            "network.widths",
            "[64, 64]",
            "batchSize",
            "100",
            "optimizer.learningRate",
            rate,
            "optimizer.schedule",
            stairs(steps / 2, steps * 4 / 5),
            "steps",
            "" + steps,
            "evaluateEvery",
            "" + Math.max(1, steps / 10)
        };
        arms.add(name, with(common, settings));
    }

    private void normalized(String name, String... settings) {
        String[] common = {
            "optimizer.learningRate",
            "0.02",
            "optimizer.schedule",
            "{kind: constant}",
            "steps",
            "" + arms.step(OF_STEPS),
            "evaluateEvery",
            "" + Math.max(1, arms.step(OF_STEPS) / 10)
        };
        arms.add(name, with(common, settings));
    }

    List<Arm> all() {
        return arms.all();
    }

    static List<Panel> panels() {
        List<String> byCurvature = List.of(SGD, GN, GN_DECAY, GN_MORE);
        return List.of(
                new Panel(
                        "Effective learning rate, by the layers that decay",
                        Quantity.EFFECTIVE_LEARNING_RATE,
                        OF_NORMALIZED),
                new Panel("Test accuracy, by the layers that decay", Quantity.TEST_ACCURACY, OF_NORMALIZED),
                new Panel(
                        "Effective learning rate at a constant rate",
                        Quantity.EFFECTIVE_LEARNING_RATE,
                        List.of(CONSTANT_NONE, CONSTANT_ALL)),
                new Panel("Test accuracy of plain networks", Quantity.TEST_ACCURACY, byCurvature),
                new Panel("Norm of plain networks", Quantity.NORM, byCurvature),
                new Panel("Norm under K-FAC, normalised", Quantity.NORM, OF_DAMPING));
    }
}
