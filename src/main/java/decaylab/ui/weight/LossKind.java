package decaylab.ui.weight;

import decaylab.optim.AngleLoss;
import decaylab.optim.QuadraticLoss;
import decaylab.optim.SmallLoss;
import decaylab.optim.WeightPair;
import java.util.Locale;

/** The losses to choose from, with the settings and the start that each begins with. */
public enum LossKind {
    /** A parabola. */
    ONE(0.1, 0.5, 1, 0, new WeightPair(-1, 0)),
    /** An ellipse, steep one way and flat the other. */
    TWO(0.2, 0.3, 2, 0.2, new WeightPair(-2, 2.5)),
    /** A loss of the direction only, as in front of a normalisation. */
    NORMALISED(0.5, 0.05, 1, 0, new WeightPair(-1.2, 2.4));

    /** Where loss is least, of one weight. */
    static final double MINIMUM = 2;

    private static final WeightPair MINIMA = new WeightPair(2, 1.2);
    private static final double TILT = Math.toRadians(60);
    private static final double BEST = Math.toRadians(35);
    private static final double SPREAD = Math.toRadians(35);

    private final double rate;
    private final double lambda;
    private final double steep;
    private final double flat;
    private final WeightPair start;

    LossKind(double rate, double lambda, double steep, double flat, WeightPair start) {
        this.rate = rate;
        this.lambda = lambda;
        this.steep = steep;
        this.flat = flat;
        this.start = start;
    }

    /** The learning rate to begin with. */
    double rate() {
        return rate;
    }

    /** The lambda to begin with. */
    double lambda() {
        return lambda;
    }

    /** The curvature to begin with, of two weights along the steep direction. */
    double steep() {
        return steep;
    }

    /** The curvature along the flat direction to begin with; of two weights only. */
    double flat() {
        return flat;
    }

    /** The weights to begin with. */
    WeightPair start() {
        return start;
    }

    /** The loss of this kind. */
    SmallLoss loss(double withSteep, double withFlat) {
        return switch (this) {
            case ONE -> QuadraticLoss.ofOne(withSteep, MINIMUM);
            case TWO -> new QuadraticLoss(withSteep, withFlat, TILT, MINIMA);
            case NORMALISED -> new AngleLoss(withSteep, BEST, SPREAD);
        };
    }

    /** The name of its texts. */
    String key() {
        return "weight." + name().toLowerCase(Locale.ROOT);
    }
}
