package decaylab.ui.schedule;

import java.util.List;
import java.util.Locale;

/** A piece of a curve between two knots. */
enum Segment {
    /** The first value throughout. */
    CONSTANT,
    /** Straight from the first value to the last. */
    LINEAR,
    /** Half a cosine wave from the first value to the last. */
    COSINE,
    /** The same factor at each step, from the first value to the last; straight where one of them is 0. */
    EXPONENTIAL,
    /** The first value up to the middle, the last from there on. */
    STEP,
    /** The first value within, nothing anywhere else. */
    WINDOW;

    /** The name of its text. */
    String key() {
        return "schedules.segment." + name().toLowerCase(Locale.ROOT);
    }

    /**
     * A curve with this piece in it.
     *
     * @param first where it begins, and with what value
     * @param last where it ends, after its beginning, and with what value
     */
    Curve on(Curve curve, Knot first, Knot last) {
        long length = last.step() - first.step();
        double a = first.value();
        double b = last.value();
        return switch (this) {
            case CONSTANT -> curve.replaced(List.of(first, new Knot(last.step(), a)));
            case LINEAR -> curve.replaced(List.of(first, last));
            case COSINE ->
                curve.replaced(shifted(
                        Curve.of(
                                step -> b + (a - b) * (1 + Math.cos(Math.PI * Math.min(1, (double) step / length))) / 2,
                                length + 1),
                        first.step()));
            case EXPONENTIAL ->
                curve.replaced(
                        a > 0 && b > 0
                                ? shifted(
                                        Curve.of(
                                                step -> a * Math.pow(b / a, Math.min(1, (double) step / length)),
                                                length + 1),
                                        first.step())
                                : List.of(first, last));
            case STEP -> {
                long middle = first.step() + (length + 1) / 2;
                boolean room = middle - 1 > first.step() && middle < last.step();
                yield curve.replaced(
                        room
                                ? List.of(first, new Knot(middle - 1, a), new Knot(middle, b), last)
                                : List.of(first, last));
            }
            case WINDOW -> Curve.level(0).replaced(List.of(first, new Knot(last.step(), a)));
        };
    }

    private static List<Knot> shifted(Curve curve, long by) {
        return curve.knots().stream()
                .map(knot -> new Knot(knot.step() + by, knot.value()))
                .toList();
    }
}
