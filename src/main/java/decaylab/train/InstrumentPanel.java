package decaylab.train;

import decaylab.experiment.Instrument;
import decaylab.optim.FlatArray;
import decaylab.optim.StepRule;
import decaylab.optim.StepSettings;
import decaylab.optim.Taking;
import decaylab.optim.UpdateKernel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instruments are on and when each is taken, what they cost, and that together they keep within a budget. For the
 * training thread; {@link #overhead} may be read from any.
 */
final class InstrumentPanel {
    /** Of what a momentum holds, the share that a shadow may lack which begins late. */
    private static final double FORGOTTEN = 1e-4;

    /** So much a step does not matter, however short the step is: a second in two hundred thousand steps. */
    private static final double FREE_NANOS = 5_000;

    /** The part of the budget that is the instruments' own. */
    private static final double LEAST_ROOM = 0.2;

    /** An instrument that was stretched is taken more often again where all would stay below this part of the room. */
    private static final double SLACK = 0.8;

    private final UpdateKernel kernel;
    private final StepInstruments inTheStep;
    private final CopyInstruments onCopies;
    private final FlatArray parameters;
    private final long steps;
    private final int evaluateEvery;
    private final Set<Instrument> refused;
    /** For how many steps before an instrument is taken a shadow is followed. */
    private final int warmUp;

    private final Map<Instrument, Pace> paces = new EnumMap<>(Instrument.class);
    private final OverheadMeter meter;
    /** When the last copy was handed on, in which step, and how many steps after the one before. */
    private final Map<Instrument, Long> lastCopy = new EnumMap<>(Instrument.class);

    private final Map<Instrument, Long> copyStep = new EnumMap<>(Instrument.class);
    private final Map<Instrument, Long> copyInterval = new EnumMap<>(Instrument.class);
    private long windowStart = System.nanoTime();
    private double period;
    private double budget = Double.POSITIVE_INFINITY;
    /** Part of a core's time that measuring on copies took lately. */
    private double aside = Double.NaN;

    private volatile Overhead overhead = Overhead.UNKNOWN;
    // Of the step under way.
    private long step;
    private boolean measured;
    private Taking taking = Taking.SUMS;
    private long start;
    private long samplesStart;
    private long samplesNanos;

    /**
     * @param parameters of the run, live
     * @param rule of the update
     * @param steps of the run
     * @param evaluateEvery steps between two evaluations
     * @param refused instruments that have nothing to measure in this run
     */
    InstrumentPanel(
            UpdateKernel kernel,
            StepInstruments inTheStep,
            CopyInstruments onCopies,
            FlatArray parameters,
            StepRule rule,
            long steps,
            int evaluateEvery,
            Set<Instrument> refused) {
        this.refused = refused;
        this.kernel = kernel;
        this.inTheStep = inTheStep;
        this.onCopies = onCopies;
        this.parameters = parameters;
        this.steps = steps;
        this.evaluateEvery = evaluateEvery;
        double memory = rule instanceof StepRule.Adam adam ? adam.beta1() : ((StepRule.Momentum) rule).momentum();
        warmUp = memory > 0 ? (int) Math.ceil(Math.log(FORGOTTEN) / Math.log(memory)) : 0;
        meter = new OverheadMeter(warmUp);
    }

    /** Turns an instrument on, to be taken every so many steps, or off with 0. One that cannot measure this network stays off. */
    void watch(Instrument instrument, int interval) {
        boolean impossible =
                switch (instrument.where()) {
                    case IN_THE_STEP -> instrument == Instrument.EMBEDDING && !inTheStep.hasTokens();
                    case ON_A_COPY -> onCopies.refusal(instrument).isPresent();
                    case AFTER_THE_STEP -> false;
                };
        if (interval == 0 || impossible || refused.contains(instrument)) {
            paces.remove(instrument);
        } else {
            paces.put(instrument, Pace.of(interval));
        }
        publish();
    }

    /** Bounds what instruments may cost, as a fraction of the time of a step; infinite for no bound. */
    void limit(double most) {
        budget = most;
        if (most == Double.POSITIVE_INFINITY) {
            paces.replaceAll((instrument, pace) -> Pace.of(pace.asked()));
        }
        publish();
    }

    /** Says how far apart steps begin at the least, in nanoseconds; 0 where they follow each other. */
    void pace(double nanos) {
        period = nanos;
    }

    /** What measuring costs. */
    Overhead overhead() {
        return overhead;
    }

    private boolean isDue(Instrument instrument) {
        Pace pace = paces.get(instrument);
        return pace != null && pace.isDue(step, steps);
    }

    /** Before a step: decides what is taken in it. */
    void begin(long ofStep) {
        step = ofStep;
        kernel.followShares(follows(Instrument.BUDGET) || follows(Instrument.SHARES));
        taking = isDue(Instrument.SHARES) ? Taking.SHARES : isDue(Instrument.BUDGET) ? Taking.BUDGET : Taking.SUMS;
        measured = meter.measures(step, this::anyDueThatIsRare);
        kernel.time(measured);
        if (measured) {
            start = System.nanoTime();
        }
    }

    private boolean anyDueThatIsRare(int every) {
        for (Map.Entry<Instrument, Pace> entry : paces.entrySet()) {
            if (entry.getValue().present() > every && isDue(entry.getKey())) {
                return true;
            }
        }
        return false;
    }

    /** Whether an instrument needs the shadow of the penalty in this step; one that is seldom taken begins it in time. */
    private boolean follows(Instrument instrument) {
        Pace pace = paces.get(instrument);
        return pace != null && pace.stepsUntilDue(step, steps) <= warmUp;
    }

    /** What the update is to take. */
    Taking taking() {
        return taking;
    }

    /** The update is done, the row of samples begins. */
    void beginSamples() {
        if (measured) {
            samplesStart = System.nanoTime();
        }
    }

    /** The row of samples is filled. */
    void endSamples() {
        if (measured) {
            samplesNanos = System.nanoTime() - samplesStart;
        }
    }

    /** Takes what is due in the step. */
    void take(StepSettings settings) {
        long before = measured ? System.nanoTime() : 0;
        long ofInstruments = kernel.sharesNanos();
        for (Map.Entry<Instrument, Pace> entry : paces.entrySet()) {
            Instrument instrument = entry.getKey();
            if (instrument.where() == Instrument.Where.ON_A_COPY) {
                copy(instrument, entry.getValue());
                continue;
            }
            if (instrument.where() == Instrument.Where.AFTER_THE_STEP) {
                continue;
            }
            boolean due = isDue(instrument);
            if (due) {
                inTheStep.take(instrument, step, settings);
            }
            if (measured) {
                long now = System.nanoTime();
                long own = now - before;
                ofInstruments += own;
                before = now;
                long shadow = partOfShares(instrument);
                if (due) {
                    meter.due(instrument, own + shadow);
                } else if (shadow > 0) {
                    meter.following(instrument, shadow);
                }
            }
        }
        if (measured) {
            meter.step(System.nanoTime() - start, samplesNanos + kernel.sumsNanos(), ofInstruments);
        }
        if (meter.turns(measured)) {
            keepWithin();
            Overhead read = meter.read(paces, evaluateEvery);
            long now = System.nanoTime();
            aside = (double) onCopies.takeBusyNanos() / (now - windowStart);
            windowStart = now;
            publish(read);
        }
    }

    /**
     * Whether an instrument is to be taken now that a step is over.
     *
     * @param instrument one that is taken after the step
     * @param evaluated whether an evaluation belonged to it, of which a row is told in any case
     */
    boolean takes(Instrument instrument, boolean evaluated) {
        return isDue(instrument) || evaluated && paces.containsKey(instrument);
    }

    /** What an instrument took after a step. */
    void took(Instrument instrument, long nanos) {
        meter.due(instrument, nanos);
    }

    /** Hands on a copy where one is due; within a budget only as often as the other core's time allows. */
    private void copy(Instrument instrument, Pace pace) {
        if (!pace.isDue(step, steps)) {
            return;
        }
        boolean last = step + 1 == steps;
        if (budget < Double.POSITIVE_INFINITY && !last) {
            long now = System.nanoTime();
            if (!onCopies.isIdle(instrument)
                    || now - lastCopy.getOrDefault(instrument, 0L) < onCopies.lastNanos(instrument) / budget) {
                return;
            }
            lastCopy.put(instrument, now);
        }
        copyInterval.put(instrument, step - copyStep.getOrDefault(instrument, -1L));
        copyStep.put(instrument, step);
        onCopies.take(instrument, step, parameters);
    }

    /** Budget and shares read the same sums. */
    private long partOfShares(Instrument instrument) {
        boolean budgeting = follows(Instrument.BUDGET);
        boolean sharing = follows(Instrument.SHARES);
        boolean own = instrument == Instrument.BUDGET ? budgeting : instrument == Instrument.SHARES && sharing;
        return own ? kernel.sharesNanos() / (budgeting && sharing ? 2 : 1) : 0;
    }

    /** An evaluation took so long. */
    void evaluated(long nanos) {
        meter.evaluation(nanos);
    }

    /** Takes the costliest instrument half as often until all keep within the budget, and more often where there is room. */
    private void keepWithin() {
        // What every row needs is not up to the instruments: a part of the budget is theirs whatever it takes.
        double free = Math.max(FREE_NANOS, period / 2 - meter.step()); // a run that waits for its pace has time
        double room = Math.max(budget - meter.ofSamples(), Math.max(LEAST_ROOM * budget, free / meter.step()));
        Instrument costliest = costliest();
        while (costliest != null && cost(paces) > room) {
            paces.computeIfPresent(costliest, (instrument, pace) -> pace.stretched());
            costliest = costliest();
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Instrument instrument : Instrument.values()) {
                Map<Instrument, Pace> oftener = new EnumMap<>(paces);
                oftener.computeIfPresent(instrument, (i, pace) -> pace.relaxed());
                if (!oftener.equals(paces) && cost(oftener) < SLACK * room) {
                    paces.putAll(oftener);
                    changed = true;
                }
            }
        }
    }

    private double cost(Map<Instrument, Pace> at) {
        double sum = 0;
        for (Map.Entry<Instrument, Pace> entry : at.entrySet()) {
            double share = meter.share(entry.getKey(), entry.getValue().present());
            sum += Double.isNaN(share) ? 0 : share;
        }
        return sum;
    }

    /** Null where none can be taken less often. */
    private @Nullable Instrument costliest() {
        Instrument found = null;
        double most = 0;
        for (Map.Entry<Instrument, Pace> entry : paces.entrySet()) {
            double share = meter.share(entry.getKey(), entry.getValue().present());
            if (share > most && entry.getValue().canStretch()) {
                found = entry.getKey();
                most = share;
            }
        }
        return found;
    }

    private void publish() {
        publish(overhead);
    }

    private void publish(Overhead read) {
        Map<Instrument, Overhead.Part> parts = new EnumMap<>(Instrument.class);
        paces.forEach((instrument, pace) -> {
            Overhead.Part part = read.instruments().get(instrument);
            double share = part == null ? Double.NaN : part.share();
            int present = pace.present();
            if (instrument.where() == Instrument.Where.ON_A_COPY) {
                share = aside;
                present = (int) Math.max(
                        present, Math.min(copyInterval.getOrDefault(instrument, 0L), Instrument.LONGEST_INTERVAL));
            }
            parts.put(instrument, new Overhead.Part(share, pace.asked(), present));
        });
        overhead = new Overhead(read.samples(), read.evaluations(), parts);
    }
}
