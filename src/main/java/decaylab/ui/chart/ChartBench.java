package decaylab.ui.chart;

import decaylab.chart.ChartKind;
import decaylab.experiment.Experiment;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.instrument.SampleLog;
import decaylab.problem.LabFailure;
import decaylab.random.CounterRandom;
import decaylab.train.Intervention;
import decaylab.train.RunState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.stage.Stage;

/**
 * Measures the charts in a window as large as a small screen, drawn without a graphics card: how often they are drawn anew
 * while a run grows, and how long a click waits for its answer.
 */
public final class ChartBench {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final int RUNS = 8;
    private static final int STEPS = 100_000;
    private static final long LONG_RUN = 10_000_000;
    /** What a long run needs: a log and a pyramid of doubles for each chart. */
    private static final long BYTES_A_STEP = 6 * (8 + 11);

    private static final double WARM_UP_SECONDS = 4;
    private static final double SECONDS = 10;
    /** Steps that the growing run takes each millisecond. */
    private static final int SPEED = 5;

    private static final List<Metric> METRICS = Arrays.stream(Quantity.values())
            .filter(quantity -> quantity.scope() == Quantity.Scope.NETWORK)
            .map(Metric::of)
            .toList();
    private static final List<ChartKind> LONG_CHARTS = List.of(
            ChartKind.NORM,
            ChartKind.EFFECTIVE_LEARNING_RATE,
            ChartKind.GRADIENT_NORM,
            ChartKind.UPDATE_NORM,
            ChartKind.ROTATION,
            ChartKind.DECAY);

    /**
     * Opens a window, measures, and closes it. The toolkit must not run yet, and does not afterwards.
     *
     * @return a line of named figures for each thing measured
     * @throws LabFailure where the window cannot be opened
     */
    public List<Map<String, Object>> measure() {
        System.setProperty("prism.order", "sw");
        Platform.setImplicitExit(false);
        Platform.startup(() -> {});
        try {
            List<Map<String, Object>> lines = new ArrayList<>();
            lines.add(growing());
            lines.add(zooming());
            return lines;
        } finally {
            Platform.exit();
        }
    }

    private Map<String, Object> growing() {
        List<BenchRun> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(BenchRun.make(i, METRICS, STEPS));
        }
        BenchRun live = runs.get(RUNS - 1);
        ChartWindow window = onFx(() -> new ChartWindow(runs, ChartKind.dashboard()));
        Thread training = new Thread(
                () -> {
                    while (!Thread.interrupted()) {
                        for (int i = 0; i < SPEED; i++) {
                            live.step();
                        }
                        LockSupport.parkNanos(1_000_000L);
                    }
                },
                "bench training");
        training.setDaemon(true);
        training.start();
        Map<String, Object> line = line("8 runs x 100000 steps, one growing, 6 charts", window.measure(() -> {}));
        training.interrupt();
        onFx(window::close);
        return line;
    }

    private Map<String, Object> zooming() {
        long most = Runtime.getRuntime().maxMemory() / 2 / BYTES_A_STEP;
        int steps = (int) Math.min(LONG_RUN, most);
        BenchRun run = BenchRun.make(0, LONG_CHARTS.stream().map(kind -> Metric.of(kind.main())).toList(), steps);
        ChartWindow window = onFx(() -> new ChartWindow(List.of(run), LONG_CHARTS));
        CounterRandom random = CounterRandom.of(1, "zoom");
        Map<String, Object> line = line("zooming and panning over " + steps + " steps, 6 charts", window.measure(() -> {
            double width = steps * Math.pow(10, -5.5 * random.nextDouble());
            double from = (steps - width) * random.nextDouble();
            window.board.select(from, from + width);
        }));
        onFx(window::close);
        return line;
    }

    private static Map<String, Object> line(String what, Figures figures) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("peer", "decaylab");
        line.put("workload", "charts");
        line.put("mode", what);
        line.put("window", WIDTH + "x" + HEIGHT);
        line.put("frames_per_second", rounded(figures.frames));
        line.put("click_median_ms", rounded(figures.clickMedian));
        line.put("click_99_percent_ms", rounded(figures.clickHigh));
        line.put("cpu_cores", rounded(figures.cores));
        return line;
    }

    private static double rounded(double value) {
        return Math.round(100 * value) / 100.0;
    }

    private record Figures(double frames, double clickMedian, double clickHigh, double cores) {}

    /** The board in a window of its own, with a button to click. */
    private static final class ChartWindow {
        private final ChartBoard board;
        private final Stage stage;
        private final Button button = new Button();
        private long answered;

        ChartWindow(List<BenchRun> runs, List<ChartKind> kinds) {
            board = new ChartBoard(new QuantityTexts(), quantity -> {});
            board.kinds().setAll(kinds);
            board.runs().setAll(runs);
            button.setOnAction(event -> answered = System.nanoTime());
            stage = new Stage();
            stage.setScene(new Scene(board, WIDTH, HEIGHT));
            stage.show();
        }

        void close() {
            stage.close();
            stage.setScene(null);
        }

        /** Clicks at uneven times while the charts are drawn. */
        Figures measure(Runnable betweenClicks) {
            Runnable work = () -> onFx(() -> {
                betweenClicks.run();
                return 0;
            });
            until(WARM_UP_SECONDS, work);
            long begin = System.nanoTime();
            long cpu = cpuNanos();
            long frames = onFx(board::frames);
            List<Double> clicks = new ArrayList<>();
            until(SECONDS, () -> {
                work.run();
                long asked = System.nanoTime();
                clicks.add(onFx(() -> {
                            button.fire();
                            return answered - asked;
                        })
                        / 1e6);
            });
            double seconds = (System.nanoTime() - begin) / 1e9;
            double[] sorted =
                    clicks.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return new Figures(
                    (onFx(board::frames) - frames) / seconds,
                    sorted[sorted.length / 2],
                    sorted[sorted.length * 99 / 100],
                    (cpuNanos() - cpu) / 1e9 / seconds);
        }

        private static void until(double seconds, Runnable work) {
            CounterRandom random = CounterRandom.of(2, "clicks");
            long end = System.nanoTime() + (long) (seconds * 1e9);
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(10_000_000L + random.nextInt(30_000_000));
                work.run();
            }
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static <T> T onFx(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Platform.runLater(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new LabFailure("The charts cannot be measured (" + e.getCause() + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabFailure("The measurement was interrupted.", e);
        }
    }

    private static void onFx(Runnable work) {
        onFx(() -> {
            work.run();
            return 0;
        });
    }

    /** A run with curves like those of training, noise included, made without training. */
    private record BenchRun(String id, int colour, SampleLog log, CounterRandom random, double[] row)
            implements ChartRun {
        static BenchRun make(int place, List<Metric> metrics, int steps) {
            BenchRun run = new BenchRun(
                    "run " + (place + 1),
                    place,
                    new SampleLog(metrics),
                    CounterRandom.of(place, "bench"),
                    new double[metrics.size()]);
            for (int i = 0; i < steps; i++) {
                run.step();
            }
            return run;
        }

        void step() {
            long step = log.rows();
            double time = step / 20_000.0;
            for (int i = 0; i < row.length; i++) {
                Quantity quantity = log.metrics().get(i).quantity();
                boolean taken = quantity.cadence() == Quantity.Cadence.EVERY_STEP || step % 30 == 0;
                double smooth = 1 + colour * 0.2 + Math.exp(-time) + 0.3 * Math.sin(time + i);
                double noise = quantity == Quantity.NORM ? 0.005 : 0.1;
                row[i] = taken ? smooth * (1 + noise * (random.nextDouble() - 0.5)) : SampleLog.EMPTY;
            }
            log.append(row);
        }

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
            return List.of();
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
}
