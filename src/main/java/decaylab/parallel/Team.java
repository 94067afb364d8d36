package decaylab.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Does the two halves of a task, one after the other or at the same time. What a half is never depends on the number of
 * threads, and the halves share nothing they write, so that both ways give the same bits.
 *
 * <p>A task of some microseconds is worth handing over only where the helper is awake: it looks out for the next one for a
 * millisecond before it sleeps. Where another thread has its core all the same, such as the virtual machine's compiler, the
 * caller does not wait for it but does both halves. For one calling thread at a time.
 */
public final class Team implements AutoCloseable {
    private static final long PATIENCE_NANOS = 1_000_000;

    /** Between two looks at the clock. */
    private static final int LOOKS = 64;

    private final @Nullable Thread helper;
    private final long aloneUntil;
    private boolean alone;
    private @Nullable IntConsumer task;
    private @Nullable Throwable failure;
    private volatile int asked;
    /** The task whose second half someone does or did. */
    private final AtomicInteger taken = new AtomicInteger();

    private volatile int done;
    private volatile boolean asleep;
    private volatile boolean closed;

    private Team(boolean pair, long graceNanos, Runnable begin) {
        aloneUntil = System.nanoTime() + graceNanos;
        alone = graceNanos > 0;
        if (pair) {
            Thread made = new Thread(() -> help(begin), "training-helper");
            made.setDaemon(true);
            helper = made;
            made.start();
        } else {
            helper = null;
        }
    }

    /**
     * A team of one or two threads, the calling one included.
     *
     * @param threads 1 for none but the calling one; 2 or more for a helper
     */
    public static Team of(int threads) {
        return new Team(threads > 1, 0, () -> {});
    }

    /**
     * A team whose helper begins later.
     *
     * @param threads 1 for none but the calling one; 2 or more for a helper
     * @param graceNanos how long the calling thread works alone: while the virtual machine still compiles the loops, a helper
     *     would take the core from its compiler and make everything slower
     * @param begin done by the helper before its first task
     */
    public static Team of(int threads, long graceNanos, Runnable begin) {
        return new Team(threads > 1, graceNanos, begin);
    }

    /** The most threads of a team that this machine's cores can keep busy. */
    public static int most() {
        return Math.min(2, Runtime.getRuntime().availableProcessors());
    }

    /** How many threads do the work: 1 or 2. */
    public int threads() {
        return helper == null ? 1 : 2;
    }

    /**
     * Has the task do half 0 and half 1, and returns when both are done.
     *
     * @throws IllegalStateException where the helper failed, with its failure as the cause
     */
    public void halves(IntConsumer halves) {
        Thread thread = helper;
        if (alone && System.nanoTime() - aloneUntil > 0) {
            alone = false;
        }
        if (thread == null || alone) {
            halves.accept(0);
            halves.accept(1);
            return;
        }
        task = halves;
        int turn = asked + 1;
        asked = turn; // publishes the task
        if (asleep) {
            LockSupport.unpark(thread);
        }
        boolean both = false;
        try {
            halves.accept(0);
        } finally {
            both = taken.compareAndSet(turn - 1, turn);
            if (!both) {
                awaitHelper(turn);
            }
        }
        if (both) {
            halves.accept(1);
        }
        Throwable failed = failure;
        if (failed != null) {
            failure = null;
            throw new IllegalStateException("the helper's half failed", failed);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on the scheduler but the speed
    private void awaitHelper(int turn) {
        for (int looks = 1; done != turn; looks++) {
            Thread.onSpinWait();
            if (looks % (LOOKS * LOOKS) == 0) {
                Thread.yield(); // more threads than cores: let the helper have this one
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on the scheduler but the speed
    private void help(Runnable begin) {
        try {
            begin.run();
        } catch (RuntimeException | Error e) {
            failure = e; // told with the first task: without its helper the caller would wait for ever
        }
        int seen = 0;
        while (!closed) {
            long since = System.nanoTime();
            for (int looks = 1; asked == seen && !closed; looks++) {
                Thread.onSpinWait();
                if (looks % LOOKS == 0) {
                    Thread.yield(); // to whoever waits for this core
                }
                if (looks % LOOKS == 0 && System.nanoTime() - since > PATIENCE_NANOS) {
                    asleep = true;
                    if (asked == seen && !closed) { // both sides write before they read: no call is missed
                        LockSupport.park(this);
                    }
                    asleep = false;
                }
            }
            if (closed) {
                return;
            }
            seen = asked;
            if (!taken.compareAndSet(seen - 1, seen)) {
                continue; // the caller was here before
            }
            IntConsumer mine = task;
            try {
                if (mine != null) {
                    mine.accept(1);
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            done = seen;
        }
    }

    /** Ends the helper. No task may be given any more. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(helper);
    }
}
