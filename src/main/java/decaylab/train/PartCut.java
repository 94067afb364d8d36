package decaylab.train;

import decaylab.net.Handover;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What lies between two parts: a few handovers, on their way up or on their way back. Where all are on their way the part below
 * waits, so that it is never further ahead than there are handovers.
 */
final class PartCut {
    /** Mini-batches between two parts, at most. */
    static final int CAPACITY = 2;

    private static final long LOOK_MILLIS = 100;

    private final BlockingQueue<Handover> up = new ArrayBlockingQueue<>(CAPACITY);
    private final BlockingQueue<Handover> back = new ArrayBlockingQueue<>(CAPACITY);

    /** Hands a mini-batch up. */
    void hand(Handover handover) {
        up.add(handover); // there is room for all that there are
    }

    /** The next mini-batch for the part above; waits for it. */
    Handover take(PartClock clock) throws InterruptedException {
        Handover next = up.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        while (next == null) {
            clock.requireHealthy();
            next = up.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return next;
    }

    /** Gives one back with its gradient. */
    void giveBack(Handover handover) {
        back.add(handover);
    }

    /** One that came back; null where none has. */
    @Nullable
    Handover returned() {
        return back.poll();
    }

    /** The next one that comes back; waits for it. */
    Handover awaitReturned() throws InterruptedException {
        return back.take();
    }
}
