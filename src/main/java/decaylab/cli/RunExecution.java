package decaylab.cli;

import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.problem.LabFailure;
import decaylab.store.RunFacts;
import decaylab.store.RunFolder.RunHead;
import decaylab.store.RunFolder.StoredRun;
import decaylab.store.RunRecorder;
import decaylab.store.Summary;
import decaylab.train.CheckpointRing;
import decaylab.train.Checkpoints;
import decaylab.train.Intervention;
import decaylab.train.RunState;
import decaylab.train.RunView;
import decaylab.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A run from the command line: trains to the end, has its folder written meanwhile, and reports. */
final class RunExecution {
    private static final int PATIENCE_SECONDS = 10;

    private final Terminal terminal;
    private final boolean charts;

    /** @param charts whether to draw them at the end */
    RunExecution(Terminal terminal, boolean charts) {
        this.terminal = terminal;
        this.charts = charts;
    }

    /** What the recorder reads. */
    private record View(Trainer trainer, CheckpointRing checkpoints) implements RunView {
        @Override
        public SampleLog log() {
            return trainer.log();
        }

        @Override
        public List<Intervention> interventions() {
            return trainer.interventions();
        }
    }

    /**
     * Trains to the end, or until the process is told to end.
     *
     * @param recorder makes what writes the folder
     * @param facts of the run
     * @return the exit code
     */
    int run(Trainer trainer, Function<RunView, RunRecorder> recorder, RunFacts facts) {
        Checkpoints checkpoints = new Checkpoints();
        try (RunRecorder writer = recorder.apply(new View(trainer, checkpoints.ring()))) {
            return run(trainer, checkpoints, writer, facts);
        }
    }

    private int run(Trainer trainer, Checkpoints checkpoints, RunRecorder recorder, RunFacts facts) {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch written = new CountDownLatch(1);
        Thread onExit = new Thread(() -> stopAndWait(trainer, stop, written), "stop");
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            long start = System.nanoTime();
            checkpoints.prepare(trainer);
            long firstStep = trainer.step();
            try (Progress progress = Progress.of(terminal, trainer.experiment().steps())) {
                while (!trainer.finished() && !stop.get()) {
                    checkpoints.beforeStep(trainer);
                    trainer.advance();
                    progress.at(trainer.step());
                    recorder.requireHealthy();
                }
            }
            trainer.settle();
            checkpoints.atEnd(trainer);
            awaitInstruments(trainer);
            trainer.deviation().ifPresent(this::tellDeviation);
            Summary summary = summary(trainer, (System.nanoTime() - start) / 1e9, trainer.step() - firstStep);
            recorder.finish(summary);
            int code = report(trainer, summary, recorder.folder());
            if (charts && !stop.get()) { // a process that is ending can no longer start the drawing
                RunHead head =
                        new RunHead(recorder.folder(), trainer.experiment(), trainer.interventions(), facts, summary);
                draw(new StoredRun(head, trainer.log()), recorder.charts());
            }
            return code;
        } finally {
            written.countDown();
            forget(onExit);
        }
    }

    private void awaitInstruments(Trainer trainer) {
        if (trainer.measuring()) {
            terminal.err().println("Measuring what is left; Ctrl-C does without.");
        }
        try {
            trainer.awaitInstruments();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellDeviation(long step) {
        terminal.err()
                .println("Step " + step
                        + " gave other numbers than are stored of it, so the past was computed on another "
                        + "machine or by another version of the lab; its rows are kept as they are.");
    }

    private static void draw(StoredRun run, Path charts) {
        try {
            new RunCharts().write(run, charts);
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

    private static Summary summary(Trainer trainer, double seconds, long stepsDone) {
        RunState state = trainer.divergence().isPresent()
                ? RunState.DIVERGED
                : trainer.finished() ? RunState.FINISHED : RunState.STOPPED;
        return Summary.of(
                state, trainer.experiment(), trainer.log(), trainer.divergence().orElse(null), seconds, stepsDone);
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
        trainer.best().ifPresent(best -> terminal.out()
                .printf(Locale.ROOT, "  %-15s %.5g, after step %d%n", "best return", best.meanReturn(), best.step()));
        trainer.verdict().ifPresent(verdict -> terminal.out().println(verdict.sentence()));
        terminal.out().println("written to " + folder);
        if (trainer.divergence().isPresent()) {
            terminal.err().println(trainer.divergence().get());
            return ExitCode.DIVERGED;
        }
        return ExitCode.OK;
    }
}
