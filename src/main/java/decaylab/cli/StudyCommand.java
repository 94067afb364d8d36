package decaylab.cli;

import decaylab.experiment.Durations;
import decaylab.study.CellResult;
import decaylab.study.CellRun;
import decaylab.study.Claim;
import decaylab.study.Findings;
import decaylab.study.Protocol;
import decaylab.study.Studies;
import decaylab.study.Study;
import decaylab.study.StudyJob;
import decaylab.study.StudyReport;
import decaylab.study.StudyRun;
import decaylab.train.DataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a study and writes what it found. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description =
                "Tests what a paper claims with several runs, and writes findings.json. Exit code 0: every claim that "
                        + "is asserted is met; 4: one is not.")
final class StudyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Studies studies;
    private final DataSource data;

    @Parameters(paramLabel = "NAME", description = "The name of a study.")
    private String name = "";

    @Option(names = "--seeds", paramLabel = "N", description = "Runs of each arm (default: ${DEFAULT-VALUE}).")
    private int seeds = 8;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Runs at the same time; without it one a processor. The findings are the same.")
    private @Nullable Integer workers;

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description = "A field of the experiment that all arms start from, for example data.folder=DIR.")
    private List<String> settings = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description =
                    "The folder for findings, report and runs; the same command goes on with one that was stopped.")
    private Path out = Path.of("");

    StudyCommand(Terminal terminal, Studies studies, DataSource data) {
        this.terminal = terminal;
        this.studies = studies;
        this.data = data;
    }

    @Override
    public Integer call() {
        Study study = studies.get(name, Settings.of(settings));
        int count = Counts.seeds(seeds);
        int atOnce = Counts.workers(workers);
        try (StudyJob job = StudyJob.open(study, count, data, out)) {
            tellStart(job.run(), atOnce);
            Optional<Findings> findings = new StudyExecution(terminal).go(job, atOnce);
            findings.ifPresent(found -> tell(job.run(), found));
            return findings.map(found -> found.met() ? ExitCode.OK : ExitCode.CLAIM_NOT_MET)
                    .orElse(ExitCode.FAILURE);
        }
    }

    private void tellStart(StudyRun run, int atOnce) {
        Protocol protocol = run.study().protocol();
        long there = StudyExecution.done(run);
        double left = protocol.seconds(seeds, atOnce) * (1 - run.done());
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%s: %d runs of %d arms and %d seeds, about %s on a laptop.%s%n",
                        protocol.name(),
                        run.cells().size(),
                        protocol.arms().size(),
                        seeds,
                        Durations.inWords(left),
                        there == 0 ? "" : " " + there + " of them are there already.");
    }

    private void tell(StudyRun run, Findings findings) {
        for (Claim claim : findings.claims()) {
            terminal.out().printf(Locale.ROOT, "%s %s: %s%n", claim.id(), claim.verdict(), claim.states());
            terminal.out().println("  " + claim.criterion());
            for (Map.Entry<String, Double> figure : claim.measured().entrySet()) {
                terminal.out().printf(Locale.ROOT, "  %-18s %.4g%n", figure.getKey(), figure.getValue());
            }
        }
        tellDiverged(run);
        terminal.out().println("written to " + out.resolve(Findings.FILE) + " and " + out.resolve(StudyReport.FILE));
    }

    private void tellDiverged(StudyRun run) {
        if (run.study().divergenceCounts()) {
            StudyExecution.diverged(run).ifPresent(terminal.out()::println);
            return;
        }
        for (CellRun cell : run.cells()) {
            cell.result().map(CellResult::divergence).ifPresent(divergence -> terminal.err()
                    .println("The run " + cell.key() + " diverged: " + divergence + " Seed "
                            + cell.key().seed() + " is left out of every arm."));
        }
    }
}
