package decaylab.train;

import decaylab.experiment.Instrument;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Measures what measuring costs, on every sixteenth step and where an instrument is due that seldom is: what such a step takes
 * without its instruments, what each of these adds where it is due, and what following its shadow adds where it is not. For the training thread.
 */
final class OverheadMeter {
    private static final int EVERY = 16;
    private static final long WINDOW_NANOS = 500_000_000L;
    private static final int LEAST_STEPS = 4;

    private final Latest bare = new Latest();
    private final Latest samples = new Latest();
    private final Latest evaluations = new Latest();
    private final Map<Instrument, Cost> costs = new EnumMap<>(Instrument.class);
    private final int warmUp;
    private long windowStart = System.nanoTime();

    /** The median of the latest values: a step in which another process or the compiler had the core is no measure. */
    private static final class Latest {
        private final double[] values = new double[63];
        private int count;

        void add(double value) {
            values[count % values.length] = value;
            count++;
        }

        double median() {
            int known = Math.min(count, values.length);
            double[] sorted = Arrays.copyOf(values, known);
            Arrays.sort(sorted);
            return known == 0 ? Double.NaN : sorted[known / 2];
        }
    }

    /** @param warmUp for how many steps before it is taken an instrument that needs a shadow follows it */
    OverheadMeter(int warmUp) {
        this.warmUp = warmUp;
    }

    /** Of one instrument, in nanoseconds. */
    private static final class Cost {
        private final Latest due = new Latest();
        private final Latest following = new Latest();
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

    /** What an instrument added to a measured step in which it was taken. */
    void due(Instrument instrument, long nanos) {
        cost(instrument).due.add(nanos);
    }

    /** What its shadow added to a measured step in which it was only followed. */
    void following(Instrument instrument, long nanos) {
        cost(instrument).following.add(nanos);
    }

    private Cost cost(Instrument instrument) {
        return costs.computeIfAbsent(instrument, i -> new Cost());
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
        double following = cost.following.count == 0 ? 0 : cost.following.median();
        return (cost.due.median() + Math.min(warmUp, interval - 1) * following) / interval / bare.median();
    }

    /** What a step takes without its instruments, in nanoseconds. */
    double step() {
        return bare.median();
    }

    /** What the samples of every row cost. */
    double ofSamples() {
        return samples.median() / bare.median();
    }

    /** The shares. */
    Overhead read(Map<Instrument, Pace> paces, int evaluateEvery) {
        Map<Instrument, Overhead.Part> parts = new EnumMap<>(Instrument.class);
        double step = bare.median();
        paces.forEach((instrument, pace) -> parts.put(
                instrument, new Overhead.Part(share(instrument, pace.present()), pace.asked(), pace.present())));
        double evaluated = evaluations.median() / evaluateEvery / step;
        Overhead overhead = new Overhead(ofSamples(), evaluated, parts);
        costs.keySet().retainAll(paces.keySet());
        return overhead;
    }
}
