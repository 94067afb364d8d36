package decaylab.train;

import decaylab.optim.FlatArray;

/**
 * The last steps of an environment, a row each: what was seen, what was done, what it earned, whether the episode ended with it,
 * and what was seen then. The oldest are overwritten.
 */
final class ReplayBuffer {
    /** Action, reward and end. */
    private static final int FURTHER = 3;

    private final int capacity;
    private final int features;
    private final int width;
    private final float[] rows;
    private final FlatArray vector;

    ReplayBuffer(int capacity, int features) {
        this.capacity = capacity;
        this.features = features;
        width = 2 * features + FURTHER;
        rows = new float[Math.multiplyExact(capacity, width)];
        vector = new FlatArray.OfFloat(rows);
    }

    /** Bytes that one takes. */
    static double bytes(int capacity, int features) {
        return (double) Float.BYTES * capacity * (2 * features + FURTHER);
    }

    /** All that it holds, live. */
    FlatArray vector() {
        return vector;
    }

    /** How many rows can be drawn from after so many steps. */
    int filled(long steps) {
        return (int) Math.min(capacity, steps);
    }

    /** Where the observation of a step goes that is about to be done. */
    int seenBefore(long step) {
        return (int) (step % capacity) * width;
    }

    /** Where the observation goes that the step led to. */
    int seenAfter(long step) {
        return seenBefore(step) + features + FURTHER;
    }

    /** The array that observations go into. */
    float[] rows() {
        return rows;
    }

    /** Notes what was done in a step. */
    void note(long step, int action, double reward, boolean terminated) {
        int at = seenBefore(step) + features;
        rows[at] = action;
        rows[at + 1] = (float) reward;
        rows[at + 2] = terminated ? 1 : 0;
    }

    /** Copies a row into the places of a mini-batch. */
    void draw(int row, int place, Drawn into) {
        int at = row * width;
        System.arraycopy(rows, at, into.before, place * features, features);
        into.actions[place] = (int) rows[at + features];
        into.rewards[place] = rows[at + features + 1];
        into.terminated[place] = rows[at + features + 2] != 0;
        System.arraycopy(rows, at + features + FURTHER, into.after, place * features, features);
    }

    /** A mini-batch. */
    static final class Drawn {
        final float[] before;
        final int[] actions;
        final double[] rewards;
        final boolean[] terminated;
        final float[] after;

        Drawn(int size, int features) {
            before = new float[size * features];
            actions = new int[size];
            rewards = new double[size];
            terminated = new boolean[size];
            after = new float[size * features];
        }
    }
}
