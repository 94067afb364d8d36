package decaylab.ui.schedule;

import java.util.Locale;

/** The curves that can be drawn, from the top down. */
enum Track {
    /** Lambda. */
    DECAY(1e-6, 1),
    /** Eta. */
    RATE(1e-5, 10),
    /** What control holds. */
    TARGET(1e-6, 1000);

    private final double low;
    private final double high;

    Track(double low, double high) {
        this.low = low;
        this.high = high;
    }

    /** The least value above 0 of its logarithmic axis. */
    double low() {
        return low;
    }

    /** The highest value of its logarithmic axis, if nothing drawn is higher. */
    double high() {
        return high;
    }

    /** The end of the names of its texts. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
