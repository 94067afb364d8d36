package decaylab.experiment;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What a written word means where a number or a truth value is asked for. */
final class Words {
    /** As in YAML 1.2, so 5e-3 is one; underscores between digits as in YAML 1.1. No NaN, no infinity: no field takes them. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d[\\d_]*(\\.[\\d_]*)?|\\.\\d[\\d_]*)([eE][-+]?\\d{1,9})?");

    private static final int LONGEST = 1000; // no number needs more, and turning digits into one is slow
    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Words() {}

    static boolean isNumber(String word) {
        return word.length() <= LONGEST && NUMBER.matcher(word).matches();
    }

    static boolean isTruth(String word) {
        return truth(word).isPresent();
    }

    /** The number; infinite where it is beyond the range of a double. */
    static OptionalDouble number(String word) {
        return isNumber(word) ? OptionalDouble.of(Double.parseDouble(word.replace("_", ""))) : OptionalDouble.empty();
    }

    /** The whole number, also where it is written as 1e3 or 5.0; empty where it is beyond 64 bits. */
    static OptionalLong whole(String word) {
        if (!isNumber(word)) {
            return OptionalLong.empty();
        }
        BigDecimal exact = new BigDecimal(word.replace("_", ""));
        boolean fits = exact.compareTo(LEAST) >= 0
                && exact.compareTo(MOST) <= 0
                && (exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0);
        return fits ? OptionalLong.of(exact.longValueExact()) : OptionalLong.empty();
    }

    static Optional<Boolean> truth(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
