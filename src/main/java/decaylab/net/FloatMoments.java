package decaylab.net;

/**
 * A sum and a sum of products, in eight chains side by side, since one would wait for each addition; a thousand numbers in
 * single precision, and from there on in double.
 */
final class FloatMoments {
    private static final int STRETCH = 1_024;

    private double sum;
    private double products;

    void clear() {
        sum = 0;
        products = 0;
    }

    double sum() {
        return sum;
    }

    double products() {
        return products;
    }

    /** Adds numbers, and their products with others. */
    void addProducts(float[] x, float[] y, int from, int to) {
        for (int at = from; at < to; at += STRETCH) {
            stretchOfProducts(x, y, at, Math.min(at + STRETCH, to));
        }
    }

    /** Adds distances from a centre, and their squares. */
    void addDistances(float[] x, int from, int to, float centre) {
        for (int at = from; at < to; at += STRETCH) {
            stretchOfDistances(x, at, Math.min(at + STRETCH, to), centre);
        }
    }

    private void stretchOfProducts(float[] x, float[] y, int from, int to) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        float p = 0;
        float q = 0;
        float r = 0;
        float s = 0;
        float t = 0;
        float u = 0;
        float v = 0;
        float w = 0;
        int i = from;
        for (; i + 7 < to; i += 8) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
            e += x[i + 4];
            f += x[i + 5];
            g += x[i + 6];
            h += x[i + 7];
            p = Math.fma(x[i], y[i], p);
            q = Math.fma(x[i + 1], y[i + 1], q);
            r = Math.fma(x[i + 2], y[i + 2], r);
            s = Math.fma(x[i + 3], y[i + 3], s);
            t = Math.fma(x[i + 4], y[i + 4], t);
            u = Math.fma(x[i + 5], y[i + 5], u);
            v = Math.fma(x[i + 6], y[i + 6], v);
            w = Math.fma(x[i + 7], y[i + 7], w);
        }
        for (; i < to; i++) {
            a += x[i];
            p = Math.fma(x[i], y[i], p);
        }
        sum += (double) a + b + c + d + e + f + g + h;
        products += (double) p + q + r + s + t + u + v + w;
    }

    private void stretchOfDistances(float[] x, int from, int to, float centre) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        float p = 0;
        float q = 0;
        float r = 0;
        float s = 0;
        float t = 0;
        float u = 0;
        float v = 0;
        float w = 0;
        int i = from;
        for (; i + 7 < to; i += 8) {
            float j = x[i] - centre;
            float k = x[i + 1] - centre;
            float l = x[i + 2] - centre;
            float m = x[i + 3] - centre;
            a += j;
            b += k;
            c += l;
            d += m;
            p = Math.fma(j, j, p);
            q = Math.fma(k, k, q);
            r = Math.fma(l, l, r);
            s = Math.fma(m, m, s);
            j = x[i + 4] - centre;
            k = x[i + 5] - centre;
            l = x[i + 6] - centre;
            m = x[i + 7] - centre;
            e += j;
            f += k;
            g += l;
            h += m;
            t = Math.fma(j, j, t);
            u = Math.fma(k, k, u);
            v = Math.fma(l, l, v);
            w = Math.fma(m, m, w);
        }
        for (; i < to; i++) {
            float j = x[i] - centre;
            a += j;
            p = Math.fma(j, j, p);
        }
        sum += (double) a + b + c + d + e + f + g + h;
        products += (double) p + q + r + s + t + u + v + w;
    }
}
