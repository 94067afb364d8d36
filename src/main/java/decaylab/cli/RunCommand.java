package decaylab.cli;

import decaylab.data.DataCatalogue;
import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.net.NativeLibrary;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import decaylab.problem.LabFailure;
import decaylab.store.Fingerprint;
import decaylab.store.LabFolder;
import decaylab.store.RunFolder.StoredRun;
import decaylab.store.RunFolderWriter;
import decaylab.store.Summary;
import decaylab.train.ExperimentData;
import decaylab.train.PlannedChange;
import decaylab.train.RunState;
import decaylab.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an experiment and writes its folder. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs an experiment and writes its folder.")
final class RunCommand implements Callable<Integer> {
    private static final long FLUSH_NANOS = 500_000_000L;
    private static final int PATIENCE_SECONDS = 10;

    private final Terminal terminal;
    private final LabFolder labFolder;
    private final ExperimentYaml yaml;
    private final Presets presets;
    private final DataCatalogue catalogue;

    @Parameters(paramLabel = "EXPERIMENT", description = "The name of a preset, or a YAML file.")
    private String experimentName = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Writes there and nowhere else; without it, into the lab's folder.")
    private @Nullable Path out;

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description = "Sets a field of the experiment, e.g. optimizer.learningRate=0.05.")
    private List<String> settings = List.of();

    @Option(
            names = "--at",
            paramLabel = "STEP:WHAT=VALUE",
            description = "Intervenes: STEP:decay=auto|on|off, STEP:lambda=1e-3 or STEP:lr=0.01.")
    private List<String> interventions = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "The run's seed.")
    private @Nullable String seed;

    @Option(names = "--steps", paramLabel = "N", description = "How many steps.")
    private @Nullable String steps;

    @Option(names = "--no-charts", description = "Draws no charts.")
    private boolean noCharts;

    RunCommand(Terminal terminal, LabFolder labFolder, ExperimentYaml yaml, Presets presets, DataCatalogue catalogue) {
        this.terminal = terminal;
        this.labFolder = labFolder;
        this.yaml = yaml;
        this.presets = presets;
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() {
        Experiment experiment = experiment();
        List<PlannedChange> planned =
                interventions.stream().map(PlannedChange::parse).toList();
        for (PlannedChange change : planned) {
            change.requireBefore(experiment.steps());
        }
        DataSet data = new ExperimentData(catalogue).load(experiment);
        try (Trainer trainer = Trainer.create(experiment, data, planned, Team.most())) {
            // The folder is made when nothing but its own writing can fail any more.
            Path folder = out != null ? out : labFolder.newRun(name() + "-seed" + experiment.seed());
            try (RunFolderWriter writer = new RunFolderWriter(folder, experiment, planned, trainer.log())) {
                return run(trainer, writer, folder);
            }
        }
    }

    /** A preset where there is one of that name and no file; a file otherwise. */
    private Experiment experiment() {
        boolean file = Files.exists(Path.of(experimentName))
                || experimentName.endsWith(".yaml")
                || experimentName.endsWith(".yml")
                || experimentName.contains("/");
        Experiment base = presets.names().contains(experimentName) || !file
                ? presets.get(experimentName)
                : yaml.read(Path.of(experimentName));
        Map<String, String> fields = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new BadInputException("--set " + setting
                        + " is not a setting; write FIELD=VALUE, for example optimizer.learningRate=0.05.");
            }
            fields.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        if (seed != null) {
            fields.put("seed", seed);
        }
        if (steps != null) {
            fields.put("steps", steps);
        }
        return yaml.with(base, fields);
    }

    private String name() {
        String file = String.valueOf(Path.of(experimentName).getFileName());
        return file.replaceFirst("\\.ya?ml$", "").replaceAll("[^A-Za-z0-9._-]", "-");
    }

    private int run(Trainer trainer, RunFolderWriter writer, Path folder) {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch written = new CountDownLatch(1);
        Thread onExit = new Thread(() -> stopAndWait(trainer, stop, written), "stop");
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            long start = System.nanoTime();
            try (Progress progress = Progress.of(terminal, trainer.experiment().steps())) {
                long flushed = start;
                while (!trainer.finished() && !stop.get()) {
                    trainer.advance();
                    progress.at(trainer.step());
                    long now = System.nanoTime();
                    if (now - flushed > FLUSH_NANOS) {
                        writer.follow(trainer.interventions());
                        flushed = now;
                    }
                }
            }
            Summary summary = summary(trainer, (System.nanoTime() - start) / 1e9);
            writer.finish(trainer.interventions(), summary);
            int code = report(trainer, summary, folder);
            if (!noCharts && !stop.get()) { // a process that is ending can no longer start the drawing
                draw(
                        new StoredRun(folder, trainer.experiment(), trainer.log(), trainer.interventions(), summary),
                        writer);
            }
            return code;
        } finally {
            written.countDown();
            forget(onExit);
        }
    }

    private static void draw(StoredRun run, RunFolderWriter writer) {
        try {
            new RunCharts().write(run, writer.charts());
        } catch (LinkageError e) { // some systems come without the libraries that Java draws letters with
            throw new LabFailure(
                    "The charts cannot be drawn (" + e + "), the run itself is in " + run.folder()
                            + "; install freetype and fontconfig, or leave the charts out with --no-charts.",
                    e);
        }
    }

    /** What Ctrl-C does: the run ends after the step under way, and its files are completed before the process ends. */
    private void stopAndWait(Trainer trainer, AtomicBoolean stop, CountDownLatch written) {
        stop.set(true); // a flag, since an interrupt would close the file that is being written
        trainer.abandonEvaluations();
        try {
            if (!written.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                terminal.err()
                        .println("The run's last step took over " + PATIENCE_SECONDS
                                + " s and was given up; summary.json is missing, the log is kept.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread onExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The process is on its way out already: the hook runs, and ends with the run.
        }
    }

    private static Summary summary(Trainer trainer, double seconds) {
        RunState state = trainer.divergence().isPresent()
                ? RunState.DIVERGED
                : trainer.finished() ? RunState.FINISHED : RunState.STOPPED;
        return new Summary(
                state.name().toLowerCase(Locale.ROOT),
                trainer.step(),
                trainer.divergence().orElse(null),
                Summary.lastValues(trainer.log()),
                seconds,
                trainer.step() / seconds,
                Fingerprint.of(LabVersion.text(), trainer.experiment(), NativeLibrary.facts()));
    }

    private int report(Trainer trainer, Summary summary, Path folder) {
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%s after %d steps in %.1f s (%.0f steps/s)%n",
                        summary.state(),
                        summary.steps(),
                        summary.seconds(),
                        summary.stepsPerSecond());
        for (Quantity quantity : List.of(
                Quantity.NORM,
                Quantity.EFFECTIVE_LEARNING_RATE,
                Quantity.TRAIN_LOSS,
                Quantity.TEST_LOSS,
                Quantity.TRAIN_ACCURACY,
                Quantity.TEST_ACCURACY)) {
            Object value = summary.last().get(Metric.of(quantity).column());
            if (value != null) {
                String text =
                        value instanceof Double number ? String.format(Locale.ROOT, "%.5g", number) : value.toString();
                terminal.out().printf("  %-15s %s%n", quantity.column(), text);
            }
        }
        terminal.out().println("written to " + folder);
        if (trainer.divergence().isPresent()) {
            terminal.err().println(trainer.divergence().get());
            return ExitCode.DIVERGED;
        }
        return ExitCode.OK;
    }
}
