package decaylab.train;

import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.AnalysisNetwork;
import decaylab.instrument.geometry.GeneralizationMeter;
import decaylab.instrument.geometry.GeneralizationMetric;
import decaylab.instrument.geometry.GeneralizationMetrics;
import decaylab.instrument.geometry.MeterSettings;
import decaylab.optim.FlatArray;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The instrument that works on a copy of the parameters, on a thread of its own, so that training does not wait: measures of
 * generalisation, a row of its sheet each time. One copy is worked on and one may wait; the training thread waits for room only
 * where it is told to.
 */
final class CopyInstruments implements AutoCloseable {
    private final Experiment experiment;
    private final Task task;
    private final SampleLog sheet;
    private @Nullable Thread thread;
    private volatile boolean abandoned;

    // Guarded by this.
    private @Nullable Copy waiting;
    private boolean working;
    private boolean closed;
    private long busyNanos;
    private long lastNanos;

    private record Copy(long step, FlatArray parameters) {}

    CopyInstruments(Experiment experiment, Task task, SampleLog log) {
        this.experiment = experiment;
        this.task = task;
        sheet = log.sheet(Instrument.GENERALIZATION);
    }

    /** Why this network cannot be measured; empty where it can. */
    Optional<String> refusal() {
        if (experiment.onGraph().isPresent()) {
            return Optional.of("data.name is " + experiment.data().name()
                    + ", a graph, and they are measured on examples that do not depend on each other; leave it out.");
        }
        return task instanceof Task.World world
                ? Optional.of("data.name is " + world.kind()
                        + ", an environment, and they are measured on the examples of a data set; leave it out.")
                : AnalysisNetwork.refusal(experiment.network());
    }

    /** Whether nothing is being worked on and nothing waits, or it was given up. */
    synchronized boolean isIdle() {
        return abandoned || !working && waiting == null;
    }

    /** How long the last measurement took, in nanoseconds; 0 before the first. */
    synchronized long lastNanos() {
        return lastNanos;
    }

    /** How long was measured since this was last asked, in nanoseconds. */
    synchronized long takeBusyNanos() {
        long since = busyNanos;
        busyNanos = 0;
        return since;
    }

    /**
     * Has a copy of the parameters measured; waits as long as another one waits already.
     *
     * @param step whose update was the last
     */
    synchronized void take(long step, FlatArray parameters) {
        if (sheet.rows() > sheet.rowsBefore(step) || abandoned) {
            return;
        }
        boolean interrupted = false;
        while (waiting != null && !abandoned) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
                abandoned = true;
            }
        }
        waiting = new Copy(step, parameters.copy());
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

    private void work() {
        for (Copy copy = next(); copy != null; copy = next()) {
            long start = System.nanoTime();
            try {
                measure(copy);
            } finally {
                done(System.nanoTime() - start);
            }
        }
    }

    private synchronized @Nullable Copy next() {
        while (waiting == null && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return null;
            }
        }
        Copy copy = waiting;
        waiting = null;
        working = copy != null;
        notifyAll();
        return abandoned ? null : copy;
    }

    private synchronized void done(long nanos) {
        working = false;
        busyNanos += nanos;
        lastNanos = nanos;
        notifyAll();
    }

    private void measure(Copy copy) {
        if (!(task instanceof Task.Examples examples)) {
            return;
        }
        double[] row = new double[sheet.metrics().size()];
        Arrays.fill(row, SampleLog.EMPTY);
        row[0] = copy.step;
        MeterSettings settings = MeterSettings.fitting(experiment.network().kind());
        Optional<GeneralizationMetrics> taken = new GeneralizationMeter(experiment, examples.data(), settings)
                .measure(copy.parameters, done -> {}, () -> abandoned);
        taken.ifPresent(metrics -> {
            put(row, Quantity.MEASURED_LOSS, metrics.trainLoss());
            for (GeneralizationMetric metric : GeneralizationMetric.values()) {
                Quantity.ofMetric(metric.key())
                        .ifPresent(quantity -> metrics.value(metric).ifPresent(value -> put(row, quantity, value)));
            }
            sheet.append(row);
        });
    }

    private void put(double[] row, Quantity quantity, double value) {
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
            waiting = null;
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
