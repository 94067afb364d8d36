package decaylab.chart;

import decaylab.chart.ChartSpec.Line;
import decaylab.chart.ChartSpec.Weight;
import decaylab.experiment.Constraint;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns runs into the lines of a chart. */
public final class ChartComposer {
    /** A budget's parts change sign from step to step; averages sum to the average of the change. */
    private static final double LEAST_SMOOTHING = 0.9;

    /** In the order of {@link ChartKind#BUDGET_PARTS}. */
    private static final int[] PART_COLOURS = {1, 4, 3, 0};

    private static final int SUM_COLOUR = 6;

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
     * @param layer the one to draw, of a chart that has layers; null for the network
     * @param smoothing 0 for none, towards 1 for more; the raw line stays, pale
     */
    public List<Line> lines(ChartKind kind, List<Source> sources, @Nullable String layer, double smoothing) {
        List<Line> lines = new ArrayList<>();
        if (kind == ChartKind.BUDGET || kind == ChartKind.HEAT) {
            if (!sources.isEmpty()) { // of the uppermost run alone: two would hide each other
                Source source = sources.get(sources.size() - 1);
                return kind == ChartKind.HEAT ? rows(source) : budget(source, layer, smoothing);
            }
            return lines;
        }
        for (Source source : sources) {
            List<Metric> metrics = kind.metrics(source.curves().layers(), layer);
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
        boolean ofLayers = kind.ofParts();
        int colour = ofLayers && runs == 1 ? place : source.colour();
        boolean dashed = ofLayers ? runs > 1 && place > 0 : place == 0 && source.colour() > 0;
        Weight weight = ofLayers || place == 0 ? Weight.STRONG : place == 1 ? Weight.THIN : Weight.PALE;
        String name = nameOf(kind, source, metric, runs);
        boolean exact = kind == ChartKind.FEEDBACK_DIFFERENCE; // below the line that it equals nobody would see it
        if (!exact) {
            addGuide(lines, kind, source, metric, colour);
        }
        boolean everyStep = metric.quantity().cadence() != Quantity.Cadence.EVALUATION;
        ChartSpec.Band band = weight == Weight.PALE ? null : source.curves().band(metric);
        if (smoothing > 0 && everyStep && weight != Weight.PALE && metric.quantity() != Quantity.DECAY) {
            lines.add(new Line(name, raw, colour, false, Weight.PALE));
            lines.add(new Line(name, source.curves().smoothed(metric, smoothing), colour, dashed, weight, band));
        } else {
            lines.add(new Line(name, raw, colour, dashed, weight, band));
        }
        if (exact) {
            addGuide(lines, kind, source, metric, colour + 1);
        }
    }

    /** Of what theory says. */
    private void addGuide(List<Line> lines, ChartKind kind, Source source, Metric metric, int colour) {
        kind.guide().filter(quantity -> metric.quantity() == kind.main()).ifPresent(quantity -> {
            Series guide = source.curves().of(new Metric(quantity, metric.layer()));
            if (guide.count() > 0 && !isEmpty(guide)) {
                String name = texts.onChart(kind == ChartKind.FEEDBACK_DIFFERENCE ? "decayAlone" : "equilibrium");
                lines.add(new Line(name, guide, colour, false, Weight.GUIDE));
            }
        });
    }

    /** The parts of the budget, piled up, with their sum on top. */
    private List<Line> budget(Source source, @Nullable String layer, double smoothing) {
        List<Metric> parts = ChartKind.BUDGET_PARTS.stream()
                .map(quantity -> new Metric(quantity, layer))
                .toList();
        Stack stack = source.curves().stack(parts, Math.max(LEAST_SMOOTHING, smoothing));
        List<Line> lines = new ArrayList<>();
        if (stack == null || stack.sum().count() == 0) {
            return lines;
        }
        for (int i = 0; i < parts.size(); i++) {
            ChartSpec.Band band = stack.band(i);
            boolean below = isBelow(band);
            Series outer = below ? band.low() : band.high();
            lines.add(new Line(partName(parts.get(i).quantity()), outer, PART_COLOURS[i], false, Weight.FILLED, band));
        }
        lines.add(new Line(texts.onChart("change"), stack.sum(), SUM_COLOUR, false, Weight.STRONG));
        return lines;
    }

    private static boolean isBelow(ChartSpec.Band band) {
        long last = band.low().count() - 1;
        return last >= 0 && band.low().value(last) < 0;
    }

    private String partName(Quantity part) {
        return texts.onChart("line." + part.name());
    }

    /** A row for each layer, also for those without values: they say why. */
    private List<Line> rows(Source source) {
        List<Line> lines = new ArrayList<>();
        for (String layer : source.curves().layers()) {
            Series series = source.curves().of(Metric.of(ChartKind.HEAT.main(), layer));
            String reason = isEmpty(series) ? ": " + texts.onChart("rowNotNormalised") : "";
            lines.add(new Line(layer + reason, series, source.colour(), false, Weight.STRONG));
        }
        boolean taken = lines.stream().anyMatch(line -> line.series().count() > 0);
        return taken ? lines : List.of();
    }

    private String nameOf(ChartKind kind, Source source, Metric metric, int runs) {
        String own = metric.layer() != null && !kind.hasLayers()
                ? kind.main().scope() == Quantity.Scope.TOKENS
                        ? texts.onChart("tokens." + metric.layer())
                        : metric.layer()
                : kind.quantities().size() == 1 ? "" : shortName(metric.quantity());
        if (runs == 1 && !own.isEmpty()) {
            return own;
        }
        return own.isEmpty() ? source.name() : source.name() + ", " + own;
    }

    private String shortName(Quantity quantity) {
        return switch (quantity) {
            case TRAIN_LOSS,
                    TRAIN_ACCURACY,
                    TEST_LOSS,
                    TEST_ACCURACY,
                    LOSS,
                    OBJECTIVE_SHARE,
                    PENALTY_SHARE,
                    GREEDY_RETURN,
                    RETURN,
                    FISHER_NORM,
                    GAUSS_NEWTON_NORM,
                    SYNTHETIC_NORM,
                    SYNTHETIC_TARGET,
                    VALIDATION_ACCURACY,
                    STOPPED_ACCURACY -> texts.onChart("line." + quantity.name());
            case L1_INF_NORM, L1_INF_BOUND -> Constraint.L1_INF.toString();
            case L2_INF_NORM, L2_INF_BOUND -> Constraint.L2_INF.toString();
            case L2_2_NORM, L2_2_BOUND -> Constraint.L2_2.toString();
            case L2_1_NORM, L2_1_BOUND -> Constraint.L2_1.toString();
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
     * @param layer the one to draw, of a chart that has layers; null for the network
     * @param footer small print, for example the experiment's summary
     */
    public ChartSpec forFile(
            ChartKind kind,
            List<Source> sources,
            @Nullable String layer,
            List<ChartSpec.Mark> marks,
            String footer,
            boolean logarithmic,
            double smoothing,
            Theme theme) {
        long steps = sources.stream().mapToLong(s -> s.curves().steps()).max().orElse(1);
        List<Line> lines = lines(kind, sources, layer, smoothing);
        return new ChartSpec(
                layer == null || !kind.hasLayers() ? kind.title(texts) : kind.title(texts) + ", " + layer,
                footer,
                valueLabel(kind),
                lines,
                marks,
                0,
                Math.max(1, steps),
                logarithmic,
                null,
                lines.size() > 1 || sources.size() > 1,
                theme,
                kind.style(),
                new ChartSpec.Words(texts.onChart("steps"), texts.onChart("noValues")));
    }
}
