package decaylab.cli;

import decaylab.chart.ChartComposer;
import decaylab.chart.ChartImages;
import decaylab.chart.ChartKind;
import decaylab.chart.ChartSpec;
import decaylab.chart.ChartSpec.Line;
import decaylab.chart.ChartSpec.Weight;
import decaylab.chart.RunCurves;
import decaylab.chart.Theme;
import decaylab.experiment.Nearest;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import decaylab.store.Provenance;
import decaylab.store.RunFolder;
import decaylab.store.RunFolder.StoredRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws finished runs over each other. */
@Command(
        name = "chart",
        mixinStandardHelpOptions = true,
        description = "Draws one or several runs into a PNG; several metrics become several charts in one picture.")
final class ChartCommand implements Callable<Integer> {
    private static final int MOST_RUNS = 64;

    /** How values are spread over the value axis. */
    enum Axis {
        LINEAR,
        LOG;

        /** The word on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Terminal terminal;
    private final QuantityTexts texts = new QuantityTexts();

    @Parameters(arity = "1..*", paramLabel = "RUN_DIR", description = "Folders of runs.")
    private List<Path> folders = List.of();

    @Option(
            names = "--metric",
            required = true,
            paramLabel = "NAME",
            description =
                    "A column of metrics.csv, e.g. norm or elr[dense1], or a chart of the window, e.g. accuracy or "
                            + "layer-norms; may be given several times.")
    private List<String> metrics = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The picture to write, a name that ends in .png or .svg.")
    private Path out = Path.of("");

    @Option(names = "--width", paramLabel = "PIXELS", description = "Width of each chart (default: ${DEFAULT-VALUE}).")
    private int width = 960;

    @Option(
            names = "--height",
            paramLabel = "PIXELS",
            description = "Height of each chart (default: ${DEFAULT-VALUE}).")
    private int height = 540;

    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            description = "Device pixels for each of these pixels (default: ${DEFAULT-VALUE}).")
    private double scale = 1;

    @Option(
            names = "--axis",
            paramLabel = "KIND",
            description = "The value axis, linear or log; without it as the window has it.")
    private @Nullable String axisWord;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "Draws this layer in the charts that have layers, such as budget; without it the network.")
    private @Nullable String layer;

    @Option(names = "--dark", description = "On a dark background.")
    private boolean dark;

    ChartCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private boolean logarithmic(boolean otherwise) {
        return axisWord == null ? otherwise : Choice.of("--axis", Axis.values(), axisWord) == Axis.LOG;
    }

    private record Drawn(StoredRun run, ChartComposer.Source source) {}

    @Override
    public Integer call() {
        String name = out.toString().toLowerCase(Locale.ROOT);
        boolean vector = name.endsWith(".svg");
        if (!vector && !name.endsWith(".png")) {
            throw new BadInputException(
                    "--out is " + out + "; the lab draws PNG and SVG, so give a name that ends in .png or .svg.");
        }
        if (folders.size() > MOST_RUNS) {
            throw new BadInputException(
                    folders.size() + " runs cannot be told apart in one chart; give at most " + MOST_RUNS + ".");
        }
        List<Drawn> runs = new ArrayList<>();
        for (Path folder : folders) {
            StoredRun run = RunFolder.read(folder);
            RunCurves curves = new RunCurves(run.log());
            String runName = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
            if (layer != null && !curves.layers().contains(layer)) {
                throw new BadInputException("The run " + folder + " has no layer " + layer
                        + Nearest.hint(layer, curves.layers()) + "; its layers are "
                        + String.join(", ", curves.layers()) + ".");
            }
            runs.add(new Drawn(run, new ChartComposer.Source(runName, runs.size(), curves)));
        }
        Provenance provenance = Provenance.of(runs.stream()
                .map(drawn -> Provenance.RunOrigin.of(drawn.source().name(), drawn.run()))
                .toList());
        String caption = provenance.caption();
        List<ChartSpec> charts =
                metrics.stream().map(metric -> chart(metric, runs, caption)).toList();
        if (vector) {
            new ChartImages().svg(charts, width, height, provenance.text(), out);
        } else {
            new ChartImages().png(charts, width, height, scale, provenance.text(), out);
        }
        terminal.out().println("written to " + out);
        return ExitCode.OK;
    }

    private ChartSpec chart(String name, List<Drawn> runs, String footer) {
        List<ChartSpec.Mark> marks = new ArrayList<>();
        for (Drawn drawn : runs) {
            if (runs.size() == 1) {
                marks.addAll(RunCharts.marks(drawn.run()));
            } else if (RunCharts.diverged(drawn.run())) {
                marks.add(new ChartSpec.Mark(
                        drawn.run().log().rows() - 1, drawn.source().name() + " diverged"));
            }
        }
        ChartSpec chart = column(name, runs)
                .map(metric -> ofColumn(metric, runs, marks, footer))
                .orElseGet(() -> ofKind(kind(name, runs), runs, marks, footer));
        for (Drawn drawn : runs) {
            chart = RunCharts.withRoomForTheGap(chart, drawn.run());
        }
        return chart;
    }

    private static Optional<Metric> column(String name, List<Drawn> runs) {
        return runs.stream()
                .flatMap(drawn -> drawn.run().log().allMetrics().stream())
                .filter(metric -> metric.column().equals(name))
                .findFirst();
    }

    private static ChartKind kind(String name, List<Drawn> runs) {
        Set<String> known = new LinkedHashSet<>();
        runs.forEach(drawn -> drawn.run().log().allMetrics().forEach(metric -> known.add(metric.column())));
        for (ChartKind kind : ChartKind.values()) {
            String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(name)) {
                return kind;
            }
            known.add(word);
        }
        throw new BadInputException("There is no metric " + name + Nearest.hint(name, known) + "; the metrics are "
                + String.join(", ", known) + ".");
    }

    private ChartSpec ofKind(ChartKind kind, List<Drawn> runs, List<ChartSpec.Mark> marks, String footer) {
        return new ChartComposer(texts)
                .forFile(
                        kind,
                        runs.stream().map(Drawn::source).toList(),
                        layer,
                        marks,
                        footer,
                        logarithmic(kind.startsLogarithmic()),
                        0,
                        theme());
    }

    private ChartSpec ofColumn(Metric metric, List<Drawn> runs, List<ChartSpec.Mark> marks, String footer) {
        List<Line> lines = new ArrayList<>();
        long steps = 1;
        for (Drawn drawn : runs) {
            SampleLog log = drawn.run().log().holding(metric);
            if (metric.quantity().instrument().isPresent() && log.rows() == 0) {
                throw new BadInputException("The run " + drawn.run().folder() + " has no samples of " + metric.column()
                        + "; run it again with --set instruments."
                        + metric.quantity().instrument().get() + "=10.");
            }
            if (log.place(metric).isEmpty()) {
                throw new BadInputException("The run " + drawn.run().folder() + " has no column " + metric.column()
                        + "; choose a metric that all of the runs have.");
            }
            int place = drawn.source().colour();
            lines.add(new Line(
                    drawn.source().name(), drawn.source().curves().of(metric), place, place > 0, Weight.STRONG));
            steps = Math.max(steps, drawn.run().log().rows());
        }
        QuantityTexts.Text text = texts.of(metric.quantity());
        return new ChartSpec(
                metric.layer() == null ? text.title() : text.title() + ", " + metric.layer(),
                footer,
                text.unit(),
                lines,
                marks,
                0,
                steps,
                logarithmic(startsLogarithmic(metric.quantity())),
                null,
                runs.size() > 1,
                theme());
    }

    private static boolean startsLogarithmic(Quantity quantity) {
        for (ChartKind kind : ChartKind.values()) {
            if (kind.main() == quantity) {
                return kind.startsLogarithmic();
            }
        }
        return false;
    }

    private Theme theme() {
        return dark ? Theme.DARK : Theme.LIGHT;
    }
}
