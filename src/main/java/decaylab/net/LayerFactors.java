package decaylab.net;

import decaylab.optim.FlatArray;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The Kronecker factors of one layer's curvature, C = A x S: A the second moment of its inputs, to which a 1 is appended where it
 * has a bias, and S that of the errors at its sums. Running values stand in flat vectors of the caller, so that they are a part
 * of the run's state; this class knows where.
 */
final class LayerFactors implements LayerTap {
    private final int inputs;
    private final int ofA;
    private final int ofS;
    private final int weightsAt;
    private final int biasAt;
    private final int at;
    private final DataType type;
    private final Matrix moments;
    private final Matrix sums;
    private Matrix ones;
    private int rows;
    private Matrix[] pieces = {};
    private double[] line;
    private final Matrix inverseOfA;
    private final Matrix inverseOfS;
    private final Matrix gradient;
    private final Matrix between;

    /**
     * @param inputs fan-in
     * @param units outputs
     * @param weightsAt where its weights begin in the flat vector of parameters, a row for each unit
     * @param biasAt where its biases do; -1 where it has none
     * @param at where its factors begin in their flat vector
     */
    LayerFactors(DataType type, int inputs, int units, int weightsAt, int biasAt, int at) {
        this.type = type;
        this.inputs = inputs;
        this.weightsAt = weightsAt;
        this.biasAt = biasAt;
        this.at = at;
        ofA = inputs + (biasAt < 0 ? 0 : 1);
        ofS = units;
        moments = Matrix.of(type, inputs, inputs);
        sums = Matrix.of(type, 1, inputs);
        ones = Matrix.of(type, 1, 1);
        inverseOfA = Matrix.of(type, ofA, ofA);
        inverseOfS = Matrix.of(type, ofS, ofS);
        gradient = Matrix.of(type, ofS, ofA);
        between = Matrix.of(type, ofS, ofA);
        line = new double[inputs];
    }

    /** How many numbers both factors have. */
    int length() {
        return ofA * ofA + ofS * ofS;
    }

    private int at(int row, int column) {
        return at + row * ofA + column;
    }

    private int ofErrors(int row, int column) {
        return at + ofA * ofA + row * ofS + column;
    }

    /** Sums over the batch that went through last. */
    @Override
    public void take(Matrix in, Matrix[] errors) {
        if (in.rows() != rows) {
            rows = in.rows();
            ones = Matrix.of(type, 1, rows);
            for (int i = 0; i < rows; i++) {
                ones.set(0, i, 1);
            }
            ones.push();
        }
        moments.multiply(in, true, in, false, false);
        moments.pull();
        if (biasAt >= 0) {
            sums.multiply(ones, false, in, false, false);
            sums.pull();
        }
        int parts = errors.length;
        if (pieces.length != parts * parts) {
            pieces = new Matrix[parts * parts];
            for (int p = 0; p < parts; p++) {
                for (int q = 0; q < parts; q++) {
                    pieces[p * parts + q] = Matrix.of(type, errors[p].columns(), errors[q].columns());
                }
            }
        }
        for (int p = 0; p < parts; p++) {
            for (int q = 0; q < parts; q++) {
                pieces[p * parts + q].multiply(errors[p], true, errors[q], false, false);
                pieces[p * parts + q].pull();
            }
        }
    }

    /** Both factors = keep times what they were + feed times the mean over the batch that was taken last. */
    void blend(FlatArray factors, double keep, double feed) {
        double share = feed / rows;
        for (int i = 0; i < inputs; i++) {
            moments.copyRows(i, 1, line);
            for (int j = 0; j < inputs; j++) {
                blend(factors, at(i, j), keep, share * line[j]);
            }
        }
        if (biasAt >= 0) {
            sums.copyRows(0, 1, line);
            for (int j = 0; j < inputs; j++) {
                blend(factors, at(inputs, j), keep, share * line[j]);
                blend(factors, at(j, inputs), keep, share * line[j]);
            }
            blend(factors, at(inputs, inputs), keep, feed);
        }
        int parts = (int) Math.sqrt(pieces.length);
        int top = 0;
        for (int p = 0; p < parts; p++) {
            int left = 0;
            Matrix first = pieces[p * parts];
            for (int q = 0; q < parts; q++) {
                Matrix piece = pieces[p * parts + q];
                for (int i = 0; i < piece.rows(); i++) {
                    for (int j = 0; j < piece.columns(); j++) {
                        blend(factors, ofErrors(top + i, left + j), keep, share * piece.get(i, j));
                    }
                }
                left += piece.columns();
            }
            top += first.rows();
        }
    }

    private static void blend(FlatArray factors, int at, double keep, double added) {
        factors.set(at, (keep == 0 ? 0 : keep * factors.get(at)) + added);
    }

    /** The traces of both factors. */
    double[] traces(FlatArray factors) {
        double a = 0;
        for (int i = 0; i < ofA; i++) {
            a += factors.get(at(i, i));
        }
        double s = 0;
        for (int i = 0; i < ofS; i++) {
            s += factors.get(ofErrors(i, i));
        }
        return new double[] {a, s};
    }

    /** The mean eigenvalue of A x S. */
    double meanEigenvalue(FlatArray factors) {
        double[] traces = traces(factors);
        return traces[0] / ofA * (traces[1] / ofS);
    }

    /**
     * Inverts both factors with their shares of the damping gamma, (A + pi sqrt(gamma) I)^-1 and (S + sqrt(gamma) / pi I)^-1 with
     * pi = sqrt((tr A / dim A) / (tr S / dim S)) (Martens and Grosse 2015, section 6.3).
     *
     * @param into receives them at the places of the factors
     */
    void invert(FlatArray factors, FlatArray into, double damping) {
        double[] traces = traces(factors);
        double ratio = traces[0] / ofA / (traces[1] / ofS);
        // Where nothing arrives at a layer, as with dead units, the shares are equal.
        double pi = ratio > 0 && ratio < Double.POSITIVE_INFINITY ? Math.sqrt(ratio) : 1;
        double root = Math.sqrt(damping);
        invert(factors, into, at, ofA, pi * root);
        invert(factors, into, at + ofA * ofA, ofS, root / pi);
        use(into);
    }

    private static void invert(FlatArray factors, FlatArray into, int from, int n, double added) {
        try (PositiveInverse inverse = new PositiveInverse(n)) {
            double[] values = inverse.values();
            for (int i = 0; i < n * n; i++) {
                values[i] = factors.get(from + i);
            }
            for (int i = 0; i < n; i++) {
                values[i * n + i] += added;
            }
            boolean found = inverse.invert();
            for (int i = 0; i < n * n; i++) {
                into.set(from + i, found ? values[i] : Double.NaN);
            }
        }
    }

    /** Has the next products made with these inverses. */
    void use(FlatArray inverses) {
        fill(inverseOfA, inverses, at);
        fill(inverseOfS, inverses, at + ofA * ofA);
    }

    private static void fill(Matrix matrix, FlatArray from, int first) {
        int columns = matrix.columns();
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, from.get(first + i * columns + j));
            }
        }
        matrix.push();
    }

    /** The layer's part of a vector becomes S^-1 G A^-1, G being its weights' part with its biases' as the last column. */
    void precondition(FlatArray vector) {
        gather(vector);
        between.multiply(inverseOfS, false, gradient, false, false);
        gradient.multiply(between, false, inverseOfA, false, false);
        gradient.pull();
        for (int i = 0; i < ofS; i++) {
            for (int j = 0; j < inputs; j++) {
                vector.set(weightsAt + i * inputs + j, gradient.get(i, j));
            }
            if (biasAt >= 0) {
                vector.set(biasAt + i, gradient.get(i, inputs));
            }
        }
    }

    private void gather(FlatArray vector) {
        for (int i = 0; i < ofS; i++) {
            for (int j = 0; j < inputs; j++) {
                gradient.set(i, j, vector.get(weightsAt + i * inputs + j));
            }
            if (biasAt >= 0) {
                gradient.set(i, inputs, vector.get(biasAt + i));
            }
        }
        gradient.push();
    }

    /**
     * theta^T (A x S) theta of the layer's weights and biases. The matrices of the products are used for it, so that
     * {@link #use} has to follow before the next {@link #precondition}.
     */
    double squaredNorm(FlatArray factors, FlatArray parameters) {
        use(factors);
        gather(parameters);
        between.multiply(inverseOfS, false, gradient, false, false);
        Matrix twice = Matrix.of(type, ofS, ofA);
        twice.multiply(between, false, inverseOfA, false, false);
        twice.pull();
        double sum = 0;
        for (int i = 0; i < ofS; i++) {
            for (int j = 0; j < ofA; j++) {
                sum += twice.get(i, j) * gradient.get(i, j);
            }
        }
        return sum;
    }
}
