package decaylab.chart;

import decaylab.experiment.Instrument;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.instrument.TokenClass;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The charts that the lab offers, and what each of them draws. */
public enum ChartKind {
    NORM(Quantity.NORM),
    EFFECTIVE_LEARNING_RATE(Quantity.EFFECTIVE_LEARNING_RATE),
    LOSS(Quantity.TRAIN_LOSS, Quantity.TEST_LOSS, Quantity.LOSS),
    ACCURACY(Quantity.TRAIN_ACCURACY, Quantity.TEST_ACCURACY),
    ROTATION(Quantity.ROTATION),
    DECAY(Quantity.DECAY),
    LEARNING_RATE(Quantity.LEARNING_RATE),
    GRADIENT_NORM(Quantity.GRADIENT_NORM),
    UPDATE_NORM(Quantity.UPDATE_NORM),
    HEAD_NORM(Quantity.HEAD_NORM),
    LAYER_NORMS(Quantity.LAYER_NORM),
    LAYER_EFFECTIVE_LEARNING_RATES(Quantity.LAYER_EFFECTIVE_LEARNING_RATE),
    LAYER_ROTATIONS(Quantity.LAYER_ROTATION),
    BUDGET(Quantity.CHANGE),
    SHARES(Quantity.OBJECTIVE_SHARE, Quantity.PENALTY_SHARE),
    ANGLE_OF_SHARES(Quantity.COSINE_OF_SHARES),
    DROWNED(Quantity.DROWNED),
    TOKEN_OBJECTIVE_SHARES(Quantity.TOKEN_OBJECTIVE_SHARE),
    TOKEN_PENALTY_SHARES(Quantity.TOKEN_PENALTY_SHARE),
    TOKEN_ANGLES(Quantity.TOKEN_COSINE_OF_SHARES),
    TOKEN_DROWNED(Quantity.TOKEN_DROWNED),
    ROW_NORMS(Quantity.ROW_NORM),
    HEAT(Quantity.LAYER_EFFECTIVE_LEARNING_RATE),
    INVARIANT_MEASURES(Quantity.K_FISHER, Quantity.K_NOISE),
    RAW_MEASURES(Quantity.FISHER, Quantity.GRADIENT_NOISE),
    RETURNS(Quantity.GREEDY_RETURN, Quantity.RETURN),
    EPISODE_LENGTH(Quantity.EPISODE_LENGTH),
    EXPLORATION(Quantity.EXPLORATION),
    ACTION_VALUES(Quantity.LARGEST_VALUE),
    FEEDBACK_ANGLES(Quantity.FEEDBACK_ANGLE),
    FEEDBACK_DIFFERENCE(Quantity.FEEDBACK_DIFFERENCE),
    ERROR_ANGLES(Quantity.ERROR_ANGLE),
    CAPACITY_BOUNDS(Quantity.L1_INF_BOUND, Quantity.L2_2_BOUND, Quantity.L2_INF_BOUND),
    CAPACITY_NORMS(Quantity.L1_INF_NORM, Quantity.L2_INF_NORM, Quantity.L2_2_NORM, Quantity.L2_1_NORM),
    GAP(Quantity.GAP),
    SYNTHETIC_ERROR(Quantity.SYNTHETIC_ERROR),
    SYNTHETIC_GRADIENTS(Quantity.SYNTHETIC_NORM, Quantity.SYNTHETIC_TARGET),
    VALIDATION(Quantity.VALIDATION_ACCURACY, Quantity.STOPPED_ACCURACY),
    INPUT_JACOBIAN(Quantity.INPUT_JACOBIAN),
    EFFECTIVE_DAMPING(Quantity.EFFECTIVE_DAMPING),
    DAMPING_RATIO(Quantity.DAMPING_RATIO),
    CURVATURE_NORMS(Quantity.FISHER_NORM, Quantity.GAUSS_NEWTON_NORM);

    /** What a budget is made of, from zero outwards. */
    static final List<Quantity> BUDGET_PARTS =
            List.of(Quantity.BY_LENGTH, Quantity.BY_PRESENT_GRADIENT, Quantity.BY_EARLIER_GRADIENTS, Quantity.BY_DECAY);

    private final List<Quantity> quantities;

    ChartKind(Quantity... quantities) {
        this.quantities = List.of(quantities);
    }

    /** True where its values span orders of magnitude, so that a new window shows them on a logarithmic axis. */
    public boolean startsLogarithmic() {
        return switch (this) {
            case EFFECTIVE_LEARNING_RATE,
                    LAYER_EFFECTIVE_LEARNING_RATES,
                    ROTATION,
                    LAYER_ROTATIONS,
                    INVARIANT_MEASURES,
                    RAW_MEASURES,
                    CAPACITY_BOUNDS,
                    CAPACITY_NORMS,
                    INPUT_JACOBIAN,
                    EFFECTIVE_DAMPING,
                    DAMPING_RATIO,
                    CURVATURE_NORMS,
                    SYNTHETIC_ERROR -> true;
            default -> false;
        };
    }

    /** How it shows its values. */
    public ChartSpec.Style style() {
        return this == HEAT ? ChartSpec.Style.HEAT : ChartSpec.Style.LINES;
    }

    /** Its title. */
    public String title(QuantityTexts texts) {
        return switch (this) {
            case LOSS,
                    ACCURACY,
                    LAYER_NORMS,
                    LAYER_EFFECTIVE_LEARNING_RATES,
                    LAYER_ROTATIONS,
                    INVARIANT_MEASURES,
                    RAW_MEASURES,
                    RETURNS,
                    CAPACITY_BOUNDS,
                    CAPACITY_NORMS,
                    SYNTHETIC_GRADIENTS,
                    VALIDATION,
                    CURVATURE_NORMS,
                    HEAT -> texts.onChart("title." + name());
            default -> texts.of(main()).title();
        };
    }

    /** What it draws, the most important first. */
    public List<Quantity> quantities() {
        return quantities;
    }

    /** What its "?" explains. */
    public Quantity main() {
        return quantities.get(0);
    }

    /** Whether it can be drawn of one layer instead of the network. */
    public boolean hasLayers() {
        return main().scope() == Quantity.Scope.BOTH && !ofParts();
    }

    /** Whether it draws parts of one run beside each other: layers, modules or classes of tokens. */
    boolean ofParts() {
        return this == SYNTHETIC_ERROR || main().scope().ofParts();
    }

    /** The instrument that has to be on for it; empty where every run has its samples. */
    public Optional<Instrument> instrument() {
        return main().instrument();
    }

    /** What theory says of its main quantity, drawn behind it where it is known. */
    Optional<Quantity> guide() {
        return switch (this) {
            case NORM, LAYER_NORMS -> Optional.of(Quantity.PREDICTED_NORM);
            case EFFECTIVE_LEARNING_RATE, LAYER_EFFECTIVE_LEARNING_RATES ->
                Optional.of(Quantity.PREDICTED_EFFECTIVE_LEARNING_RATE);
            case ROTATION, LAYER_ROTATIONS -> Optional.of(Quantity.PREDICTED_ROTATION);
            case FEEDBACK_DIFFERENCE -> Optional.of(Quantity.FEEDBACK_LINE);
            default -> Optional.empty();
        };
    }

    /**
     * The columns that it draws of a run with these layers, the most important first.
     *
     * @param layer the one to draw, of a chart that {@link #hasLayers}; null for the network
     */
    public List<Metric> metrics(List<String> layers, @Nullable String layer) {
        if (main().scope() == Quantity.Scope.TOKENS) {
            return TokenClass.words().stream()
                    .map(each -> Metric.of(main(), each))
                    .toList();
        }
        if (this == SYNTHETIC_ERROR) { // behind the head there is no module
            return layers.subList(0, layers.size() - 1).stream()
                    .map(each -> Metric.of(main(), each))
                    .toList();
        }
        if (main().scope() == Quantity.Scope.LAYER) {
            return layers.stream().map(each -> Metric.of(main(), each)).toList();
        }
        return quantities.stream()
                .map(quantity -> new Metric(quantity, hasLayers() ? layer : null))
                .toList();
    }

    /** The charts that tell of acting in an environment, the most important first. */
    public static List<ChartKind> ofActing() {
        return List.of(RETURNS, EXPLORATION, EPISODE_LENGTH, ACTION_VALUES);
    }

    /** The charts that tell how near what carries the error is to the weights, the most important first. */
    public static List<ChartKind> ofFeedback() {
        return List.of(FEEDBACK_ANGLES, FEEDBACK_DIFFERENCE, ERROR_ANGLES);
    }

    /**
     * The charts that tell of the three mechanisms of weight decay (Zhang, Wang, Xu and Grosse 2019): effective learning rate,
     * Jacobian, damping.
     *
     * @param preconditioned whether the run has a curvature, with which a layer's size acts through the damping
     */
    public static List<ChartKind> ofMechanisms(boolean preconditioned) {
        return preconditioned
                ? List.of(ACCURACY, LAYER_NORMS, INPUT_JACOBIAN, EFFECTIVE_DAMPING, DAMPING_RATIO, CURVATURE_NORMS)
                : List.of(ACCURACY, LAYER_NORMS, LAYER_EFFECTIVE_LEARNING_RATES, INPUT_JACOBIAN);
    }

    /** The charts that tell of a network's capacity, the most important first. */
    public static List<ChartKind> ofCapacity() {
        return List.of(CAPACITY_BOUNDS, GAP, CAPACITY_NORMS);
    }

    /** The charts that a new window shows and that a run's folder gets. */
    public static List<ChartKind> dashboard() {
        return List.of(NORM, EFFECTIVE_LEARNING_RATE, LOSS, ACCURACY, ROTATION, DECAY);
    }
}
