package decaylab.train;

/**
 * When checkpoints of a run are taken: before every change, and as often as costs little. For the thread that trains; the
 * ring may be read from any.
 */
public final class Checkpoints {
    /** Between two checkpoints, in nanoseconds of training: doing that much again goes unnoticed. */
    private static final long INTERVAL_NANOS = 50_000_000L;

    /** The share of the time that checkpoints may take. */
    private static final double MOST_SHARE = 0.02;

    private static final int MOST = 64;
    private static final long LARGE_BYTES = 8L << 20;
    private static final long SHARE_OF_MEMORY = 32;

    private final CheckpointRing ring = new CheckpointRing(Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY, MOST);
    private long due = System.nanoTime();
    private long lastStep = -1;

    /** Those that are kept. */
    public CheckpointRing ring() {
        return ring;
    }

    /** To be called before the first step: gets memory for large checkpoints, which takes longer than to fill it. */
    public void prepare(Trainer trainer) {
        Checkpoint like = trainer.state();
        if (like.bytes() >= LARGE_BYTES) {
            ring.reserve(like);
        }
    }

    /** To be called before a step: takes a checkpoint where one is due, or a planned change is. */
    public void beforeStep(Trainer trainer) {
        if (trainer.changeIsDue()) {
            beforeChange(trainer);
        } else if (System.nanoTime() - due >= 0) {
            take(trainer);
        }
    }

    /** To be called before a change that was not planned. */
    public void beforeChange(Trainer trainer) {
        take(trainer);
        ring.changeFollows();
    }

    /** To be called when no further step will come: a run that has ended can be continued from there, or looked at. */
    public void atEnd(Trainer trainer) {
        if (trainer.divergence().isEmpty()) { // from a state that is no longer finite nothing goes on
            take(trainer);
        }
    }

    /** Two changes at one step have one checkpoint before them. Between the steps of parts on threads of their own there is no state. */
    private void take(Trainer trainer) {
        if (trainer.step() == lastStep || !trainer.settled()) {
            return;
        }
        long start = System.nanoTime();
        Checkpoint spare = ring.spare();
        ring.add(spare == null ? trainer.checkpoint() : trainer.checkpoint(spare));
        long end = System.nanoTime();
        lastStep = trainer.step();
        due = end + Math.max(INTERVAL_NANOS, (long) ((end - start) / MOST_SHARE));
    }
}
