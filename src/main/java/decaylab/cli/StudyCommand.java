package decaylab.cli;

import decaylab.experiment.Durations;
import decaylab.problem.BadInputException;
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
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private static final int MOST_SEEDS = 1_000;
    private static final int MOST_WORKERS = 256;
    /** Parts of the whole that the progress tells. */
    private static final int PARTS = 1_000;

    private static final int LOOK_MILLIS = 200;
    private static final int PATIENCE_SECONDS = 5;

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
        require("--seeds", seeds, MOST_SEEDS);
        int atOnce = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
        require("--workers", atOnce, MOST_WORKERS);
        try (StudyJob job = StudyJob.open(study, seeds, data, out)) {
            tellStart(job.run(), atOnce);
            Findings findings;
            try {
                findings = go(job, atOnce);
            } catch (CancellationException e) {
                terminal.err().println(runsDone(job.run()) + " The same command goes on.");
                return ExitCode.FAILURE;
            }
            tell(job.run(), findings);
            return findings.met() ? ExitCode.OK : ExitCode.CLAIM_NOT_MET;
        }
    }

    private void tellStart(StudyRun run, int atOnce) {
        Protocol protocol = run.study().protocol();
        long there = done(run);
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

    private static long done(StudyRun run) {
        return run.cells().stream().filter(cell -> cell.result().isPresent()).count();
    }

    private static String runsDone(StudyRun run) {
        return "Stopped; " + done(run) + " of " + run.cells().size() + " runs are done.";
    }

    /** Tells how far it is, and lets Ctrl-C end it after the steps under way. */
    private Findings go(StudyJob job, int atOnce) {
        StudyRun run = job.run();
        CountDownLatch ended = new CountDownLatch(1);
        Thread onExit = new Thread(() -> stopAndWait(run, ended), "stop");
        Runtime.getRuntime().addShutdownHook(onExit);
        try (Progress progress = Progress.of(terminal, run.study().protocol().name(), "part", parts(run), PARTS)) {
            Thread teller = new Thread(() -> tellProgress(run, progress, ended), "progress");
            teller.setDaemon(true);
            teller.start();
            try {
                return job.go(atOnce);
            } finally {
                ended.countDown();
                join(teller);
                progress.at(parts(run));
            }
        } finally {
            forget(onExit);
        }
    }

    private static void tellProgress(StudyRun run, Progress progress, CountDownLatch ended) {
        try {
            while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                progress.at(parts(run));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long parts(StudyRun run) {
        return Math.round(PARTS * run.done());
    }

    /** What is done is on the disk; the process waits for the steps under way, but not for long. */
    private void stopAndWait(StudyRun run, CountDownLatch ended) {
        run.stop();
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                terminal.err().println(runsDone(run) + " The steps under way took too long and were given up.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread onExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The process is on its way out already: the hook runs, and ends with the study.
        }
    }

    private void tell(StudyRun run, Findings findings) {
        for (Claim claim : findings.claims()) {
            terminal.out().printf(Locale.ROOT, "%s %s: %s%n", claim.id(), claim.verdict(), claim.states());
            terminal.out().println("  " + claim.criterion());
            for (Map.Entry<String, Double> figure : claim.measured().entrySet()) {
                terminal.out().printf(Locale.ROOT, "  %-18s %.4g%n", figure.getKey(), figure.getValue());
            }
        }
        for (CellRun cell : run.cells()) {
            cell.result().map(CellResult::divergence).ifPresent(divergence -> terminal.err()
                    .println("The run " + cell.key() + " diverged: " + divergence + " Seed "
                            + cell.key().seed() + " is left out of every arm."));
        }
        terminal.out().println("written to " + out.resolve(Findings.FILE) + " and " + out.resolve(StudyReport.FILE));
    }

    private static void require(String flag, int value, int most) {
        if (value < 1 || value > most) {
            throw new BadInputException(flag + " is " + value + "; it must be between 1 and " + most + ".");
        }
    }
}
