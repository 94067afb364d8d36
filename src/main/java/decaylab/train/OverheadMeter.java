package decaylab.train;

import decaylab.experiment.Instrument;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Measures what measuring costs, on every sixteenth step and where an instrument is due that seldom is: what such a step takes
 * without its instruments, and what each of these adds where it is due and where it is not. For the training thread.
 */
final class OverheadMeter {
    private static final int EVERY = 16;
    private static final long WINDOW_NANOS = 500_000_000L;
    private static final int LEAST_STEPS = 4;

    private final Mean bare = new Mean();
    private final Mean samples = new Mean();
    private final Mean evaluations = new Mean();
    private final Map<Instrument, Cost> costs = new EnumMap<>(Instrument.class);
    private final int warmUp;
    private long windowStart = System.nanoTime();

    /** A mean that is begun anew without being forgotten. */
    private static final class Mean {
        private double sum;
        private long count;
        private double before = Double.NaN;

        void add(double value) {
            sum += value;
            count++;
        }

        double value() {
            double now = sum / count; // NaN without any
            return count == 0 ? before : Double.isNaN(before) ? now : (before + now) / 2;
        }

        void turn() {
            before = value();
            sum = 0;
            count = 0;
        }
    }

    /** @param warmUp for how many steps before it is taken an instrument that needs a shadow follows it */
    OverheadMeter(int warmUp) {
        this.warmUp = warmUp;
    }

    /** Of one instrument. */
    private static final class Cost {
        private final Mean due = new Mean();
        private final Mean idle = new Mean();
    }

    /** Whether a step is to be measured. */
    boolean measures(long step, IntPredicate anyDueOf) {
        return step % EVERY == 0 || anyDueOf.test(EVERY);
    }

    /** What a measured step took in all, instruments included, evaluation not. */
    void step(long nanos, long ofSamples, long ofInstruments) {
        bare.add(Math.max(1, nanos - ofSamples - ofInstruments));
        samples.add(ofSamples);
    }

    /** What an instrument added to a measured step. */
    void instrument(Instrument instrument, boolean due, long nanos) {
        Cost cost = costs.computeIfAbsent(instrument, i -> new Cost());
        (due ? cost.due : cost.idle).add(nanos);
    }

    /** What an evaluation took. */
    void evaluation(long nanos) {
        evaluations.add(nanos);
    }

    /** True after a step about twice a second, when there is something new to read. */
    boolean turns(boolean measured) {
        if (!measured || bare.count < LEAST_STEPS) {
            return false;
        }
        long now = System.nanoTime();
        if (now - windowStart < WINDOW_NANOS) {
            return false;
        }
        windowStart = now;
        return true;
    }

    /** What an instrument costs at an interval, as a fraction of a step without it; NaN where it was not taken yet. */
    double share(Instrument instrument, int interval) {
        Cost cost = costs.get(instrument);
        if (cost == null) {
            return Double.NaN;
        }
        double idle = Double.isNaN(cost.idle.value()) ? 0 : cost.idle.value();
        return (cost.due.value() + Math.min(warmUp, interval - 1) * idle) / interval / bare.value();
    }

    /** What a step takes without its instruments, in nanoseconds. */
    double step() {
        return bare.value();
    }

    /** What the samples of every row cost. */
    double ofSamples() {
        return samples.value() / bare.value();
    }

    /** The shares, and a new beginning. */
    Overhead read(Map<Instrument, Pace> paces, int evaluateEvery) {
        Map<Instrument, Overhead.Part> parts = new EnumMap<>(Instrument.class);
        double step = bare.value();
        paces.forEach((instrument, pace) -> parts.put(
                instrument, new Overhead.Part(share(instrument, pace.present()), pace.asked(), pace.present())));
        double evaluated = evaluations.value() / evaluateEvery / step;
        Overhead overhead = new Overhead(ofSamples(), evaluated, parts);
        bare.turn();
        samples.turn();
        evaluations.turn();
        costs.values().forEach(cost -> {
            cost.due.turn();
            cost.idle.turn();
        });
        costs.keySet().retainAll(paces.keySet());
        return overhead;
    }
}
