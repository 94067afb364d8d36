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
        long whole = Math.round(seconds);
        if (whole < MINUTE) {
            return whole + " s";
        }
        return whole < HOUR
                ? String.format(Locale.ROOT, "%d min %02d s", whole / MINUTE, whole % MINUTE)
                : String.format(Locale.ROOT, "%d h %02d min", whole / HOUR, whole % HOUR / MINUTE);
    }
}
