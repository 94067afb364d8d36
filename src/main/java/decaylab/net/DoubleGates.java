package decaylab.net;

/** In double precision, to the last digits: for identities, not for speed. */
final class DoubleGates extends Gates {
    /** 1 / (1 + exp(-x)). */
    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Override
    void tanh(Matrix values) {
        double[] x = DoubleMatrix.of(values);
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.tanh(x[i]);
        }
    }

    @Override
    void sigmoid(Matrix values) {
        double[] x = DoubleMatrix.of(values);
        for (int i = 0; i < x.length; i++) {
            x[i] = sigmoid(x[i]);
        }
    }

    @Override
    void cell(Matrix cell, Matrix f, Matrix before, Matrix g, Matrix a) {
        double[] c = DoubleMatrix.of(cell);
        double[] forget = DoubleMatrix.of(f);
        double[] old = DoubleMatrix.of(before);
        double[] let = DoubleMatrix.of(g);
        double[] value = DoubleMatrix.of(a);
        for (int i = 0; i < c.length; i++) {
            c[i] = forget[i] * old[i] + let[i] * value[i];
        }
    }

    @Override
    void output(Matrix output, Matrix o, Matrix cell, Matrix squashed) {
        double[] h = DoubleMatrix.of(output);
        double[] let = DoubleMatrix.of(o);
        double[] c = DoubleMatrix.of(cell);
        double[] t = DoubleMatrix.of(squashed);
        for (int i = 0; i < t.length; i++) {
            t[i] = Math.tanh(c[i]);
        }
        for (int i = 0; i < t.length; i++) {
            h[i] = let[i] * t[i];
        }
    }

    @Override
    void backToCell(Matrix cellSlope, Matrix slope, Matrix o, Matrix squashed) {
        double[] ofCell = DoubleMatrix.of(cellSlope);
        double[] above = DoubleMatrix.of(slope);
        double[] let = DoubleMatrix.of(o);
        double[] t = DoubleMatrix.of(squashed);
        for (int i = 0; i < t.length; i++) {
            ofCell[i] += above[i] * let[i] * (1 - t[i] * t[i]);
        }
    }

    @Override
    void backThroughGate(Matrix into, Matrix slope, Matrix other, Matrix gate) {
        double[] below = DoubleMatrix.of(into);
        double[] above = DoubleMatrix.of(slope);
        double[] factor = DoubleMatrix.of(other);
        double[] let = DoubleMatrix.of(gate);
        for (int i = 0; i < let.length; i++) {
            below[i] = above[i] * factor[i] * (let[i] * (1 - let[i]));
        }
    }

    @Override
    void backThroughValue(Matrix into, Matrix slope, Matrix g, Matrix a) {
        double[] below = DoubleMatrix.of(into);
        double[] above = DoubleMatrix.of(slope);
        double[] let = DoubleMatrix.of(g);
        double[] value = DoubleMatrix.of(a);
        for (int i = 0; i < let.length; i++) {
            below[i] = above[i] * let[i] * (1 - value[i] * value[i]);
        }
    }

    @Override
    void scale(Matrix values, Matrix factor) {
        double[] x = DoubleMatrix.of(values);
        double[] y = DoubleMatrix.of(factor);
        for (int i = 0; i < x.length; i++) {
            x[i] *= y[i];
        }
    }
}
