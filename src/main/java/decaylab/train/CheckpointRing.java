package decaylab.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checkpoints of one run in memory, dense near the newest and thinner the further back: as many as a bound allows. One thread
 * adds, any thread reads.
 */
public final class CheckpointRing {
    private final long mostBytes;
    private final int most;
    private final List<Kept> kept = new ArrayList<>();

    private record Kept(Checkpoint checkpoint, boolean beforeChange) {}

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

    /** Adds a checkpoint that is newer than all, and makes room for it. */
    public synchronized void add(Checkpoint checkpoint) {
        Kept last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
        if (last != null && last.checkpoint.step() >= checkpoint.step()) {
            throw new IllegalArgumentException(
                    "a checkpoint of step " + checkpoint.step() + " after one of " + last.checkpoint.step());
        }
        kept.add(new Kept(checkpoint, false));
        while (kept.size() > 1 && (kept.size() > most || bytes() > mostBytes)) {
            kept.remove(leastMissed());
        }
    }

    /** Says that a change follows on the newest. */
    synchronized void changeFollows() {
        int last = kept.size() - 1;
        kept.set(last, new Kept(kept.get(last).checkpoint, true));
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

    /** The newest at or before a step. */
    public synchronized Optional<Checkpoint> upTo(long step) {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (kept.get(i).checkpoint.step() <= step) {
                return Optional.of(kept.get(i).checkpoint);
            }
        }
        return Optional.empty();
    }

    /** All, the oldest first. */
    public synchronized List<Checkpoint> all() {
        return kept.stream().map(Kept::checkpoint).toList();
    }

    /** The steps of those before an intervention, the oldest first. */
    public synchronized List<Long> beforeChanges() {
        return kept.stream()
                .filter(Kept::beforeChange)
                .map(k -> k.checkpoint.step())
                .toList();
    }
}
