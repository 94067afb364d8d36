package decaylab.train;

import decaylab.net.Handover;
import decaylab.net.NetworkPart;
import decaylab.optim.FlatArray;
import decaylab.optim.UpdateKernel;
import decaylab.parallel.WorkLog;
import decaylab.parallel.WorkLog.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A network whose parts train at the same time (update unlocking of Jaderberg et al., "Decoupled Neural Interfaces using Synthetic
 * Gradients", ICML 2017): the uppermost on the thread that asks for steps, every other one on its own, ahead of it by what
 * lies between them at most. In which order the parts' updates happen is the machine's: no two runs are the same. At every limit that is {@link #grant granted} all
 * stand still.
 */
final class UnlockedParts implements AutoCloseable {
    /** A step under way is finished, since its memory is freed afterwards. */
    private static final long LONGEST_FAREWELL_MILLIS = 10_000;

    private final NetworkPart top;
    private final PartUpdate topUpdate;
    private final List<PartUpdate> updates = new ArrayList<>();
    private final List<LowerPart> lower = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<PartCut> cuts = new ArrayList<>();
    private final PartClock clock;
    private final UpdateKernel kernel;
    private final StepPlan plan;
    private final WorkLog log;

    /**
     * @param parts from the lowest to the one with the head, at least two
     * @param modules the updates of the modules between them
     * @param kernel of the whole network; its sums are filled at every step
     * @param parameters of the whole network
     * @param batches makes what a thread gathers mini-batches with
     */
    UnlockedParts(
            List<NetworkPart> parts,
            List<ModuleUpdate> modules,
            UpdateKernel kernel,
            FlatArray parameters,
            Supplier<PartBatches> batches,
            StepPlan plan) {
        this.kernel = kernel;
        this.plan = plan;
        int below = parts.size() - 1;
        clock = new PartClock(below, 0);
        log = new WorkLog(parts.size());
        FlatArray gradient = parameters.zeros(parameters.length());
        int kept = PartCut.CAPACITY * below + 2; // nobody is further ahead
        for (int i = 0; i < below; i++) {
            cuts.add(new PartCut());
        }
        for (int i = 0; i < below; i++) {
            PartUpdate update = new PartUpdate(parts.get(i), kernel, parameters, gradient, kept);
            updates.add(update);
            LowerPart part = new LowerPart(
                    i,
                    parts.get(i),
                    update,
                    modules.get(i),
                    clock,
                    i == 0 ? null : cuts.get(i - 1),
                    cuts.get(i),
                    batches.get(),
                    plan,
                    log);
            lower.add(part);
            Thread thread = new Thread(part, "training-part-" + (i + 1));
            thread.setDaemon(true);
            threads.add(thread);
        }
        top = parts.get(below);
        topUpdate = new PartUpdate(top, kernel, parameters, gradient, kept);
        threads.forEach(Thread::start);
        clock.awaitPrepared();
    }

    /** Begins at another step; where all stand still. */
    void reset(long step) {
        clock.reset(step);
        lower.forEach(part -> part.reset(step));
    }

    /** The step before which all parts stop. */
    long limit() {
        return clock.limit();
    }

    /** Lets all parts go on to a step. */
    void grant(long limit) {
        clock.grant(limit);
    }

    /** Has the parts below stop as soon as they can; the steps that they have begun are still to be done. */
    void stopAt(long earliest) {
        clock.stopAt(earliest);
    }

    /** Changes what decays, from the next step on; where all stand still. */
    void decay(boolean[] decayed) {
        updates.forEach(update -> update.decay(decayed));
        topUpdate.decay(decayed);
    }

    /** Who worked when, the lowest part first. */
    WorkLog log() {
        return log;
    }

    /**
     * One step of the uppermost part, below the limit; the others do theirs meanwhile. The kernel's sums are those of this step.
     *
     * @return the mean loss, and the targets
     */
    BatchLoss step(long step) {
        try {
            int number = cuts.size();
            PartCut cut = cuts.get(number - 1);
            long start = System.nanoTime();
            Handover from = cut.take(clock);
            start = log.note(number, Work.WAIT, step, start);
            topUpdate.load();
            top.forward(from);
            start = log.note(number, Work.FORWARD, step, start);
            int size = from.size();
            double loss = top.backwardFromLoss(from.labels(), size);
            start = log.note(number, Work.BACKWARD, step, start);
            top.answer(from);
            cut.giveBack(from);
            topUpdate.update(step, plan.at(step, size));
            log.note(number, Work.UPDATE, step, start);
            clock.awaitAll(step);
            updates.forEach(update -> update.tell(step, kernel));
            topUpdate.tell(step, kernel);
            return new BatchLoss(loss, size);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between the parts of a step", e);
        }
    }

    @Override
    public void close() {
        clock.close();
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(LONGEST_FAREWELL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
