package decaylab.lesson;

import decaylab.experiment.Nearest;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comparison of what runs logged, as in {@code norm.end(off) >= 1.5 * norm.end(on)}.
 *
 * <p>A side is a sum of products of numbers, brackets and values. A value is {@code COLUMN.WHEN(RUN)}: a column of metrics.csv or of
 * an instrument's table, and {@code end} for its last value, {@code at(RUN, STEP)} for the last one up to a step,
 * {@code mean}, {@code min} and {@code max(RUN, FROM, TO)} over the steps from one to another, both included; {@code first} for its
 * first value.
 */
public final class Claim {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(>=|<=|>|<|[-+*/(),]|\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?|[A-Za-z][\\w\\[\\]-]*(?:\\.[a-z]+)?)");
    private static final Set<String> WHEN = Set.of("first", "end", "at", "mean", "min", "max");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Long> lastSteps =
            new HashMap<>(); // of every run that it speaks of; -1 where no step is named
    private final Side left;
    private final String relation;
    private final Side right;
    private int next;

    /** A side of the comparison, given the logs of one seed by the names of the runs. */
    private interface Side {
        double of(Map<String, SampleLog> logs);
    }

    private Claim(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw wrong("'" + text.substring(end).strip() + "' is not understood");
        }
        left = sum();
        relation = take();
        if (!Set.of(">=", "<=", ">", "<").contains(relation)) {
            throw wrong("a comparison with >=, <=, > or < is missing");
        }
        right = sum();
        if (next < tokens.size()) {
            throw wrong("'" + tokens.get(next) + "' is one too many");
        }
    }

    /**
     * Reads a claim.
     *
     * @throws BadInputException where it is none
     */
    public static Claim parse(String text) {
        return new Claim(text);
    }

    /** The names of the runs that it speaks of. */
    public Set<String> runs() {
        return Set.copyOf(lastSteps.keySet());
    }

    /** The largest step that it names of a run; -1 where it names none. */
    long lastStep(String run) {
        return lastSteps.getOrDefault(run, -1L);
    }

    /** The left side for the logs of one seed; NaN where a value is not there. */
    double left(Map<String, SampleLog> logs) {
        return left.of(logs);
    }

    /** The right side. */
    double right(Map<String, SampleLog> logs) {
        return right.of(logs);
    }

    /** Whether the comparison holds; never for NaN. */
    boolean holds(double one, double other) {
        return switch (relation) {
            case ">=" -> one >= other;
            case "<=" -> one <= other;
            case ">" -> one > other;
            default -> one < other;
        };
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    private String take() {
        return next < tokens.size() ? tokens.get(next++) : "";
    }

    private boolean takes(String token) {
        boolean there = next < tokens.size() && tokens.get(next).equals(token);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String token) {
        if (!takes(token)) {
            throw wrong("'" + token + "' is missing"
                    + (next < tokens.size() ? " before '" + tokens.get(next) + "'" : " at its end"));
        }
    }

    private Side sum() {
        Side sum = product();
        while (true) {
            Side before = sum;
            if (takes("+")) {
                Side further = product();
                sum = logs -> before.of(logs) + further.of(logs);
            } else if (takes("-")) {
                Side further = product();
                sum = logs -> before.of(logs) - further.of(logs);
            } else {
                return sum;
            }
        }
    }

    private Side product() {
        Side product = factor();
        while (true) {
            Side before = product;
            if (takes("*")) {
                Side further = factor();
                product = logs -> before.of(logs) * further.of(logs);
            } else if (takes("/")) {
                Side further = factor();
                product = logs -> before.of(logs) / further.of(logs);
            } else {
                return product;
            }
        }
    }

    private Side factor() {
        if (takes("-")) {
            Side positive = factor();
            return logs -> -positive.of(logs);
        }
        if (takes("(")) {
            Side inner = sum();
            expect(")");
            return inner;
        }
        String token = take();
        if (token.isEmpty()) {
            throw wrong("a number or a value such as norm.end(RUN) is missing at its end");
        }
        if (Character.isDigit(token.charAt(0))) {
            double number = Double.parseDouble(token);
            return logs -> number;
        }
        return value(token);
    }

    private Side value(String token) {
        int dot = token.lastIndexOf('.');
        String column = dot < 0 ? token : token.substring(0, dot);
        String when = dot < 0 ? "" : token.substring(dot + 1);
        if (!WHEN.contains(when)) {
            throw wrong(
                    "'" + token
                            + "' is no value; write COLUMN.end(RUN), .first(RUN), .at(RUN, STEP), .mean(RUN, FROM, TO), .min or .max");
        }
        List<String> known =
                Arrays.stream(Quantity.values()).map(Quantity::column).toList();
        String quantity = column.replaceFirst("\\[.*", "");
        if (!known.contains(quantity)) { // that of a layer is known only when the network is there
            throw wrong("there is no column " + column + Nearest.hint(quantity, known));
        }
        expect("(");
        String run = take();
        if (run.isEmpty() || !Character.isLetter(run.charAt(0))) {
            throw wrong("the name of a run is missing after " + token + "(");
        }
        lastSteps.putIfAbsent(run, -1L);
        List<Long> steps = new ArrayList<>();
        while (takes(",")) {
            steps.add(step());
        }
        expect(")");
        int wanted = when.equals("at") ? 1 : when.equals("end") || when.equals("first") ? 0 : 2;
        if (steps.size() != wanted) {
            throw wrong("." + when + " takes " + wanted + " steps after the run, not " + steps.size());
        }
        if (steps.size() == 2 && steps.get(0) > steps.get(1)) {
            throw wrong("it goes from step " + steps.get(0) + " back to " + steps.get(1));
        }
        steps.forEach(step -> lastSteps.merge(run, step, Math::max));
        return logs -> measure(logs, run, column, when, steps);
    }

    private long step() {
        String token = take();
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw wrong("'" + token + "' is no step; write a whole number");
        }
    }

    private double measure(Map<String, SampleLog> logs, String run, String column, String when, List<Long> steps) {
        SampleLog log = logs.get(run);
        if (log == null) {
            throw wrong("there is no run " + run);
        }
        Metric metric = log.allMetrics().stream()
                .filter(one -> one.column().equals(column))
                .findFirst()
                .orElseThrow(() -> wrong("there is no column " + column
                        + Nearest.hint(
                                column,
                                log.allMetrics().stream().map(Metric::column).toList())));
        SampleLog sheet = log.holding(metric);
        int place = sheet.place(metric).orElseThrow();
        int clock = sheet.place(Metric.of(Quantity.STEP)).orElseThrow();
        double from = when.equals("mean") || when.equals("min") || when.equals("max") ? steps.get(0) : 0;
        double to = steps.isEmpty() ? Double.POSITIVE_INFINITY : steps.get(steps.size() - 1);
        return over(sheet, place, clock, when, from, to);
    }

    private static double over(SampleLog sheet, int place, int clock, String when, double from, double to) {
        double found = Double.NaN;
        double sum = 0;
        long count = 0;
        for (long row = 0; row < sheet.rows(); row++) {
            double step = sheet.value(clock, row);
            double value = sheet.value(place, row);
            if (step < from || step > to || SampleLog.isEmpty(value)) {
                continue;
            }
            count++;
            sum += value;
            found = switch (when) {
                case "min" -> count == 1 ? value : Math.min(found, value);
                case "max" -> count == 1 ? value : Math.max(found, value);
                case "first" -> count == 1 ? value : found;
                case "mean" -> sum / count;
                default -> value;
            };
        }
        return found;
    }

    private BadInputException wrong(String what) {
        return new BadInputException("The claim '" + text + "' cannot be read: " + what + ".");
    }
}
