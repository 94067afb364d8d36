package decaylab.ui.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * The upright axis of a track, from 0 at its foot to its highest value. Where it is logarithmic, the lowest band stands for
 * exactly 0.
 *
 * @param log whether it is logarithmic
 * @param low the least value above 0 of a logarithmic axis
 * @param high the highest value, above low
 */
record ValueAxis(boolean log, double low, double high) {
    private static final double ZERO_BAND = 0.1;

    ValueAxis {
        if (!(low > 0 && high > low)) {
            throw new IllegalArgumentException("from " + low + " to " + high);
        }
    }

    /** Where a value stands, in [0, 1]. */
    double fraction(double value) {
        if (!log) {
            return clamp(value / high);
        }
        if (!(value > 0)) {
            return 0;
        }
        return ZERO_BAND + (1 - ZERO_BAND) * clamp(Math.log(value / low) / Math.log(high / low));
    }

    /** The value at a place in [0, 1]. */
    double value(double fraction) {
        if (!log) {
            return high * clamp(fraction);
        }
        if (fraction < ZERO_BAND / 2) {
            return 0;
        }
        return low * Math.pow(high / low, clamp((fraction - ZERO_BAND) / (1 - ZERO_BAND)));
    }

    /**
     * Values to write beside it, rising.
     *
     * @param room for how many there is
     */
    List<Double> ticks(int room) {
        int most = Math.max(1, room);
        List<Double> ticks = new ArrayList<>(List.of(0.0));
        if (log) {
            long first = Math.round(Math.log10(low));
            long last = Math.round(Math.log10(high));
            long stride = (last - first) / most + 1;
            for (long exponent = last; exponent >= first; exponent -= stride) {
                ticks.add(1, Math.pow(10, exponent));
            }
        } else {
            double stride = OneTwoFive.atLeast(high / most);
            for (int i = 1; i * stride <= high * (1 + 1e-9); i++) {
                ticks.add(i * stride);
            }
        }
        return ticks;
    }

    private static double clamp(double share) {
        return Math.max(0, Math.min(1, share));
    }
}
