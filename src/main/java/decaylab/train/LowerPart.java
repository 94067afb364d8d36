package decaylab.train;

import decaylab.net.Handover;
import decaylab.net.NativeLibrary;
import decaylab.net.NetworkPart;
import decaylab.parallel.WorkLog;
import decaylab.parallel.WorkLog.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A part below a cut on a thread of its own: forward, hand up, back with what its module predicts, update, and on to the next
 * mini-batch without waiting for those above. What comes back from above is learned from between two steps.
 */
final class LowerPart implements Runnable {
    private final int number;
    private final NetworkPart part;
    private final PartUpdate update;
    private final ModuleUpdate module;
    private final PartClock clock;
    private final @Nullable PartCut below;
    private final PartCut above;
    private final PartBatches batches;
    private final StepPlan plan;
    private final WorkLog log;
    private final Deque<Handover> free = new ArrayDeque<>();
    private long step;

    /**
     * @param number from the lowest, 0
     * @param below null for the lowest
     * @param batches of this thread; used by the lowest alone
     */
    LowerPart(
            int number,
            NetworkPart part,
            PartUpdate update,
            ModuleUpdate module,
            PartClock clock,
            @Nullable PartCut below,
            PartCut above,
            PartBatches batches,
            StepPlan plan,
            WorkLog log) {
        this.number = number;
        this.part = part;
        this.update = update;
        this.module = module;
        this.clock = clock;
        this.below = below;
        this.above = above;
        this.batches = batches;
        this.plan = plan;
        this.log = log;
        for (int i = 0; i < PartCut.CAPACITY; i++) {
            free.add(part.handover(batches.labels().length));
        }
    }

    /** Begins at another step; while it stands still. */
    void reset(long to) {
        step = to;
    }

    @Override
    public void run() {
        clock.prepare(NativeLibrary::load); // OpenMP's number of threads is each calling thread's own
        try {
            while (clock.awaitGrant(number)) {
                while (clock.mayBegin(number)) {
                    step();
                    step++;
                    clock.advance(number);
                }
                while (free.size() < PartCut.CAPACITY) {
                    learn(awaitReturned());
                }
            }
        } catch (InterruptedException e) {
            // The run is over.
        } catch (RuntimeException | Error e) {
            clock.fail(e);
        }
    }

    private void step() throws InterruptedException {
        Handover from = null;
        int[] labels;
        int size;
        if (below == null) {
            batches.gather(step);
            labels = batches.labels();
            size = batches.size();
        } else {
            long waiting = System.nanoTime();
            from = below.take(clock);
            log.note(number, Work.WAIT, step, waiting);
            labels = from.labels();
            size = from.size();
        }
        long start = System.nanoTime();
        update.load();
        if (from == null) {
            part.forward(batches.inputs(), size);
        } else {
            part.forward(from);
        }
        log.note(number, Work.FORWARD, step, start);
        Handover to = handover();
        part.handOver(to, step, labels);
        above.hand(to);
        start = System.nanoTime();
        module.load();
        part.backward(labels);
        start = log.note(number, Work.BACKWARD, step, start);
        if (from != null && below != null) {
            part.answer(from);
            below.giveBack(from);
        }
        update.update(step, plan.at(step, size));
        log.note(number, Work.UPDATE, step, start);
    }

    /** A free one, after everything that came back has been learned from; waits where all are on their way. */
    private Handover handover() throws InterruptedException {
        Handover back = above.returned();
        while (back != null) {
            learn(back);
            back = above.returned();
        }
        if (free.isEmpty()) {
            learn(awaitReturned());
        }
        return free.remove();
    }

    private Handover awaitReturned() throws InterruptedException {
        long waiting = System.nanoTime();
        Handover back = above.awaitReturned();
        log.note(number, Work.WAIT, step, waiting);
        return back;
    }

    private void learn(Handover back) {
        long start = System.nanoTime();
        module.learn(back);
        free.add(back);
        log.note(number, Work.LEARN, back.step(), start);
    }
}
