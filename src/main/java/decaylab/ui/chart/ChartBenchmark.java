package decaylab.ui.chart;

import decaylab.chart.ChartKind;
import decaylab.experiment.Experiment;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import decaylab.train.Intervention;
import decaylab.train.RunState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

/**
 * How fast the charts follow, in a real window of 1280 x 720: frames a second while eight runs of 100,000 steps lie over
 * each other on six charts and one of them grows; how long a click waits meanwhile; how long a zoom takes to be seen, there
 * and over 10 million steps.
 */
public final class ChartBenchmark {
    private static final int RUNS = 8;
    private static final int STEPS = 100_000;
    private static final int MANY_STEPS = 10_000_000;
    private static final long WARM_UP_NANOS = 3_000_000_000L;
    private static final long MEASURED_NANOS = 6_000_000_000L;
    private static final int ZOOMS = 40;

    private static final List<Metric> COLUMNS = ChartKind.dashboard().stream()
            .flatMap(kind -> kind.quantities().stream())
            .map(Metric::of)
            .toList();

    private record Made(String id, int colour, SampleLog log) implements ChartRun {
        @Override
        public String name() {
            return id;
        }

        @Override
        public Experiment experiment() {
            return Experiment.defaults();
        }

        @Override
        public List<Intervention> interventions() {
            return List.of(new Intervention(STEPS / 3, "decay", "on", "off"));
        }

        @Override
        public RunState state() {
            return RunState.RUNNING;
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }
    }

    /**
     * Opens a window, measures and closes it. Only once in a process, and only where nothing else uses JavaFX.
     *
     * @throws BadInputException where there is no display
     */
    public List<Map<String, Object>> measure() {
        CountDownLatch started = new CountDownLatch(1);
        try {
            Platform.startup(started::countDown);
        } catch (UnsupportedOperationException e) {
            throw new BadInputException("There is no display to measure charts on; run it where there is one.", e);
        }
        wait(() -> started.getCount() == 0);
        ChartBoard[] board = new ChartBoard[1];
        Stage[] stage = new Stage[1];
        onWindowThread(() -> {
            board[0] = new ChartBoard(new QuantityTexts(), quantity -> {});
            stage[0] = new Stage();
            stage[0].setScene(new Scene(board[0], 1280, 720));
            stage[0].show();
        });
        List<Map<String, Object>> lines = List.of(eightRuns(board[0]), manySteps(board[0]));
        onWindowThread(stage[0]::close);
        return lines;
    }

    private Map<String, Object> eightRuns(ChartBoard board) {
        Made[] runs = new Made[RUNS];
        for (int i = 0; i < RUNS; i++) {
            runs[i] = new Made("run " + i, i, new SampleLog(COLUMNS));
            if (i < RUNS - 1) {
                grow(runs[i], STEPS);
            }
        }
        onWindowThread(() -> board.runs().setAll(runs));
        Made growing = runs[RUNS - 1];
        double[] delays = new double[10_000];
        int clicks = 0;
        long begin = System.nanoTime();
        long start = 0;
        long framesBefore = 0;
        while (start == 0 || System.nanoTime() - start < MEASURED_NANOS) {
            if (start == 0 && System.nanoTime() - begin > WARM_UP_NANOS) {
                start = System.nanoTime();
                framesBefore = board.frames();
            }
            grow(growing, (int) Math.min(STEPS, growing.log().rows() + 150));
            long posted = System.nanoTime();
            onWindowThread(() -> {}); // what a click waits for: that the window's thread is free
            if (start != 0 && clicks < delays.length) {
                delays[clicks++] = (System.nanoTime() - posted) / 1e6;
            }
            LockSupport.parkNanos(10_000_000L);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double frames = (board.frames() - framesBefore) / seconds;
        double[] sorted = Arrays.copyOf(delays, clicks);
        Arrays.sort(sorted);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("workload", "charts");
        line.put("runs", RUNS);
        line.put("steps", STEPS);
        line.put("charts", ChartKind.dashboard().size());
        line.put("frames_per_second", round(frames));
        line.put("click_median_ms", round(sorted[clicks / 2]));
        line.put("click_p95_ms", round(sorted[clicks * 95 / 100]));
        line.put("zoom_median_ms", round(zoom(board, STEPS)));
        return line;
    }

    private Map<String, Object> manySteps(ChartBoard board) {
        Made run = new Made("long", 0, new SampleLog(List.of(Metric.of(Quantity.NORM))));
        double[] row = new double[1];
        for (int i = 0; i < MANY_STEPS; i++) {
            row[0] = i == MANY_STEPS / 3 ? 40 : 10 + Math.sin(i * 1e-5);
            run.log().append(row);
        }
        onWindowThread(() -> {
            board.resetZoom();
            board.runs().setAll(run);
            board.kinds().setAll(ChartKind.NORM);
        });
        long frames = board.frames();
        wait(() -> board.frames() > frames);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("workload", "charts");
        line.put("runs", 1);
        line.put("steps", MANY_STEPS);
        line.put("charts", 1);
        line.put("zoom_median_ms", round(zoom(board, MANY_STEPS)));
        return line;
    }

    /** Median time from a zoom or pan to the frame that shows it. */
    private static double zoom(ChartBoard board, double steps) {
        double[] times = new double[ZOOMS];
        for (int i = 0; i < ZOOMS; i++) {
            int turn = i;
            long frames = board.frames();
            long asked = System.nanoTime();
            onWindowThread(() -> board.select(turn * steps / 100, turn * steps / 100 + steps / (2 + turn % 5)));
            wait(() -> board.frames() > frames);
            times[i] = (System.nanoTime() - asked) / 1e6;
        }
        Arrays.sort(times);
        return times[ZOOMS / 2];
    }

    /** Appends rows up to a number of steps. */
    private static void grow(Made run, int steps) {
        double[] row = new double[COLUMNS.size()];
        for (int step = (int) run.log().rows(); step < steps; step++) {
            double noise = Math.sin(step * 12.9898 + run.colour()) * 0.05;
            for (int i = 0; i < row.length; i++) {
                Quantity quantity = COLUMNS.get(i).quantity();
                boolean taken = quantity.cadence() == Quantity.Cadence.EVERY_STEP || step % 100 == 99;
                double curve = 0.3 + 0.08 * run.colour() + 0.5 * Math.exp(-step / 20_000.0) + noise;
                row[i] = taken ? curve : SampleLog.EMPTY;
            }
            run.log().append(row);
        }
    }

    private static void onWindowThread(Runnable task) {
        CountDownLatch done = new CountDownLatch(1);
        Platform.runLater(() -> {
            task.run();
            done.countDown();
        });
        wait(() -> done.getCount() == 0);
    }

    private static void wait(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the window does not answer");
            }
            LockSupport.parkNanos(100_000L);
        }
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
