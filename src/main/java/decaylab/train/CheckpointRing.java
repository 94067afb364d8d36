package decaylab.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints of one run in memory, dense near the newest and thinner the further back: as many as a bound allows. One thread
 * adds, any thread reads. The vectors of a checkpoint that is given up take the next one, since to allocate them costs training
 * more time than to fill them; what is read is therefore a copy.
 */
public final class CheckpointRing {
    private final long mostBytes;
    private final int most;
    private final List<Kept> kept = new ArrayList<>();
    private final Deque<Checkpoint> spares = new ArrayDeque<>();

    /** A checkpoint, and how many are copying it. */
    private static final class Kept {
        private final Checkpoint checkpoint;
        private boolean beforeChange;
        private int readers;

        Kept(Checkpoint checkpoint) {
            this.checkpoint = checkpoint;
        }
    }

    /**
     * @param mostBytes of all vectors together; the newest checkpoint is kept however large it is
     * @param most how many, at least 2
     */
    public CheckpointRing(long mostBytes, int most) {
        if (most < 2) {
            throw new IllegalArgumentException("a ring of " + most);
        }
        this.mostBytes = mostBytes;
        this.most = most;
    }

    /** Makes room for further checkpoints like one, as many as it will ever hold. */
    void reserve(Checkpoint like) {
        long room = Math.max(1, Math.min(most, mostBytes / Math.max(1, like.bytes())));
        for (long i = 0; i <= room; i++) { // one more than it holds: the next is filled before the oldest is given up
            spares.add(like.copy());
        }
    }

    /** Vectors that nobody needs any more; null where there are none. */
    synchronized @Nullable Checkpoint spare() {
        return spares.poll();
    }

    /** Adds a checkpoint that is newer than all, and makes room for it. The ring may overwrite its vectors later. */
    public synchronized void add(Checkpoint checkpoint) {
        Kept last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
        if (last != null && last.checkpoint.step() >= checkpoint.step()) {
            throw new IllegalArgumentException(
                    "a checkpoint of step " + checkpoint.step() + " after one of " + last.checkpoint.step());
        }
        kept.add(new Kept(checkpoint));
        while (kept.size() > 1 && (kept.size() > most || bytes() > mostBytes)) {
            Kept gone = kept.remove(leastMissed());
            if (gone.readers == 0) {
                spares.add(gone.checkpoint);
            }
        }
    }

    /** Says that a change follows on the newest. */
    synchronized void changeFollows() {
        kept.get(kept.size() - 1).beforeChange = true;
    }

    private long bytes() {
        return kept.stream().mapToLong(k -> k.checkpoint.bytes()).sum();
    }

    private int leastMissed() {
        long[] steps = new long[kept.size()];
        boolean[] beforeChange = new boolean[kept.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = kept.get(i).checkpoint.step();
            beforeChange[i] = kept.get(i).beforeChange;
        }
        return Thinning.leastMissed(steps, beforeChange);
    }

    /** A copy of the newest at or before a step. */
    public Optional<Checkpoint> upTo(long step) {
        Kept found = hold(step);
        if (found == null) {
            return Optional.empty();
        }
        try { // without the lock, for which training would wait
            return Optional.of(found.checkpoint.copy());
        } finally {
            release(found);
        }
    }

    private synchronized @Nullable Kept hold(long step) {
        for (int i = kept.size() - 1; i >= 0; i--) {
            Kept each = kept.get(i);
            if (each.checkpoint.step() <= step) {
                each.readers++;
                return each;
            }
        }
        return null;
    }

    private synchronized void release(Kept held) {
        held.readers--;
    }

    /** The steps of all, rising. */
    public synchronized List<Long> steps() {
        return kept.stream().map(k -> k.checkpoint.step()).toList();
    }

    /** The steps of those before an intervention, rising. */
    public synchronized List<Long> beforeChanges() {
        return kept.stream()
                .filter(k -> k.beforeChange)
                .map(k -> k.checkpoint.step())
                .toList();
    }
}
