package decaylab.optim;

/** A flat vector in the run's precision: parameters, a gradient or an optimiser's buffer. */
public sealed interface FlatArray {
    int length();

    /** Value i, exactly. */
    double get(int i);

    /** Sets value i, rounded to the vector's precision. */
    void set(int i, double value);

    /** An independent copy. */
    FlatArray copy();

    /** A vector of zeros of this precision. */
    FlatArray zeros(int length);

    /** Takes over the values of a vector of the same precision and length. */
    void assign(FlatArray other);

    /** Single precision. */
    record OfFloat(float[] values) implements FlatArray {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public double get(int i) {
            return values[i];
        }

        @Override
        public void set(int i, double value) {
            values[i] = (float) value;
        }

        @Override
        public OfFloat copy() {
            return new OfFloat(values.clone());
        }

        @Override
        public OfFloat zeros(int length) {
            return new OfFloat(new float[length]);
        }

        @Override
        public void assign(FlatArray other) {
            System.arraycopy(((OfFloat) other).values, 0, values, 0, values.length);
        }
    }

    /** Double precision. */
    record OfDouble(double[] values) implements FlatArray {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public double get(int i) {
            return values[i];
        }

        @Override
        public void set(int i, double value) {
            values[i] = value;
        }

        @Override
        public OfDouble copy() {
            return new OfDouble(values.clone());
        }

        @Override
        public OfDouble zeros(int length) {
            return new OfDouble(new double[length]);
        }

        @Override
        public void assign(FlatArray other) {
            System.arraycopy(((OfDouble) other).values, 0, values, 0, values.length);
        }
    }
}
