package decaylab.train;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far the parts of an unlocked network have come, and how far they may go. Between two limits nothing is common to all
 * parts; at a limit all stand still, with nothing under way between them, so that the run has a state.
 */
final class PartClock {
    /** Steps that each part below the uppermost has done. */
    private final long[] done;

    private final boolean[] idle;
    private long limit;
    private int prepared;
    private boolean closed;
    private @Nullable Throwable failure;

    /**
     * @param parts below the uppermost
     * @param step where all stand
     */
    PartClock(int parts, long step) {
        done = new long[parts];
        idle = new boolean[parts];
        Arrays.fill(done, step);
        limit = step;
    }

    /** What a part's thread does before its first step, one at a time: what it tells the native library must not meet a product. */
    synchronized void prepare(Runnable work) {
        work.run();
        prepared++;
        notifyAll();
    }

    /** Waits until the thread of every part is prepared. */
    synchronized void awaitPrepared() {
        boolean interrupted = false;
        while (prepared < done.length) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // it is a matter of milliseconds
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sets all to a step; only where all stand still. */
    synchronized void reset(long step) {
        Arrays.fill(done, step);
        limit = step;
    }

    /** The step before which all stop. */
    synchronized long limit() {
        return limit;
    }

    /** Lets all go on to a step. */
    synchronized void grant(long next) {
        limit = next;
        Arrays.fill(idle, false);
        notifyAll();
    }

    /** Has all stop as soon as they can, at the same step, which is no earlier than a given one. */
    synchronized void stopAt(long earliest) {
        long furthest = earliest;
        for (int i = 0; i < done.length; i++) {
            furthest = Math.max(furthest, idle[i] ? done[i] : done[i] + 1);
        }
        limit = Math.min(limit, furthest);
    }

    /** Whether a part may begin another step. */
    synchronized boolean mayBegin(int part) {
        return done[part] < limit;
    }

    /** A part has updated. */
    synchronized void advance(int part) {
        done[part]++;
        notifyAll();
    }

    /** A part waits, with nothing under way, until it may go on; false at the end. */
    synchronized boolean awaitGrant(int part) throws InterruptedException {
        while (done[part] >= limit && !closed) {
            if (!idle[part]) { // told but once: those who wait would wake each other for ever
                idle[part] = true;
                notifyAll();
            }
            wait();
        }
        return !closed;
    }

    /** Waits until every part has done a step, and at a limit until all stand still. */
    synchronized void awaitAll(long step) throws InterruptedException {
        while (!allAt(step)) {
            requireHealthy();
            wait();
        }
    }

    private boolean allAt(long step) {
        for (int i = 0; i < done.length; i++) {
            if (done[i] <= step || step + 1 == limit && !idle[i]) {
                return false;
            }
        }
        return true;
    }

    /** A part cannot go on. */
    synchronized void fail(Throwable reason) {
        failure = reason;
        notifyAll();
    }

    /** Says so where a part cannot go on. */
    synchronized void requireHealthy() {
        if (failure != null) {
            throw new IllegalStateException("a part of the network failed", failure);
        }
    }

    /** Lets all end. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
