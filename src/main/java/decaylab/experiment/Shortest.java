package decaylab.experiment;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers with the digits that they need and no more. */
public final class Shortest {
    private static final int LEAST_PLAIN = -3;
    private static final int MOST_PLAIN = 6;

    private Shortest() {}

    /** The number as somebody would write it: 0.4, 50, 1e-5. */
    public static String of(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : Double.toString(value);
        }
        BigDecimal bare = BigDecimal.valueOf(value).stripTrailingZeros();
        int exponent = bare.precision() - bare.scale() - 1;
        if (exponent >= LEAST_PLAIN && exponent <= MOST_PLAIN) {
            return bare.toPlainString();
        }
        return bare.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }

    /** Likewise with a few significant digits. */
    public static String rounded(double value, int digits) {
        return of(
                Double.isFinite(value)
                        ? new BigDecimal(value).round(new MathContext(digits)).doubleValue()
                        : value);
    }
}
