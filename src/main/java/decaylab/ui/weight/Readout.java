package decaylab.ui.weight;

import java.util.Locale;

/** A number beside the picture. */
enum Readout {
    STEP,
    WEIGHT,
    LOSS,
    NORM,
    GRADIENT_PART,
    DECAY_PART,
    SETTLES,
    FACTOR,
    HALF_LIFE;

    /** The name of its text. */
    String key() {
        return "weight.row." + name().toLowerCase(Locale.ROOT);
    }
}
