package decaylab.ui.run;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A slider's scale: powers of ten, and one place below the least of them that stands for exactly 0.
 *
 * @param lowest exponent of the least value above 0
 * @param highest exponent of the largest value
 */
public record LogScale(int lowest, int highest) {
    private static final int DIGITS = 3;

    public LogScale {
        if (lowest >= highest) {
            throw new IllegalArgumentException("from 1e" + lowest + " to 1e" + highest);
        }
    }

    /** The slider's first position, which is 0. */
    public double min() {
        return lowest - 1;
    }

    /** The slider's last position. */
    public double max() {
        return highest;
    }

    /** The value at a position, with few enough digits to read; the half step next to 0 is 0 too. */
    public double value(double position) {
        if (position < lowest - 0.5) {
            return 0;
        }
        double power = StrictMath.pow(10, Math.min(highest, Math.max(lowest, position)));
        return BigDecimal.valueOf(power).round(new MathContext(DIGITS)).doubleValue();
    }

    /** Where a value stands; the nearest end where it lies beyond. */
    public double position(double value) {
        if (!(value > 0)) {
            return min();
        }
        return Math.min(highest, Math.max(lowest, StrictMath.log10(value)));
    }
}
