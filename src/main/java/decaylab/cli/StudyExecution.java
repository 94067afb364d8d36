package decaylab.cli;

import decaylab.study.CellRun;
import decaylab.study.Findings;
import decaylab.study.StudyJob;
import decaylab.study.StudyRun;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does a study or a sweep on the command line: tells how far it is, and lets Ctrl-C end it after the steps under way. */
final class StudyExecution {
    /** Parts of the whole that the progress tells. */
    private static final int PARTS = 1_000;

    private static final int LOOK_MILLIS = 200;
    private static final int PATIENCE_SECONDS = 5;

    private final Terminal terminal;

    StudyExecution(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Does what is left.
     *
     * @param workers runs at the same time
     * @return what was found; empty where it was stopped, which is told
     */
    Optional<Findings> go(StudyJob job, int workers) {
        StudyRun run = job.run();
        CountDownLatch ended = new CountDownLatch(1);
        Thread onExit = new Thread(() -> stopAndWait(run, ended), "stop");
        Runtime.getRuntime().addShutdownHook(onExit);
        try (Progress progress = Progress.of(terminal, run.study().protocol().name(), "part", parts(run), PARTS)) {
            Thread teller = new Thread(() -> tellProgress(run, progress, ended), "progress");
            teller.setDaemon(true);
            teller.start();
            try {
                return Optional.of(job.go(workers));
            } finally {
                ended.countDown();
                join(teller);
                progress.at(parts(run));
            }
        } catch (CancellationException e) {
            terminal.err().println(runsDone(run) + " The same command goes on.");
            return Optional.empty();
        } finally {
            forget(onExit);
        }
    }

    /** How many runs are done. */
    static long done(StudyRun run) {
        return run.cells().stream()
                .map(CellRun::result)
                .filter(Optional::isPresent)
                .count();
    }

    /** How many runs diverged, in a sentence; empty where none did. */
    static Optional<String> diverged(StudyRun run) {
        long diverged = run.cells().stream()
                .flatMap(cell -> cell.result().stream())
                .filter(result -> result.divergence() != null)
                .count();
        return diverged == 0
                ? Optional.empty()
                : Optional.of(diverged + " of " + run.cells().size() + " runs diverged.");
    }

    private static String runsDone(StudyRun run) {
        return "Stopped; " + done(run) + " of " + run.cells().size() + " runs are done.";
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
}
