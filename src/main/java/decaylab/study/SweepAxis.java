package decaylab.study;

import decaylab.chart.HeatMap;
import decaylab.experiment.Field;
import decaylab.experiment.Shortest;
import decaylab.problem.BadInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A field of the experiment that a sweep varies, and its values.
 *
 * @param field its path, as in optimizer.learningRate
 * @param values as they are written in an experiment's file, each once; numbers in rising order
 */
public record SweepAxis(String field, List<String> values) {
    private static final Set<String> NOT_SWEPT = Set.of(Field.SEED.path(), Field.INSTRUMENTS.path());

    public SweepAxis {
        if (NOT_SWEPT.contains(field)) {
            throw new BadInputException(field + " cannot be swept; "
                    + (field.equals(Field.SEED.path()) ? "the seeds are 1 to N of --seeds." : "set it with --set."));
        }
        values = inOrder(values);
        if (values.isEmpty()) {
            throw new BadInputException(field + " has no values to sweep; write " + field + "=A,B,C.");
        }
    }

    /**
     * Reads FIELD=A,B,C. A comma in brackets or braces belongs to a value, as in {@code network.widths=[64],[64, 32]}.
     *
     * @throws BadInputException where it is not that
     */
    public static SweepAxis parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || text.substring(equals + 1).isBlank()) {
            throw new BadInputException("--grid " + text
                    + " is not a field with values; write FIELD=A,B,C, for example decay.lambda=1e-3,1e-2,1e-1.");
        }
        return of(text.substring(0, equals).strip(), text.substring(equals + 1));
    }

    /**
     * Reads A,B,C, the values of a field.
     *
     * @throws BadInputException where it is not that
     */
    public static SweepAxis of(String field, String values) {
        return new SweepAxis(field, values.isBlank() ? List.of() : parts(values, field + "=" + values));
    }

    private static List<String> parts(String list, String whole) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= list.length(); i++) {
            char at = i == list.length() ? ',' : list.charAt(i);
            depth += at == '[' || at == '{' ? 1 : at == ']' || at == '}' ? -1 : 0;
            if (at == ',' && (depth == 0 || i == list.length())) {
                String part = list.substring(from, i).strip();
                if (part.isEmpty() || depth != 0) {
                    throw new BadInputException(whole + " has "
                            + (part.isEmpty() ? "an empty value" : "a bracket that is not closed")
                            + "; write FIELD=A,B,C.");
                }
                parts.add(part);
                from = i + 1;
            }
        }
        return parts;
    }

    private static List<String> inOrder(List<String> given) {
        Set<String> once = new LinkedHashSet<>();
        for (String value : given) {
            once.add(number(value).map(Shortest::of).orElse(value));
        }
        List<String> all = new ArrayList<>(once);
        if (all.stream().allMatch(value -> number(value).isPresent())) {
            all.sort(Comparator.comparingDouble(Double::parseDouble));
        }
        return List.copyOf(all);
    }

    private static Optional<Double> number(String value) {
        try {
            return Optional.of(new BigDecimal(value).doubleValue());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As an axis of maps: with the field's name in words. */
    HeatMap.Axis axis() {
        String label = Field.ofPath(field).map(Field::label).orElse(field);
        return new HeatMap.Axis(label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1), values);
    }
}
