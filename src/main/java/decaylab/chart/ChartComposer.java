package decaylab.chart;

import decaylab.chart.ChartSpec.Line;
import decaylab.chart.ChartSpec.Weight;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import java.util.ArrayList;
import java.util.List;

/** Turns runs into the lines of a chart. */
public final class ChartComposer {
    private final QuantityTexts texts;

    /** @param texts the words for quantities */
    public ChartComposer(QuantityTexts texts) {
        this.texts = texts;
    }

    /**
     * A run to draw, or several as one.
     *
     * @param name in legends
     * @param colour place in the palette
     * @param curves its series
     */
    public record Source(String name, int colour, Curves curves) {}

    /**
     * The lines of a chart: of one run's layers or quantities in colours of their own where there is but one run, otherwise
     * in the run's colour with a dash pattern for each further quantity.
     *
     * @param smoothing 0 for none, towards 1 for more; the raw line stays, pale
     */
    public List<Line> lines(ChartKind kind, List<Source> sources, double smoothing) {
        List<Line> lines = new ArrayList<>();
        for (Source source : sources) {
            List<Metric> metrics = kind.metrics(source.curves().layers());
            // The most important line is painted last, on top.
            for (int i = metrics.size() - 1; i >= 0; i--) {
                add(lines, kind, source, metrics.get(i), i, sources.size(), smoothing);
            }
        }
        return lines;
    }

    private void add(
            List<Line> lines, ChartKind kind, Source source, Metric metric, int place, int runs, double smoothing) {
        Series raw = source.curves().of(metric);
        if (raw.count() == 0 || isEmpty(raw)) {
            return;
        }
        boolean ofLayers = kind.main().scope() == Quantity.Scope.LAYER;
        int colour = ofLayers && runs == 1 ? place : source.colour();
        boolean dashed = ofLayers ? runs > 1 && place > 0 : place == 0 && source.colour() > 0;
        Weight weight = ofLayers || place == 0 ? Weight.STRONG : place == 1 ? Weight.THIN : Weight.PALE;
        String name = nameOf(kind, source, metric, runs);
        boolean everyStep = metric.quantity().cadence() == Quantity.Cadence.EVERY_STEP;
        ChartSpec.Band band = weight == Weight.PALE ? null : source.curves().band(metric);
        if (smoothing > 0 && everyStep && weight != Weight.PALE && metric.quantity() != Quantity.DECAY) {
            lines.add(new Line(name, raw, colour, false, Weight.PALE));
            lines.add(new Line(name, source.curves().smoothed(metric, smoothing), colour, dashed, weight, band));
        } else {
            lines.add(new Line(name, raw, colour, dashed, weight, band));
        }
    }

    private String nameOf(ChartKind kind, Source source, Metric metric, int runs) {
        String own = metric.layer() != null
                ? metric.layer()
                : kind.quantities().size() == 1 ? "" : shortName(metric.quantity());
        if (runs == 1 && !own.isEmpty()) {
            return own;
        }
        return own.isEmpty() ? source.name() : source.name() + ", " + own;
    }

    private static String shortName(Quantity quantity) {
        return switch (quantity) {
            case TRAIN_LOSS, TRAIN_ACCURACY -> "train";
            case TEST_LOSS, TEST_ACCURACY -> "test";
            case LOSS -> "batch";
            default -> quantity.column();
        };
    }

    /** A column without a single value, as that of a quantity which is not meaningful for this network. */
    private static boolean isEmpty(Series series) {
        return !series.rangeOfPoints(0, series.count(), new double[2]);
    }

    /** The label of a chart's value axis: its quantity with the unit. */
    public String valueLabel(ChartKind kind) {
        String unit = texts.of(kind.main()).unit();
        return unit.isEmpty() ? "" : unit;
    }

    /**
     * A chart for a file: with title, legend and the experiment in one line.
     *
     * @param footer small print, for example the experiment's summary
     */
    public ChartSpec forFile(
            ChartKind kind,
            List<Source> sources,
            List<ChartSpec.Mark> marks,
            String footer,
            boolean logarithmic,
            double smoothing,
            Theme theme) {
        long steps = sources.stream().mapToLong(s -> s.curves().steps()).max().orElse(1);
        List<Line> lines = lines(kind, sources, smoothing);
        return new ChartSpec(
                kind.title(texts),
                footer,
                valueLabel(kind),
                lines,
                marks,
                0,
                Math.max(1, steps),
                logarithmic,
                null,
                lines.size() > 1 || sources.size() > 1,
                theme);
    }
}
