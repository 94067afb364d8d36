package decaylab.ui.schedule;

import java.math.BigDecimal;

/** The round numbers 1, 2 and 5 times a power of ten. */
final class OneTwoFive {
    private static final int[] DIGITS = {1, 2, 5, 10};

    private OneTwoFive() {}

    /** The least of them that is not below a value above 0. */
    static double atLeast(double value) {
        int exponent = exponent(value);
        for (int digit : DIGITS) {
            double round = round(digit, exponent);
            if (round >= value * (1 - 1e-9)) {
                return round;
            }
        }
        throw new IllegalArgumentException("no round number for " + value);
    }

    /** The nearest of them, by ratio; 0 stays 0. */
    static double nearest(double value) {
        if (!(value > 0)) {
            return 0;
        }
        int exponent = exponent(value);
        double nearest = round(1, exponent);
        for (int digit : DIGITS) {
            double round = round(digit, exponent);
            if (Math.abs(Math.log(round / value)) < Math.abs(Math.log(nearest / value))) {
                nearest = round;
            }
        }
        return nearest;
    }

    private static int exponent(double value) {
        return (int) Math.floor(Math.log10(value) + 1e-12);
    }

    private static double round(int digit, int exponent) {
        return BigDecimal.valueOf(digit).scaleByPowerOfTen(exponent).doubleValue();
    }
}
