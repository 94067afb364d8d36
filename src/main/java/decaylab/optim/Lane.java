package decaylab.optim;

import java.util.Arrays;

/**
 * A sum over many chunks of single precision, taken so that the virtual machine vectorises it: each place of a chunk has a
 * partial sum of its own, loops only ever add place to place, and the places are added up in double precision now and then.
 * All arrays begin at the same place, and each loop has as few of them as it needs: only then are the loops vectorised.
 */
final class Lane {
    private static final int LEAST_TO_HALVE = 64;

    /** Its square lifts the smallest number there is above 1. */
    private static final float BEYOND = 1e30f;

    private final float[] sums;
    private final float[] spare;
    private int used;

    /** @param length of a chunk */
    Lane(int length) {
        sums = new float[length];
        spare = new float[length];
    }

    /** Adds the squares of a chunk. */
    void squares(float[] values, int length) {
        used = Math.max(used, length);
        float[] lane = sums;
        for (int i = 0; i < length; i++) {
            lane[i] += values[i] * values[i];
        }
    }

    /** Adds the squares of b - a to one sum and a times (b - a) to another, which is faster than one after the other. */
    static void differences(Lane squares, Lane products, float[] a, float[] b, int length) {
        squares.used = Math.max(squares.used, length);
        products.used = Math.max(products.used, length);
        float[] first = squares.sums;
        float[] second = products.sums;
        for (int i = 0; i < length; i++) {
            float x = a[i];
            float d = b[i] - x;
            first[i] += d * d;
            second[i] += x * d;
        }
    }

    /** Adds the squares of a to one sum and a times (b - c) to another. */
    static void squaresAndProducts(Lane squares, Lane products, float[] a, float[] b, float[] c, int length) {
        squares.used = Math.max(squares.used, length);
        products.used = Math.max(products.used, length);
        float[] first = squares.sums;
        float[] second = products.sums;
        for (int i = 0; i < length; i++) {
            float x = a[i];
            first[i] += x * x;
            second[i] += x * (b[i] - c[i]);
        }
    }

    /** Own becomes keep own + feed a; adds a times it. */
    void productsWithAverage(float[] own, float[] a, float keep, float feed, int length) {
        used = Math.max(used, length);
        float[] lane = sums;
        for (int i = 0; i < length; i++) {
            float x = a[i];
            float average = keep * own[i] + feed * x;
            own[i] = average;
            lane[i] += x * average;
        }
    }

    /** Adds 1 where |factor a| > |b|. Without a branch, or the loop is not vectorised: the difference is scaled beyond 1. */
    void larger(float[] a, float factor, float[] b, int length) {
        used = Math.max(used, length);
        float[] lane = sums;
        for (int i = 0; i < length; i++) {
            float more = (Math.abs(factor * a[i]) - Math.abs(b[i])) * BEYOND * BEYOND;
            lane[i] += Math.min(1, Math.max(0, more));
        }
    }

    /** Adds a times b. */
    void products(float[] a, float[] b, int length) {
        used = Math.max(used, length);
        float[] lane = sums;
        for (int i = 0; i < length; i++) {
            lane[i] += a[i] * b[i];
        }
    }

    /** The sum, half to half and at last one by one; begins anew at zero. */
    double empty() {
        int length = used;
        while (length >= LEAST_TO_HALVE) {
            int half = length / 2;
            System.arraycopy(sums, length - half, spare, 0, half);
            add(sums, spare, half);
            length -= half;
        }
        double a = 0;
        double b = 0;
        int i = 0;
        for (; i + 1 < length; i += 2) {
            a += sums[i];
            b += sums[i + 1];
        }
        if (i < length) {
            a += sums[i];
        }
        Arrays.fill(sums, 0, used, 0);
        used = 0;
        return a + b;
    }

    private static void add(float[] lane, float[] values, int length) {
        for (int i = 0; i < length; i++) {
            lane[i] += values[i];
        }
    }
}
