package decaylab.optim;

import java.util.Arrays;

/**
 * The sums of many chunks of single precision, taken so that the virtual machine vectorises them: each place of a chunk has
 * a lane of its own, loops only ever add lane to lane, and the lanes are added up in double precision now and then. Twice
 * as fast as one double-precision chain, and as exact to about 1e-8.
 */
final class LaneSums {
    /** Additions to a lane before it is emptied: enough to make emptying cheap, too few to lose digits. */
    private static final int MOST_CHUNKS = 64;

    private static final int LEAST_TO_HALVE = 64;

    private final float[] after;
    private final float[] slope;
    private final float[][] lanes = new float[4][];
    private int chunks;
    private int used;

    /** @param length of a chunk */
    LaneSums(int length) {
        after = new float[length];
        slope = new float[length];
        Arrays.setAll(lanes, i -> new float[length]);
    }

    /**
     * Adds a chunk.
     *
     * @param before the weights before the step, from 0
     * @param from first place of weights and gradient
     * @param length of this chunk, at most a chunk's
     * @param scale of the gradient
     */
    void add(float[] weights, float[] before, float[] gradient, int from, int length, double scale, BlockSums into) {
        // Copied so that all arrays begin at the same place: only then are the loops vectorised.
        System.arraycopy(weights, from, after, 0, length);
        System.arraycopy(gradient, from, slope, 0, length);
        squares(lanes[0], before, length);
        squares(lanes[1], slope, length);
        squaredDifferences(lanes[2], after, before, length);
        productsWithDifferences(lanes[3], before, after, length);
        used = Math.max(used, length);
        chunks++;
        if (chunks == MOST_CHUNKS) {
            empty(scale, into);
        }
    }

    /** Adds what the lanes hold to the sums. */
    void empty(double scale, BlockSums into) {
        double squares = total(lanes[0]);
        double changes = total(lanes[2]);
        double products = total(lanes[3]);
        into.weightsBefore += squares;
        into.gradient += total(lanes[1]) * scale * scale;
        into.change += changes;
        into.weightsTimesChange += products;
        into.weightsAfter += squares + 2 * products + changes;
        chunks = 0;
        used = 0;
    }

    // Each loop by itself, with as few arrays as it needs: with more the virtual machine does not vectorise it.

    private static void squares(float[] lane, float[] values, int length) {
        for (int i = 0; i < length; i++) {
            lane[i] += values[i] * values[i];
        }
    }

    private static void squaredDifferences(float[] lane, float[] a, float[] b, int length) {
        for (int i = 0; i < length; i++) {
            float d = a[i] - b[i];
            lane[i] += d * d;
        }
    }

    private static void productsWithDifferences(float[] lane, float[] a, float[] b, int length) {
        for (int i = 0; i < length; i++) {
            lane[i] += a[i] * (b[i] - a[i]);
        }
    }

    /** The sum of a lane's places, half to half and at last one by one; empties it. */
    private double total(float[] lane) {
        int length = used;
        while (length >= LEAST_TO_HALVE) {
            int half = length / 2;
            System.arraycopy(lane, length - half, slope, 0, half);
            add(lane, slope, half);
            length -= half;
        }
        double a = 0;
        double b = 0;
        int i = 0;
        for (; i + 1 < length; i += 2) {
            a += lane[i];
            b += lane[i + 1];
        }
        if (i < length) {
            a += lane[i];
        }
        Arrays.fill(lane, 0, used, 0);
        return a + b;
    }

    private static void add(float[] lane, float[] values, int length) {
        for (int i = 0; i < length; i++) {
            lane[i] += values[i];
        }
    }
}
