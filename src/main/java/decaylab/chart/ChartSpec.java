package decaylab.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chart, described: what the painter needs to know and nothing of where it will be shown.
 *
 * @param title above the chart; empty for none
 * @param footer small print below the chart; empty for none
 * @param valueLabel of the value axis, with its unit; empty for none
 * @param lines to draw, the uppermost last
 * @param marks vertical lines with a word
 * @param fromStep left edge
 * @param toStep right edge, above fromStep
 * @param logarithmic whether the value axis is
 * @param range of the value axis; null: what the lines need
 * @param legend whether the lines are named: at their ends where there is room, otherwise below
 * @param theme light or dark
 * @param style how values are shown
 * @param words the painter's own
 */
public record ChartSpec(
        String title,
        String footer,
        String valueLabel,
        List<Line> lines,
        List<Mark> marks,
        double fromStep,
        double toStep,
        boolean logarithmic,
        @Nullable Range range,
        boolean legend,
        Theme theme,
        Style style,
        Words words) {
    /**
     * What the painter itself writes.
     *
     * @param steps name of the step axis
     * @param noValues stands where there are no lines
     */
    public record Words(String steps, String noValues) {
        /** In English. */
        public static final Words ENGLISH = new Words("step", "no values");
    }

    /** A chart with English words. */
    public ChartSpec(
            String title,
            String footer,
            String valueLabel,
            List<Line> lines,
            List<Mark> marks,
            double fromStep,
            double toStep,
            boolean logarithmic,
            @Nullable Range range,
            boolean legend,
            Theme theme,
            Style style) {
        this(
                title,
                footer,
                valueLabel,
                lines,
                marks,
                fromStep,
                toStep,
                logarithmic,
                range,
                legend,
                theme,
                style,
                Words.ENGLISH);
    }

    /** A chart of lines. */
    public ChartSpec(
            String title,
            String footer,
            String valueLabel,
            List<Line> lines,
            List<Mark> marks,
            double fromStep,
            double toStep,
            boolean logarithmic,
            @Nullable Range range,
            boolean legend,
            Theme theme) {
        this(title, footer, valueLabel, lines, marks, fromStep, toStep, logarithmic, range, legend, theme, Style.LINES);
    }

    /** How values are shown. */
    public enum Style {
        /** As heights over the steps. */
        LINES,
        /** As colours, each line a row of its own. */
        HEAT
    }

    public ChartSpec {
        lines = List.copyOf(lines);
        marks = List.copyOf(marks);
        if (!(toStep > fromStep)) {
            throw new IllegalArgumentException("steps " + fromStep + " to " + toStep);
        }
    }

    /** The same with other small print. */
    public ChartSpec withFooter(String other) {
        return new ChartSpec(
                title,
                other,
                valueLabel,
                lines,
                marks,
                fromStep,
                toStep,
                logarithmic,
                range,
                legend,
                theme,
                style,
                words);
    }

    /** The same up to another step. */
    public ChartSpec until(double other) {
        return new ChartSpec(
                title,
                footer,
                valueLabel,
                lines,
                marks,
                fromStep,
                other,
                logarithmic,
                range,
                legend,
                theme,
                style,
                words);
    }

    /** How strongly a line is drawn. */
    public enum Weight {
        /** The line to look at. */
        STRONG,
        /** Context: a second quantity. */
        THIN,
        /** The raw values behind a smoothed line. */
        PALE,
        /** What is computed, beside what is measured. */
        GUIDE,
        /** The edge of a filled part. */
        FILLED
    }

    /**
     * One line.
     *
     * @param name in legends
     * @param series its values
     * @param run place in the palette
     * @param dashed whether the run's dash pattern applies
     * @param weight how strongly
     * @param band what is shaded around it; null for nothing
     */
    public record Line(
            String name,
            Series series,
            int run,
            boolean dashed,
            Weight weight,
            @Nullable Band band) {
        /** A line without a band. */
        public Line(String name, Series series, int run, boolean dashed, Weight weight) {
            this(name, series, run, dashed, weight, null);
        }

        /** Everything of it that the value axis has to show. */
        List<Series> all() {
            return band == null ? List.of(series) : List.of(series, band.low(), band.high());
        }
    }

    /**
     * The shade between two series, as from mean minus to mean plus one standard deviation; there is none where one of them
     * has no value.
     *
     * @param low one edge, the lower where they do not cross
     * @param high the other edge
     */
    public record Band(Series low, Series high) {}

    /**
     * A vertical line.
     *
     * @param step where
     * @param text a word or two
     */
    public record Mark(double step, String text) {}

    /** A range of values, max above min. */
    public record Range(double min, double max) {
        public Range {
            if (!(max > min)) {
                throw new IllegalArgumentException("range " + min + " to " + max);
            }
        }
    }
}
