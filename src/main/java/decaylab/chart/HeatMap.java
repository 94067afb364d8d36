package decaylab.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A value for each pair of two settings, and what the map tells of how easily they are chosen: where it is best, how large the
 * region is that is nearly as good, and how the best of one setting moves with the other. Plain arithmetic on what is shown.
 *
 * @param title above it
 * @param unit of the values; empty where they have none
 * @param x setting from left to right
 * @param y setting from bottom to top
 * @param rows for each value of y a list with a cell for each of x
 * @param better which values are
 * @param within how far from the best a value is still good, in the unit
 */
public record HeatMap(String title, String unit, Axis x, Axis y, List<List<Cell>> rows, Better better, double within) {
    public HeatMap {
        rows = rows.stream().map(List::copyOf).toList();
        boolean fits = rows.size() == y.labels().size()
                && rows.stream().allMatch(row -> row.size() == x.labels().size());
        if (!fits || rows.isEmpty() || rows.get(0).isEmpty()) {
            throw new IllegalArgumentException("cells that do not fit " + x.labels() + " and " + y.labels());
        }
    }

    /**
     * A setting and its values.
     *
     * @param name of the setting
     * @param labels of its values, in their order
     */
    public record Axis(String name, List<String> labels) {
        public Axis {
            labels = List.copyOf(labels);
        }

        /** The decimal logarithm of a value; empty where it is no number above zero. */
        public OptionalDouble logarithm(int place) {
            try {
                double value = Double.parseDouble(labels.get(place));
                return value > 0 && Double.isFinite(value)
                        ? OptionalDouble.of(Math.log10(value))
                        : OptionalDouble.empty();
            } catch (NumberFormatException e) {
                return OptionalDouble.empty();
            }
        }

        /** The labels as they are drawn: where one number has an exponent, all have. */
        List<String> shown() {
            boolean numbers = hasLogarithms() && labels.stream().anyMatch(label -> label.contains("e"));
            return numbers ? labels.stream().map(Axis::withExponent).toList() : labels;
        }

        private static String withExponent(String label) {
            BigDecimal number = new BigDecimal(label).stripTrailingZeros();
            int exponent = number.precision() - number.scale() - 1;
            return number.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
        }

        boolean hasLogarithms() {
            return labels.size() > 1
                    && IntStream.range(0, labels.size())
                            .allMatch(i -> logarithm(i).isPresent());
        }
    }

    /** Whether there is a value. */
    public enum State {
        /** There is. */
        MEASURED,
        /** A run diverged, so there is none. */
        DIVERGED,
        /** Not run yet. */
        MISSING
    }

    /** Which values are better. */
    public enum Better {
        HIGHER,
        LOWER,
        /** None is. */
        NEITHER
    }

    /**
     * One pair of settings.
     *
     * @param state whether there is a value
     * @param value the mean of the runs; NaN where there is none
     */
    public record Cell(State state, double value) {
        /** With a value, which may not be finite: then it is shown as diverged. */
        public static Cell of(double value) {
            return new Cell(Double.isFinite(value) ? State.MEASURED : State.DIVERGED, value);
        }

        /** Not run yet. */
        public static Cell missing() {
            return new Cell(State.MISSING, Double.NaN);
        }
    }

    /**
     * A cell's place.
     *
     * @param column along x
     * @param row along y
     */
    public record Place(int column, int row) {}

    /** The cell at a place. */
    public Cell at(Place place) {
        return rows.get(place.row()).get(place.column());
    }

    /** All places, row after row. */
    public List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < x.labels().size(); column++) {
                places.add(new Place(column, row));
            }
        }
        return places;
    }

    /** Whether any cell has a value. */
    public boolean hasValues() {
        return places().stream().anyMatch(place -> at(place).state() == State.MEASURED);
    }

    /** Where the best value is, the first of equals; empty where no value is better than another. */
    public Optional<Place> best() {
        return best(places());
    }

    private Optional<Place> best(List<Place> among) {
        Comparator<Place> byValue =
                Comparator.comparingDouble(place -> at(place).value());
        List<Place> measured = among.stream()
                .filter(place -> at(place).state() == State.MEASURED)
                .toList();
        return switch (better) {
            case HIGHER -> measured.stream().min(byValue.reversed()); // the first of equals, where max gives the last
            case LOWER -> measured.stream().min(byValue);
            case NEITHER -> Optional.empty();
        };
    }

    /** Whether the best cell lies on the edge of the map, beyond which there may be a better one. */
    public boolean isBestAtEdge() {
        return best().filter(place -> isEnd(place.column(), x) || isEnd(place.row(), y))
                .isPresent();
    }

    private static boolean isEnd(int place, Axis axis) {
        int count = axis.labels().size();
        return count > 2 && axis.hasLogarithms() && (place == 0 || place == count - 1);
    }

    /** Whether a cell is nearly as good as the best one. */
    public boolean isGood(Place place) {
        return at(place).state() == State.MEASURED
                && best().filter(best -> Math.abs(at(best).value() - at(place).value()) <= within)
                        .isPresent();
    }

    /** The part of all cells that are nearly as good as the best, in [0, 1]: how easily a good one is hit. */
    public double goodPart() {
        return (double) places().stream().filter(this::isGood).count() / places().size();
    }

    /**
     * How large the region of good cells is, in square decades: unlike their part it does not depend on how much of a map is far
     * from the best. A cell reaches half of the way to its neighbours.
     *
     * @return empty where an axis is not of several numbers above zero
     */
    public OptionalDouble goodArea() {
        if (!x.hasLogarithms() || !y.hasLogarithms()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(places().stream()
                .filter(this::isGood)
                .mapToDouble(place -> extent(x, place.column()) * extent(y, place.row()))
                .sum());
    }

    private static double extent(Axis axis, int place) {
        int last = axis.labels().size() - 1;
        int before = Math.max(0, place - 1);
        int after = Math.min(last, place + 1);
        return Math.abs(log(axis, after) - log(axis, before)) / (after - before);
    }

    /** For each value of x the best of y, where the axes are numbers above zero. A column whose runs all diverged has none. */
    public List<Place> ridge() {
        if (!x.hasLogarithms() || !y.hasLogarithms()) {
            return List.of();
        }
        List<Place> ridge = new ArrayList<>();
        for (int column = 0; column < x.labels().size(); column++) {
            int here = column;
            best(places().stream().filter(place -> place.column() == here).toList())
                    .ifPresent(ridge::add);
        }
        return ridge;
    }

    /**
     * How the best of y moves with x: decades a decade, by least squares along the {@link #ridge}. At 0 the two are chosen
     * independently of each other; at -1 their product is what counts.
     *
     * @return empty where the ridge has fewer than two columns
     */
    public OptionalDouble slope() {
        List<Place> ridge = ridge();
        if (ridge.size() < 2) {
            return OptionalDouble.empty();
        }
        double meanX = ridge.stream()
                .mapToDouble(place -> log(x, place.column()))
                .average()
                .orElseThrow();
        double meanY = ridge.stream()
                .mapToDouble(place -> log(y, place.row()))
                .average()
                .orElseThrow();
        double together = 0;
        double alone = 0;
        for (Place place : ridge) {
            double fromMean = log(x, place.column()) - meanX;
            together += fromMean * (log(y, place.row()) - meanY);
            alone += fromMean * fromMean;
        }
        return OptionalDouble.of(together / alone);
    }

    private static double log(Axis axis, int place) {
        return axis.logarithm(place).orElseThrow();
    }

    /**
     * What it costs to use the best cell of another map here, in the unit: the difference to the best value of this one. Both
     * have the same axes.
     *
     * @return NaN where one of them has no best, infinity where the runs diverged there
     */
    public double costOfChoice(HeatMap other) {
        if (!other.x.equals(x) || !other.y.equals(y)) {
            throw new IllegalArgumentException("maps of other settings");
        }
        Optional<Place> here = best();
        Optional<Place> there = other.best();
        if (here.isEmpty() || there.isEmpty()) {
            return Double.NaN;
        }
        return switch (at(there.get()).state()) {
            case MEASURED -> Math.abs(at(here.get()).value() - at(there.get()).value());
            case DIVERGED -> Double.POSITIVE_INFINITY;
            case MISSING -> Double.NaN;
        };
    }
}
