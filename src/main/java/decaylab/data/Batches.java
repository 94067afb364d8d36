package decaylab.data;

import decaylab.random.CounterRandom;

/**
 * The mini-batches of a run: every epoch visits each example once, in an order drawn anew. A pure function of seed and
 * step, so that a checkpoint needs to keep nothing. The last batch of an epoch is smaller where the batch size does not
 * divide the number of examples; a single example left over joins the batch before it, because batch normalisation cannot
 * work on one.
 */
public final class Batches {
    private final int examples;
    private final int batchSize;
    private final long stepsPerEpoch;
    private final CounterRandom random;
    private long epochOfOrder = -1;
    private int[] order = new int[0];

    /**
     * @param examples in the training set, at least 1
     * @param batchSize at least 1
     * @param seed of the order
     */
    public Batches(int examples, int batchSize, long seed) {
        if (examples < 1 || batchSize < 1) {
            throw new IllegalArgumentException(examples + " examples in batches of " + batchSize);
        }
        this.examples = examples;
        this.batchSize = batchSize;
        long whole = (examples + (long) batchSize - 1) / batchSize;
        boolean oneLeft = batchSize > 1 && whole > 1 && examples % batchSize == 1;
        stepsPerEpoch = oneLeft ? whole - 1 : whole;
        random = CounterRandom.of(seed, "order");
    }

    /** Steps in which every example is visited once. */
    public long stepsPerEpoch() {
        return stepsPerEpoch;
    }

    /** The largest size of a batch. */
    public int maxSize() {
        int most = 0;
        most = Math.max(most, size(0));
        return Math.max(most, size(stepsPerEpoch - 1));
    }

    /** The number of examples of a step's batch. */
    public int size(long step) {
        long inEpoch = step % stepsPerEpoch;
        int first = (int) (inEpoch * batchSize);
        return inEpoch == stepsPerEpoch - 1 ? examples - first : batchSize;
    }

    /**
     * The examples of a step's batch. For one thread at a time.
     *
     * @param into receives {@link #size} indices
     */
    public void indices(long step, int[] into) {
        long epoch = step / stepsPerEpoch;
        if (epoch != epochOfOrder) {
            order = random.split(epoch).permutation(examples);
            epochOfOrder = epoch;
        }
        System.arraycopy(order, (int) (step % stepsPerEpoch * batchSize), into, 0, size(step));
    }
}
