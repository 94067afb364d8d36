package decaylab.train;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.experiment.NetworkKind;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.AnalysisNetwork;
import decaylab.instrument.geometry.GeneralizationMeter;
import decaylab.instrument.geometry.GeneralizationMetric;
import decaylab.instrument.geometry.GeneralizationMetrics;
import decaylab.instrument.geometry.MeterSettings;
import decaylab.optim.FlatArray;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The instruments that work on a copy of the parameters, on a thread of their own, so that training does not wait: measures of
 * generalisation, Jacobian, damping, a row of the instrument's sheet each time. One copy is worked on and one of each instrument may
 * wait; the training thread waits for room only where it is told to.
 */
final class CopyInstruments implements AutoCloseable {
    private final Experiment experiment;
    private final Task task;
    private final SampleLog log;
    private @Nullable Thread thread;
    private volatile boolean abandoned;

    // Guarded by this.
    private final Deque<Copy> waiting = new ArrayDeque<>();
    private @Nullable Instrument working;
    private boolean closed;
    private long busyNanos;
    private final Map<Instrument, Long> lastNanos = new EnumMap<>(Instrument.class);

    private record Copy(Instrument instrument, long step, FlatArray parameters) {}

    CopyInstruments(Experiment experiment, Task task, SampleLog log) {
        this.experiment = experiment;
        this.task = task;
        this.log = log;
    }

    /** Why an instrument cannot measure this network; empty where it can. */
    Optional<String> refusal(Instrument instrument) {
        if (experiment.onGraph().isPresent()) {
            return Optional.of("data.name is " + experiment.data().name()
                    + ", a graph, and they are measured on examples that do not depend on each other; leave it out.");
        }
        if (instrument == Instrument.DAMPING
                && experiment.network().kind() != NetworkKind.MLP
                && task instanceof Task.Examples) {
            return Optional.of("network.kind is " + experiment.network().kind()
                    + ", and the curvature is there for dense networks; leave it out, or set network.kind to mlp.");
        }
        return task instanceof Task.World world
                ? Optional.of("data.name is " + world.kind()
                        + ", an environment, and they are measured on the examples of a data set; leave it out.")
                : AnalysisNetwork.refusal(experiment.network());
    }

    /** Whether nothing is being worked on and nothing waits, or it was given up. */
    synchronized boolean isIdle() {
        return abandoned || working == null && waiting.isEmpty();
    }

    /** Whether nothing of one instrument is being worked on or waits. */
    synchronized boolean isIdle(Instrument instrument) {
        return abandoned || working != instrument && !waits(instrument);
    }

    /** How long an instrument's last measurement took, in nanoseconds; 0 before the first. */
    synchronized long lastNanos(Instrument instrument) {
        return lastNanos.getOrDefault(instrument, 0L);
    }

    /** How long was measured since this was last asked, in nanoseconds. */
    synchronized long takeBusyNanos() {
        long since = busyNanos;
        busyNanos = 0;
        return since;
    }

    /**
     * Has a copy of the parameters measured; waits as long as another one waits for the same instrument already.
     *
     * @param instrument one that measures copies
     * @param step whose update was the last
     */
    synchronized void take(Instrument instrument, long step, FlatArray parameters) {
        SampleLog sheet = log.sheet(instrument);
        if (sheet.rows() > sheet.rowsBefore(step) || abandoned) {
            return;
        }
        boolean interrupted = false;
        while (waits(instrument) && !abandoned) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
                abandoned = true;
            }
        }
        waiting.add(new Copy(instrument, step, parameters.copy()));
        if (thread == null) {
            Thread made = new Thread(this::work, "instruments");
            made.setDaemon(true);
            thread = made;
            made.start();
        }
        notifyAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean waits(Instrument instrument) {
        return waiting.stream().anyMatch(copy -> copy.instrument == instrument);
    }

    private void work() {
        for (Copy copy = next(); copy != null; copy = next()) {
            long start = System.nanoTime();
            try {
                measure(copy);
            } finally {
                done(copy.instrument, System.nanoTime() - start);
            }
        }
    }

    private synchronized @Nullable Copy next() {
        while (waiting.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return null;
            }
        }
        Copy copy = waiting.poll();
        working = copy == null ? null : copy.instrument;
        notifyAll();
        return abandoned ? null : copy;
    }

    private synchronized void done(Instrument instrument, long nanos) {
        working = null;
        busyNanos += nanos;
        lastNanos.put(instrument, nanos);
        notifyAll();
    }

    private void measure(Copy copy) {
        if (!(task instanceof Task.Examples examples)) {
            return;
        }
        SampleLog sheet = log.sheet(copy.instrument);
        double[] row = new double[sheet.metrics().size()];
        Arrays.fill(row, SampleLog.EMPTY);
        row[0] = copy.step;
        boolean done =
                switch (copy.instrument) {
                    case GENERALIZATION -> generalization(copy.parameters, examples.data(), sheet, row);
                    case JACOBIAN -> jacobian(copy.parameters, examples.data(), sheet, row);
                    case DAMPING ->
                        new DampingMeter(experiment, examples.data())
                                .measure(copy.parameters, sheet, row, () -> abandoned);
                    default -> throw new IllegalStateException(copy.instrument + " does not measure copies");
                };
        if (done) {
            sheet.append(row);
        }
    }

    private boolean generalization(FlatArray parameters, DataSet data, SampleLog sheet, double[] row) {
        MeterSettings settings = MeterSettings.fitting(experiment.network().kind());
        Optional<GeneralizationMetrics> taken =
                new GeneralizationMeter(experiment, data, settings).measure(parameters, done -> {}, () -> abandoned);
        taken.ifPresent(metrics -> {
            put(sheet, row, Quantity.MEASURED_LOSS, metrics.trainLoss());
            for (GeneralizationMetric metric : GeneralizationMetric.values()) {
                Quantity.ofMetric(metric.key()).ifPresent(quantity -> metrics.value(metric)
                        .ifPresent(value -> put(sheet, row, quantity, value)));
            }
        });
        return taken.isPresent();
    }

    private boolean jacobian(FlatArray parameters, DataSet data, SampleLog sheet, double[] row) {
        try {
            put(sheet, row, Quantity.INPUT_JACOBIAN, InputJacobian.of(experiment, data, parameters, () -> abandoned));
            return true;
        } catch (CancellationException e) {
            return false;
        }
    }

    private static void put(SampleLog sheet, double[] row, Quantity quantity, double value) {
        OptionalInt place = sheet.place(Metric.of(quantity));
        row[place.orElseThrow()] = value;
    }

    /** Waits until everything that was taken is measured, or given up. */
    synchronized void await() throws InterruptedException {
        while (!isIdle()) {
            wait();
        }
    }

    /** Gives up what is being measured and what waits. May be called from any thread. */
    void abandon() {
        abandoned = true;
        synchronized (this) {
            waiting.clear();
            notifyAll();
        }
    }

    /** No more is taken; what was taken is measured to its end. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
