package decaylab.study;

import decaylab.experiment.Field;
import decaylab.experiment.Shortest;
import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * Points in ranges of fields instead of a grid: drawn at random, or those of Sobol's sequence, which fill the ranges more evenly.
 * The n-th point is the same however many are asked for.
 *
 * @param ranges of the fields
 * @param kind how the points are chosen
 * @param points how many
 */
public record SweepDraw(List<Range> ranges, Kind kind, int points) {
    private static final int MOST_RANGES = 16;
    /** Digits of a drawn number: as many as can matter, and few enough to be read. */
    private static final int DIGITS = 4;
    /** A range whose ends are further apart than this is drawn from by its logarithm. */
    private static final double WIDE = 10;

    /** How points are chosen. */
    public enum Kind {
        RANDOM,
        SOBOL;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public SweepDraw {
        ranges = List.copyOf(ranges);
        if (ranges.isEmpty() || ranges.size() > MOST_RANGES) {
            throw new BadInputException(
                    ranges.size() + " ranges are given with --range; between 1 and " + MOST_RANGES + " are possible.");
        }
        if (points < 1) {
            throw new BadInputException("--points is " + points + "; it must be at least 1.");
        }
    }

    /**
     * A field and between what its values are drawn: by their logarithm where the range is wide and above zero.
     *
     * @param field its path
     * @param low the smallest
     * @param high the largest
     */
    public record Range(String field, double low, double high) {
        public Range {
            if (!(high > low) || !Double.isFinite(high - low)) {
                throw new BadInputException("The range of " + field + " goes from " + Shortest.of(low) + " to "
                        + Shortest.of(high) + "; write FIELD=LOW..HIGH with LOW below HIGH.");
            }
            if (field.equals(Field.SEED.path())) {
                throw new BadInputException("seed cannot be swept; the seeds are 1 to N of --seeds.");
            }
        }

        /**
         * Reads FIELD=LOW..HIGH.
         *
         * @throws BadInputException where it is not that
         */
        public static Range parse(String text) {
            int equals = text.indexOf('=');
            int dots = text.indexOf("..", equals + 1);
            if (equals > 0 && dots > 0) {
                try {
                    return new Range(
                            text.substring(0, equals).strip(),
                            Double.parseDouble(text.substring(equals + 1, dots)),
                            Double.parseDouble(text.substring(dots + 2)));
                } catch (NumberFormatException e) {
                    // said below
                }
            }
            throw new BadInputException("--range " + text
                    + " is not a field with two numbers; write FIELD=LOW..HIGH, for example decay.lambda=1e-4..1.");
        }

        /** As it is read. */
        @Override
        public String toString() {
            return field + "=" + Shortest.of(low) + ".." + Shortest.of(high);
        }

        private String at(double part) {
            boolean byLogarithm = low > 0 && high >= WIDE * low;
            double value = byLogarithm ? low * StrictMath.pow(high / low, part) : low + part * (high - low);
            return Field.ofPath(field).filter(Field::isWhole).isPresent()
                    ? Long.toString(Math.round(value))
                    : Shortest.rounded(value, DIGITS);
        }
    }

    /** What each point sets, in order. */
    List<Map<String, String>> settings() {
        SobolSequenceGenerator sobol = new SobolSequenceGenerator(ranges.size());
        sobol.skipTo(1); // the first is the corner of all ranges
        CounterRandom random = CounterRandom.of(1, "sweep");
        List<Map<String, String>> all = new ArrayList<>();
        for (int point = 0; point < points; point++) {
            double[] parts = new double[ranges.size()];
            if (kind == Kind.SOBOL) {
                parts = sobol.nextVector();
            } else {
                for (int i = 0; i < parts.length; i++) {
                    parts[i] = random.nextDouble();
                }
            }
            Map<String, String> settings = new LinkedHashMap<>();
            for (int i = 0; i < parts.length; i++) {
                settings.put(ranges.get(i).field(), ranges.get(i).at(parts[i]));
            }
            all.add(settings);
        }
        return all;
    }
}
