package decaylab.ui.base;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as the window writes them: a point for decimals, a comma between thousands, NaN and infinities as they are. */
public final class Numbers {
    private Numbers() {}

    /** All digits that tell the number from its neighbours, in the shorter of the two notations; reads back to the same. */
    public static String exact(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return value == 0 ? "0" : Double.toString(value);
        }
        return shorter(BigDecimal.valueOf(value));
    }

    /** A few significant digits, for reading. */
    public static String rounded(double value, int digits) {
        if (!Double.isFinite(value) || value == 0) {
            return exact(value);
        }
        return shorter(BigDecimal.valueOf(value).round(new MathContext(digits)));
    }

    /** As short as a number beside others can be: four digits, or three and a power of ten below a hundredth. */
    public static String brief(double value) {
        if (!Double.isFinite(value) || value == 0 || Math.abs(value) >= 0.01) {
            return rounded(value, 4);
        }
        BigDecimal bare = BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros();
        int exponent = bare.precision() - bare.scale() - 1;
        return bare.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }

    /** The number with a few significant digits. */
    public static double coarse(double value, int digits) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(new MathContext(digits)).doubleValue()
                : value;
    }

    private static String shorter(BigDecimal value) {
        BigDecimal bare = value.stripTrailingZeros();
        int exponent = bare.precision() - bare.scale() - 1;
        if (exponent >= -3 && exponent <= 6) {
            return bare.toPlainString();
        }
        String mantissa = bare.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return mantissa + "e" + exponent;
    }

    /** A count. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
