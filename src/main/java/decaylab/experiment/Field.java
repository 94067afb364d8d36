package decaylab.experiment;

import decaylab.problem.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an experiment's file: their paths, names on screen and ranges, in the order of the file. Validation,
 * messages and the window's designer all read this one list.
 */
public enum Field {
    DATA_NAME("data.name", "Data set", "", "the name of a data set (see 'list datasets')"),
    DATA_FOLDER(
            "data.folder",
            "Folder",
            "",
            "a folder with the data set's files, or null for made data and the lab's own folder"),
    DATA_TRAIN_SIZE("data.trainSize", "Training examples", "examples", 2, 10_000_000, true, "null for all"),
    DATA_TEST_SIZE("data.testSize", "Test examples", "examples", 1, 10_000_000, true, "null for all"),
    DATA_LABEL_NOISE("data.labelNoise", "Label noise", "fraction", 0, 1, false, ""),
    DATA_INPUT_NOISE("data.inputNoise", "Input noise", "deviations", 0, 1000, false, ""),
    DATA_FLIP("data.flip", "Mirror images", "", Field.SWITCH),
    DATA_SHIFT("data.shift", "Move images", "pixels", 0, 1000, true, ""),
    DATA_HEADER("data.header", "Header", "", CsvHeader.values()),
    DATA_CLASS_COLUMN("data.classColumn", "Column of the class", "", "last, first or the name of a column"),
    DATA_SEED("data.seed", "Data seed", "", "a whole number, or null for the run's seed"),
    DATA_SCALE_INPUTS("data.scaleInputs", "Inputs within 1", "", Field.SWITCH),
    NETWORK_KIND("network.kind", "Network", "", NetworkKind.values()),
    NETWORK_WIDTHS("network.widths", "Widths", "units", "a list of 1 to 32 whole numbers from 1 to 1000000"),
    NETWORK_BLOCKS("network.blocks", "Blocks a stage", "blocks", 1, 16, true, ""),
    NETWORK_ACTIVATION("network.activation", "Activation", "", Activation.values()),
    NETWORK_NORMALIZATION("network.normalization", "Normalization", "", Normalization.values()),
    NETWORK_BN_EPSILON("network.bnEpsilon", "BN epsilon", "", 0, 1, false, ""),
    OPTIMIZER_KIND("optimizer.kind", "Optimizer", "", OptimizerKind.values()),
    OPTIMIZER_LEARNING_RATE("optimizer.learningRate", "Learning rate", "", 0, 1e9, false, ""),
    OPTIMIZER_MOMENTUM("optimizer.momentum", "Momentum", "", 0, 0.9999, false, ""),
    OPTIMIZER_BETA1("optimizer.beta1", "Beta 1", "", 0, 0.99999, false, ""),
    OPTIMIZER_BETA2("optimizer.beta2", "Beta 2", "", 0, 0.9999999, false, ""),
    OPTIMIZER_EPSILON("optimizer.epsilon", "Adam epsilon", "", 0, 1, false, ""),
    OPTIMIZER_LOSS_SCALE("optimizer.lossScale", "Loss scale", "", 0, 1e9, false, ""),
    OPTIMIZER_SCHEDULE("optimizer.schedule", "Learning-rate schedule", "", "a schedule with a kind"),
    OPTIMIZER_CURVATURE("optimizer.curvature", "Curvature (K-FAC)", "", Curvature.values()),
    OPTIMIZER_DAMPING("optimizer.damping", "Damping (gamma)", "", 1e-12, 1e6, false, ""),
    OPTIMIZER_CURVATURE_AVERAGE("optimizer.curvatureAverage", "Curvature average", "", 0, 0.9999, false, ""),
    OPTIMIZER_CURVATURE_EVERY("optimizer.curvatureEvery", "Curvature every", "steps", 1, 1_000_000_000, true, ""),
    OPTIMIZER_INVERSE_EVERY("optimizer.inverseEvery", "Inverses every", "steps", 1, 1_000_000_000, true, ""),
    OPTIMIZER_KL_CLIP("optimizer.klClip", "KL clip (kappa)", "", 0, 1e9, false, ""),
    DECAY_ENTRY("decay.entry", "Where decay enters", "", decaylab.optim.DecayEntry.values()),
    DECAY_LAMBDA("decay.lambda", "Decay (lambda)", "", 0, 1e6, false, ""),
    DECAY_GATE("decay.gate", "Gate at start", "", decaylab.optim.Gate.values()),
    DECAY_SCHEDULE("decay.schedule", "Decay schedule", "", "a schedule with a kind"),
    DECAY_LAYERS(
            "decay.layers",
            "Layers that decay",
            "",
            DecayLayers.Group.values(),
            ", or a list of layers like [dense1, output]"),
    DECAY_BIASES("decay.biases", "Decay biases", "", Field.SWITCH),
    DECAY_NORM_PARAMETERS("decay.normParameters", "Decay gamma and beta", "", Field.SWITCH),
    DECAY_COUPLING("decay.coupling", "Coupling", "", decaylab.optim.Coupling.values()),
    DECAY_CONSTRAINT("decay.constraint", "Constraint", "", Constraint.values()),
    DECAY_RADIUS("decay.radius", "Radius (c)", "", 1e-6, 1e6, false, ""),
    DECAY_OUTPUT_RADIUS("decay.outputRadius", "Radius of the output", "", 1e-6, 1e6, false, "null for the same radius"),
    AGENT_DISCOUNT("agent.discount", "Discount", "", 0, 1, false, ""),
    AGENT_REWARD_SCALE("agent.rewardScale", "Reward scale", "", 1e-6, 1e6, false, ""),
    AGENT_REPLAY_SIZE("agent.replaySize", "Replay buffer", "steps", 1, 10_000_000, true, ""),
    AGENT_WARM_UP("agent.warmUp", "Warm-up", "steps", 1, 10_000_000, true, ""),
    AGENT_TARGET_EVERY("agent.targetEvery", "Target every", "updates", 1, 1_000_000_000, true, ""),
    AGENT_EPSILON_FROM("agent.epsilonFrom", "Exploration from", "probability", 0, 1, false, ""),
    AGENT_EPSILON_TO("agent.epsilonTo", "Exploration to", "probability", 0, 1, false, ""),
    AGENT_EPSILON_STEPS("agent.epsilonSteps", "Exploration declines over", "updates", 1, 1_000_000_000, true, ""),
    AGENT_TRAIN_EVERY("agent.trainEvery", "Steps an update", "steps", 1, 1_000, true, ""),
    AGENT_DOUBLE("agent.double", "Double", "", Field.SWITCH),
    FEEDBACK_KIND("feedback.kind", "Feedback", "", FeedbackKind.values()),
    FEEDBACK_START_VARIANCE("feedback.startVariance", "Variance at start", "/ fan-in", 1e-6, 1e3, false, ""),
    FEEDBACK_MIRROR_NOISE("feedback.mirrorNoise", "Mirror noise", "deviations", 1e-6, 1e3, false, ""),
    FEEDBACK_MIRROR_RATE("feedback.mirrorRate", "Mirror rate", "", 0, 1e6, false, ""),
    FEEDBACK_MIRROR_DECAY("feedback.mirrorDecay", "Mirror decay", "fraction", 0, 1, false, ""),
    FEEDBACK_MIRROR_PASSES("feedback.mirrorPasses", "Mirror passes", "passes", 1, 1_000, true, ""),
    SYNTHETIC_AT(
            "synthetic.at",
            "Synthetic gradients",
            "",
            SyntheticCuts.Group.values(),
            ", or a list of hidden layers like [dense1, dense3]"),
    SYNTHETIC_MODE("synthetic.mode", "Mode", "", SyntheticMode.values()),
    SYNTHETIC_OPTIMIZER("synthetic.optimizer", "Optimizer of the modules", "", OptimizerKind.values()),
    SYNTHETIC_LEARNING_RATE("synthetic.learningRate", "Learning rate of the modules", "", 0, 1e9, false, ""),
    SYNTHETIC_LAMBDA("synthetic.lambda", "Decay of the modules", "", 0, 1e6, false, ""),
    GRAPH_METHOD("graph.method", "Method", "", GraphMethod.values()),
    GRAPH_HOPS("graph.hops", "Hops", "hops", 0, 100, true, ""),
    GRAPH_TELEPORT("graph.teleport", "Teleport", "fraction", 0, 1, false, ""),
    GRAPH_PROPAGATE("graph.propagate", "What is propagated", "", Propagated.values()),
    GRAPH_LOSS_DECAY("graph.lossDecay", "Loss weight", "", 0, 1e6, false, ""),
    GRAPH_DROPOUT("graph.dropout", "Dropout", "probability", 0, 0.99, false, ""),
    GRAPH_EDGE_NOISE("graph.edgeNoise", "Edge noise", "fraction", 0, 1, false, ""),
    GRAPH_SPLIT("graph.split", "Split", "", decaylab.graph.Split.Kind.values()),
    GRAPH_LARGEST_COMPONENT("graph.largestComponent", "Largest component", "", Field.SWITCH),
    BATCH_SIZE("batchSize", "Batch size", "examples", 1, 1_000_000, true, ""),
    STEPS("steps", "Steps", "steps", 1, 1_000_000_000, true, ""),
    SEED("seed", "Seed", "", "a whole number"),
    PRECISION("precision", "Precision", "", Precision.values()),
    EVALUATE_EVERY("evaluateEvery", "Evaluate every", "steps", 1, 1_000_000_000, true, ""),
    INSTRUMENTS("instruments", "Instruments", "steps", "names of instruments, each with every how many steps");

    private static final String SWITCH = "true or false";

    private final String path;
    private final String label;
    private final String unit;
    private final String allowed;
    private final double min;
    private final double max;
    private final boolean whole;
    private final List<String> choices;

    Field(String path, String label, String unit, String allowed) {
        this(path, label, unit, allowed, Double.NaN, Double.NaN, false, List.of());
    }

    Field(String path, String label, String unit, Enum<?>[] choices) {
        this(path, label, unit, choices, "");
    }

    Field(String path, String label, String unit, Enum<?>[] choices, String also) {
        this(
                path,
                label,
                unit,
                "one of " + Arrays.stream(choices).map(Enum::toString).collect(Collectors.joining(", ")) + also,
                Double.NaN,
                Double.NaN,
                false,
                Arrays.stream(choices).map(Enum::toString).toList());
    }

    Field(String path, String label, String unit, double min, double max, boolean whole, String also) {
        this(
                path,
                label,
                unit,
                (whole ? "a whole number" : "a number") + " from " + text(min, whole) + " to " + text(max, whole)
                        + (also.isEmpty() ? "" : ", or " + also),
                min,
                max,
                whole,
                List.of());
    }

    Field(
            String path,
            String label,
            String unit,
            String allowed,
            double min,
            double max,
            boolean whole,
            List<String> choices) {
        this.path = path;
        this.label = label;
        this.unit = unit;
        this.allowed = allowed;
        this.min = min;
        this.max = max;
        this.whole = whole;
        this.choices = choices;
    }

    private static String text(double value, boolean whole) {
        boolean plain = whole || value == Math.rint(value) && value < 1e7;
        return plain ? Long.toString((long) value) : Double.toString(value).replace(".0E", "e");
    }

    /** The field of a path. */
    public static Optional<Field> ofPath(String path) {
        return Arrays.stream(values()).filter(f -> f.path.equals(path)).findFirst();
    }

    /** The field of a name without the path before it, for somebody who wrote it at the wrong place. */
    static Optional<Field> ofName(String name) {
        return Arrays.stream(values()).filter(f -> f.path.endsWith("." + name)).findFirst();
    }

    /** Its place in the file, for example {@code optimizer.learningRate}. */
    public String path() {
        return path;
    }

    /** Its name on screen. */
    public String label() {
        return label;
    }

    /** Its unit; empty where it has none. */
    public String unit() {
        return unit;
    }

    /** What is allowed, in words that complete "it must be". */
    public String allowed() {
        return allowed;
    }

    /** The words to choose from; empty where it is not a choice. */
    public List<String> choices() {
        return choices;
    }

    /** True where it is a name that somebody else chose, which may look like anything. */
    public boolean isWords() {
        return this == DATA_NAME || this == DATA_FOLDER || this == DATA_CLASS_COLUMN;
    }

    /** True where it is a whole number with a range. */
    public boolean isWhole() {
        return whole;
    }

    /** True where it is on or off. */
    public boolean isSwitch() {
        return allowed.equals(SWITCH);
    }

    /** The sentence about a value that this field cannot take. */
    public BadInputException refuse(Object value) {
        return new BadInputException(path + " is " + value + "; it must be " + allowed + ".");
    }

    /** Refuses a number outside of the range, and NaN. */
    double require(double value) {
        if (!(value >= min && value <= max)) {
            throw refuse(whole ? Long.toString((long) value) : Double.toString(value));
        }
        return value + 0.0; // not -0
    }

    /** A text on one line, for messages and charts show it; null stays null. */
    @Nullable
    String requireLine(@Nullable String text) {
        if (text != null && (text.isBlank() || text.chars().anyMatch(Character::isISOControl))) {
            throw refuse(text.isBlank() ? "empty" : "a text with line breaks or control characters");
        }
        return text;
    }
}
