package decaylab.cli;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.problem.BadInputException;
import decaylab.study.Claim;
import decaylab.study.Findings;
import decaylab.study.StudyJob;
import decaylab.study.StudyRun;
import decaylab.study.Sweep;
import decaylab.study.SweepAxis;
import decaylab.study.SweepDraw;
import decaylab.train.DataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Varies fields of an experiment and writes a table and maps. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        description = "Runs an experiment with some of its fields varied, and writes a table of all runs and maps.")
final class SweepCommand implements Callable<Integer> {
    private static final int POINTS = 32;

    private final Terminal terminal;
    private final ExperimentYaml yaml;
    private final DataSource data;

    @Mixin
    private final NamedExperiment named;

    @Option(
            names = "--grid",
            paramLabel = "FIELD=A,B,C",
            description =
                    "Varies a field; with several of them every combination is run. The first is drawn from left to "
                            + "right in the maps, the second upwards, each value of the others has a map of its own.")
    private List<String> grid = List.of();

    @Option(
            names = "--range",
            paramLabel = "FIELD=LOW..HIGH",
            description = "Draws a field's values between two numbers, by the logarithm where the range is wide.")
    private List<String> ranges = List.of();

    @Option(names = "--points", paramLabel = "N", description = "How many points are drawn (default: 32).")
    private @Nullable Integer points;

    @Option(
            names = "--draw",
            paramLabel = "KIND",
            description = "How points are drawn: sobol, which fills the ranges evenly, or random (default: sobol).")
    private @Nullable String draw;

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description = "Sets a field of the experiment, e.g. optimizer.kind=adam.")
    private List<String> settings = List.of();

    @Option(names = "--seeds", paramLabel = "N", description = "Runs of each combination (default: ${DEFAULT-VALUE}).")
    private int seeds = 1;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Runs at the same time; without it one a processor. The figures are the same.")
    private @Nullable Integer workers;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description =
                    "The folder for table, maps and runs; the same command goes on with one that was stopped, and a "
                            + "larger sweep of the same experiment takes over what is there.")
    private Path out = Path.of("");

    SweepCommand(Terminal terminal, ExperimentYaml yaml, Presets presets, DataSource data) {
        this.terminal = terminal;
        this.yaml = yaml;
        this.data = data;
        named = new NamedExperiment(yaml, presets);
    }

    @Override
    public Integer call() {
        Experiment base = yaml.with(named.experiment(), Settings.of(settings));
        Sweep sweep = new Sweep(
                named.name(), base, grid.stream().map(SweepAxis::parse).toList(), drawn().orElse(null));
        int count = Counts.seeds(seeds);
        int atOnce = Counts.workers(workers);
        try (StudyJob job = StudyJob.open(sweep, count, data, out)) {
            tellStart(job.run(), count);
            Optional<Findings> findings = new StudyExecution(terminal).go(job, atOnce);
            findings.ifPresent(found -> tell(job.run(), found));
            return findings.isPresent() ? ExitCode.OK : ExitCode.FAILURE;
        }
    }

    private Optional<SweepDraw> drawn() {
        if (ranges.isEmpty()) {
            if (points != null || draw != null) {
                throw new BadInputException((points != null ? "--points" : "--draw")
                        + " is for points that are drawn from ranges; give a --range FIELD=LOW..HIGH too.");
            }
            return Optional.empty();
        }
        SweepDraw.Kind kind = draw == null ? SweepDraw.Kind.SOBOL : Choice.of("--draw", SweepDraw.Kind.values(), draw);
        return Optional.of(new SweepDraw(
                ranges.stream().map(SweepDraw.Range::parse).toList(), kind, points == null ? POINTS : points));
    }

    private void tellStart(StudyRun run, int count) {
        long there = StudyExecution.done(run);
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%s: %d runs of %d combinations and %d seed%s.%s%n",
                        run.study().protocol().name(),
                        run.cells().size(),
                        run.study().protocol().arms().size(),
                        count,
                        count == 1 ? "" : "s",
                        there == 0 ? "" : " " + there + " of them are there already.");
    }

    private void tell(StudyRun run, Findings findings) {
        for (Claim claim : findings.claims()) {
            terminal.out().println(claim.states());
            claim.measured()
                    .forEach((name, value) -> terminal.out().printf(Locale.ROOT, "  %-12s %.4g%n", name, value));
        }
        StudyExecution.diverged(run).ifPresent(terminal.out()::println);
        terminal.out().println("written to " + out);
    }
}
