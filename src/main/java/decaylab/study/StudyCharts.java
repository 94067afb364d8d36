package decaylab.study;

import decaylab.chart.ChartSpec;
import decaylab.chart.Series;
import decaylab.chart.Theme;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The charts of a study: its panels, with each seed thin, their mean and a band of one standard deviation, and its graphs. */
public final class StudyCharts {
    private final QuantityTexts texts;

    /** @param texts for units */
    public StudyCharts(QuantityTexts texts) {
        this.texts = texts;
    }

    /** A panel, with what there is of the runs so far. */
    public ChartSpec panel(Panel panel, List<CellRun> cells, Theme theme) {
        List<ChartSpec.Line> seeds = new ArrayList<>();
        List<ChartSpec.Line> means = new ArrayList<>();
        long steps = 1;
        for (int colour = 0; colour < panel.arms().size(); colour++) {
            String arm = panel.arms().get(colour);
            SortedMap<Long, List<Double>> values = new TreeMap<>();
            for (CellRun cell : cells) {
                if (cell.key().arm().equals(arm)) {
                    steps = Math.max(steps, cell.experiment().steps());
                    Optional<Curve> curve = curve(cell, panel.quantity());
                    if (curve.isPresent()) {
                        seeds.add(line(curve.get(), colour));
                        collect(curve.get(), values);
                    }
                }
            }
            if (!values.isEmpty()) {
                means.add(mean(arm, colour, values));
            }
        }
        List<ChartSpec.Line> lines = new ArrayList<>(seeds);
        lines.addAll(means);
        return new ChartSpec(
                panel.title(),
                "",
                texts.of(panel.quantity()).unit(),
                lines,
                List.of(),
                0,
                steps,
                panel.logarithmic(),
                null,
                true,
                theme);
    }

    private static Optional<Curve> curve(CellRun cell, Quantity quantity) {
        return cell.result()
                .map(result -> Optional.ofNullable(result.curves().get(quantity)))
                .orElseGet(() -> cell.log()
                        .map(log -> Curve.of(log, quantity, cell.experiment().steps())));
    }

    private static ChartSpec.Line line(Curve curve, int colour) {
        Series series = Series.ofSomeSteps();
        for (int i = 0; i < curve.steps().length; i++) {
            series.append(curve.steps()[i], curve.values()[i]);
        }
        return new ChartSpec.Line("", series, colour, false, ChartSpec.Weight.PALE);
    }

    private static void collect(Curve curve, Map<Long, List<Double>> into) {
        for (int i = 0; i < curve.steps().length; i++) {
            into.computeIfAbsent(curve.steps()[i], step -> new ArrayList<>()).add(curve.values()[i]);
        }
    }

    /** Of the runs that have come to a step. */
    private static ChartSpec.Line mean(String arm, int colour, SortedMap<Long, List<Double>> values) {
        Series mean = Series.ofSomeSteps();
        Series low = Series.ofSomeSteps();
        Series high = Series.ofSomeSteps();
        values.forEach((step, those) -> {
            double[] all = those.stream().mapToDouble(Double::doubleValue).toArray();
            double middle = Statistics.mean(all);
            double deviation = all.length < 2 ? 0 : Statistics.standardError(all) * Math.sqrt(all.length);
            mean.append(step, middle);
            low.append(step, middle - deviation);
            high.append(step, middle + deviation);
        });
        return new ChartSpec.Line(
                arm, mean, colour, colour > 0, ChartSpec.Weight.STRONG, new ChartSpec.Band(low, high));
    }

    /** A graph of the study's figures, its points with a band of their standard error. */
    public ChartSpec graph(Graph graph, Theme theme) {
        List<ChartSpec.Line> lines = new ArrayList<>();
        long last = 1;
        for (Graph.Line line : graph.lines()) {
            Series value = Series.ofSomeSteps();
            Series low = Series.ofSomeSteps();
            Series high = Series.ofSomeSteps();
            for (Graph.Point point : line.points()) {
                double error = Double.isNaN(point.error()) ? 0 : point.error();
                value.append(point.step(), point.value());
                low.append(point.step(), point.value() - error);
                high.append(point.step(), point.value() + error);
                last = Math.max(last, point.step());
            }
            int colour = lines.size();
            lines.add(new ChartSpec.Line(
                    line.name(), value, colour, colour > 0, ChartSpec.Weight.STRONG, new ChartSpec.Band(low, high)));
        }
        return new ChartSpec(
                graph.title(),
                "",
                graph.unit(),
                lines,
                List.of(),
                0,
                last,
                graph.logarithmic(),
                null,
                true,
                theme,
                ChartSpec.Style.LINES,
                new ChartSpec.Words(graph.over(), ChartSpec.Words.ENGLISH.noValues()));
    }
}
