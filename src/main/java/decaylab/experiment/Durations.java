package decaylab.experiment;

import java.util.Locale;

/** Durations as every front writes them. */
public final class Durations {
    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;

    private Durations() {}

    /**
     * In words: {@code 42 s}, {@code 3 min 05 s}, {@code 2 h 10 min}.
     *
     * @param seconds at least 0
     */
    public static String inWords(double seconds) {
        return inWords(seconds, "s", "min", "h");
    }

    /** The same with the units of another language. */
    public static String inWords(double seconds, String second, String minute, String hour) {
        long whole = Math.round(seconds);
        if (whole < MINUTE) {
            return whole + " " + second;
        }
        return whole < HOUR
                ? String.format(Locale.ROOT, "%d %s %02d %s", whole / MINUTE, minute, whole % MINUTE, second)
                : String.format(Locale.ROOT, "%d %s %02d %s", whole / HOUR, hour, whole % HOUR / MINUTE, minute);
    }
}
