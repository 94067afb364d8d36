package decaylab.chart;

import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import java.util.List;

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
    LAYER_ROTATIONS(Quantity.LAYER_ROTATION);

    private final List<Quantity> quantities;

    ChartKind(Quantity... quantities) {
        this.quantities = List.of(quantities);
    }

    /** True where its values span orders of magnitude, so that a new window shows them on a logarithmic axis. */
    public boolean startsLogarithmic() {
        return switch (this) {
            case EFFECTIVE_LEARNING_RATE, LAYER_EFFECTIVE_LEARNING_RATES, ROTATION, LAYER_ROTATIONS -> true;
            default -> false;
        };
    }

    /** Its title. */
    public String title(QuantityTexts texts) {
        return switch (this) {
            case LOSS -> "Loss";
            case ACCURACY -> "Accuracy";
            case LAYER_NORMS -> "Norm, layer by layer";
            case LAYER_EFFECTIVE_LEARNING_RATES -> "Effective learning rate, layer by layer";
            case LAYER_ROTATIONS -> "Rotation, layer by layer";
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

    /** The columns that it draws of a run with these layers, the most important first. */
    public List<Metric> metrics(List<String> layers) {
        if (main().scope() == Quantity.Scope.LAYER) {
            return layers.stream().map(layer -> Metric.of(main(), layer)).toList();
        }
        return quantities.stream().map(Metric::of).toList();
    }

    /** The charts that a new window shows and that a run's folder gets. */
    public static List<ChartKind> dashboard() {
        return List.of(NORM, EFFECTIVE_LEARNING_RATE, LOSS, ACCURACY, ROTATION, DECAY);
    }
}
