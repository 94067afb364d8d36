package decaylab.net;

import decaylab.experiment.Activation;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.pointers.PagedPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A matrix of single precision. */
final class FloatMatrix extends Matrix {
    private final FloatPointer memory;
    private final float[] values;
    private final FloatMoments moments = new FloatMoments();
    /** As long as the values, once they are needed. */
    private float[] spare = {};

    private float[] other = {};
    /** From one row to the next in native memory. */
    private final int stride;

    FloatMatrix(int rows, int columns) {
        this(new FloatPointer((long) rows * columns), rows, columns);
    }

    FloatMatrix(INDArray array, int rows, int columns) {
        this(memoryOf(array), rows, columns);
    }

    private FloatMatrix(FloatPointer memory, int rows, int columns) {
        this(memory, rows, columns, columns, new float[rows * columns]);
    }

    private FloatMatrix(FloatPointer memory, int rows, int columns, int stride, float[] values) {
        super(rows, columns);
        this.memory = memory;
        this.stride = stride;
        this.values = values;
    }

    static FloatMatrix inNativeMemory(INDArray array, int rows, int columns) {
        return new FloatMatrix(memoryOf(array), rows, columns, columns, new float[0]);
    }

    static FloatMatrix inNativeMemory(int rows, int columns) {
        return new FloatMatrix(new FloatPointer((long) rows * columns), rows, columns, columns, new float[0]);
    }

    static FloatMatrix inHeap(int rows, int columns) {
        return new FloatMatrix(new FloatPointer(), rows, columns);
    }

    /** A view's buffer begins where the whole does. */
    private static FloatPointer memoryOf(INDArray array) {
        return new PagedPointer(array.data().address()).asFloatPointer().getPointer(array.offset());
    }

    @Override
    Matrix rowsFrom(int first, int count) {
        return new FloatMatrix(memory.getPointer((long) first * columns()), count, columns());
    }

    @Override
    Matrix rowsInNativeMemory(int first, int count) {
        FloatPointer start = memory.getPointer((long) first * stride);
        return new FloatMatrix(start, count, columns(), stride, new float[0]);
    }

    @Override
    Matrix columnsInNativeMemory(int first, int count) {
        return new FloatMatrix(memory.getPointer(first), rows(), count, stride, new float[0]);
    }

    @Override
    Matrix asRow() {
        return new FloatMatrix(memory, 1, values.length);
    }

    @Override
    Matrix inRowsInNativeMemory(int count) {
        if (stride != columns()) {
            throw new IllegalStateException("rows with gaps between them");
        }
        int wide = rows() * columns() / count;
        return new FloatMatrix(memory, count, wide, wide, new float[0]);
    }

    @Override
    void pull() {
        memory.get(values);
    }

    @Override
    void push() {
        memory.put(values);
    }

    @Override
    void pushTo(Matrix other) {
        ((FloatMatrix) other).memory.put(values);
    }

    @Override
    void pullFrom(Matrix other) {
        ((FloatMatrix) other).memory.get(values);
    }

    @Override
    double get(int row, int column) {
        return values[row * columns() + column];
    }

    @Override
    void set(int row, int column, double value) {
        values[row * columns() + column] = (float) value;
    }

    static float[] of(Matrix matrix) {
        return ((FloatMatrix) matrix).values;
    }

    @Override
    void multiply(Matrix a, boolean transposeA, Matrix b, boolean transposeB, boolean keep) {
        openblas_nolapack.cblas_sgemm(
                openblas_nolapack.CblasRowMajor,
                transposeA ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                transposeB ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
                rows(),
                columns(),
                transposeA ? a.rows() : a.columns(),
                1,
                ((FloatMatrix) a).memory,
                ((FloatMatrix) a).stride,
                ((FloatMatrix) b).memory,
                ((FloatMatrix) b).stride,
                keep ? 1 : 0,
                memory,
                stride);
    }

    private void makeSpares() {
        if (spare.length != values.length) {
            spare = new float[values.length];
            other = new float[values.length];
        }
    }

    @Override
    void means(Matrix means) {
        sums(means);
        share(of(means));
    }

    @Override
    void meanSquares(Matrix means) {
        products(this, means);
        share(of(means));
    }

    private void share(float[] sums) {
        float share = 1f / rows();
        for (int j = 0; j < sums.length; j++) {
            sums[j] *= share;
        }
    }

    @Override
    void inverseDeviations(Matrix variances, double epsilon) {
        float[] variance = of(variances);
        for (int j = 0; j < values.length; j++) {
            values[j] = (float) (1 / Math.sqrt(variance[j] + epsilon));
        }
    }

    @Override
    void centre(Matrix means) {
        makeSpares();
        FloatRows.repeat(of(means), spare);
        for (int i = 0; i < values.length; i++) {
            values[i] -= spare[i];
        }
    }

    @Override
    void scale(Matrix factors) {
        makeSpares();
        FloatRows.repeat(of(factors), spare);
        for (int i = 0; i < values.length; i++) {
            values[i] *= spare[i];
        }
    }

    @Override
    void activate(Matrix into, int firstColumn, @Nullable Matrix scale, @Nullable Matrix shift, Activation activation) {
        makeSpares();
        System.arraycopy(values, 0, other, 0, values.length);
        if (scale != null) {
            FloatRows.repeat(of(scale), spare);
            for (int i = 0; i < other.length; i++) {
                other[i] *= spare[i];
            }
        }
        if (shift != null) {
            FloatRows.repeat(of(shift), spare);
            for (int i = 0; i < other.length; i++) {
                other[i] += spare[i];
            }
        }
        switch (activation) {
            case RELU -> {
                for (int i = 0; i < other.length; i++) {
                    other[i] = Math.max(0, other[i]);
                }
            }
            case TANH -> {
                for (int i = 0; i < other.length; i++) {
                    other[i] = FloatGates.tanh(other[i]);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < other.length; i++) {
                    other[i] = FloatGates.sigmoid(other[i]);
                }
            }
            case IDENTITY -> {}
        }
        float[] out = of(into);
        for (int row = 0; row < rows(); row++) {
            System.arraycopy(other, row * columns(), out, row * into.columns() + firstColumn, columns());
        }
    }

    @Override
    void throughActivation(Matrix gradient, Matrix outputs, int firstColumn, Activation activation) {
        float[] slope = of(gradient);
        float[] out = of(outputs);
        if (outputs.columns() == columns()) {
            throughActivation(slope, out, activation);
            return;
        }
        makeSpares();
        for (int row = 0; row < rows(); row++) {
            int from = row * outputs.columns() + firstColumn;
            System.arraycopy(slope, from, spare, row * columns(), columns());
            System.arraycopy(out, from, other, row * columns(), columns());
        }
        throughActivation(spare, other, activation);
    }

    private void throughActivation(float[] slope, float[] out, Activation activation) {
        switch (activation) {
            case RELU -> {
                for (int i = 0; i < values.length; i++) {
                    // 1 above zero and 0 at zero, without a branch that would keep the loop from being vectorised.
                    values[i] = slope[i] * Math.min(1, out[i] * 1e38f);
                }
            }
            case TANH -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = slope[i] * (1 - out[i] * out[i]);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = slope[i] * out[i] * (1 - out[i]);
                }
            }
            case IDENTITY -> System.arraycopy(slope, 0, values, 0, values.length);
        }
    }

    @Override
    void throughSoftmax(Matrix probabilities) {
        float[] p = of(probabilities);
        int width = columns();
        for (int from = 0; from < values.length; from += width) {
            double sum = 0;
            for (int i = from; i < from + width; i++) {
                sum += p[i] * values[i];
            }
            float mean = (float) sum;
            for (int i = from; i < from + width; i++) {
                values[i] = p[i] * (values[i] - mean);
            }
        }
    }

    @Override
    void addToRows(Matrix row) {
        makeSpares();
        FloatRows.repeat(of(row), spare);
        for (int i = 0; i < values.length; i++) {
            values[i] += spare[i];
        }
    }

    @Override
    void copyRows(int first, int count, double[] into) {
        int at = first * columns();
        for (int i = 0; i < count * columns(); i++) {
            into[i] = values[at + i];
        }
    }

    @Override
    void takeRows(int first, int count, double[] from) {
        int at = first * columns();
        for (int i = 0; i < count * columns(); i++) {
            values[at + i] = (float) from[i];
        }
    }

    @Override
    void copyInto(Matrix wider, int firstColumn) {
        float[] out = of(wider);
        int width = columns();
        for (int row = 0; row < rows(); row++) {
            System.arraycopy(values, row * width, out, row * wider.columns() + firstColumn, width);
        }
    }

    @Override
    void takeRows(Matrix table, int[] numbers, int from, int firstColumn) {
        float[] in = of(table);
        int width = columns();
        for (int row = 0; row < rows(); row++) {
            System.arraycopy(in, numbers[from + row] * table.columns() + firstColumn, values, row * width, width);
        }
    }

    @Override
    void addRowsTo(Matrix table, int[] numbers, int from) {
        float[] sums = of(table);
        int width = columns();
        for (int row = 0, at = 0; row < rows(); row++, at += width) {
            int to = numbers[from + row] * width;
            for (int j = 0; j < width; j++) {
                sums[to + j] += values[at + j];
            }
        }
    }

    @Override
    void clear() {
        Arrays.fill(values, 0);
    }

    @Override
    void clearRow(int row) {
        Arrays.fill(values, row * columns(), (row + 1) * columns(), 0);
    }

    @Override
    void channelMoments(Matrix means, Matrix squares) {
        float[] mean = of(means);
        float[] square = of(squares);
        Arrays.fill(mean, 0);
        Arrays.fill(square, 0);
        int width = columns();
        for (int row = 0; row < rows(); row++) {
            int channel = row % mean.length;
            int before = row / mean.length;
            // Of distances from one of the row's own numbers: so small that their squares lose no digits.
            float centre = values[row * width];
            moments.clear();
            moments.addDistances(values, row * width, (row + 1) * width, centre);
            double sum = moments.sum();
            double apart = centre + sum / width - mean[channel];
            // Two means and sums of squares as one (Chan, Golub and LeVeque 1983).
            mean[channel] += (float) (apart / (before + 1));
            square[channel] += (float) (Math.max(0, moments.products() - sum * sum / width)
                    + apart * apart * width * before / (before + 1));
        }
    }

    @Override
    void channelSums(Matrix sums) {
        float[] sum = of(sums);
        Arrays.fill(sum, 0);
        int width = columns();
        for (int row = 0; row < rows(); row++) {
            sum[row % sum.length] += (float) sumOf(values, row * width, (row + 1) * width);
        }
    }

    /** Four chains side by side: one would wait for each addition. */
    private static double sumOf(float[] values, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        for (; i < to; i++) {
            a += values[i];
        }
        return a + b + (c + d);
    }

    @Override
    void channelSumsAndProducts(Matrix other, Matrix sums, Matrix products) {
        float[] factors = of(other);
        float[] sum = of(sums);
        float[] product = of(products);
        Arrays.fill(sum, 0);
        Arrays.fill(product, 0);
        int width = columns();
        for (int row = 0; row < rows(); row++) {
            moments.clear();
            moments.addProducts(values, factors, row * width, (row + 1) * width);
            sum[row % sum.length] += (float) moments.sum();
            product[row % sum.length] += (float) moments.products();
        }
    }

    @Override
    void standardizeChannels(Matrix means, Matrix inverses) {
        float[] mean = of(means);
        float[] inverse = of(inverses);
        int width = columns();
        for (int row = 0; row < rows(); row++) {
            float centre = mean[row % mean.length];
            float factor = inverse[row % mean.length];
            for (int i = row * width; i < (row + 1) * width; i++) {
                values[i] = (values[i] - centre) * factor;
            }
        }
    }

    @Override
    void activateChannels(Matrix into, @Nullable Matrix scale, @Nullable Matrix shift, Activation activation) {
        float[] out = of(into);
        int width = columns();
        for (int row = 0; row < rows(); row++) {
            float factor = scale == null ? 1 : of(scale)[row % of(scale).length];
            float summand = shift == null ? 0 : of(shift)[row % of(shift).length];
            int from = row * width;
            int to = from + width;
            switch (activation) {
                case RELU -> {
                    for (int i = from; i < to; i++) {
                        out[i] = Math.max(0, values[i] * factor + summand);
                    }
                }
                case TANH -> {
                    for (int i = from; i < to; i++) {
                        out[i] = FloatGates.tanh(values[i] * factor + summand);
                    }
                }
                case SIGMOID -> {
                    for (int i = from; i < to; i++) {
                        out[i] = FloatGates.sigmoid(values[i] * factor + summand);
                    }
                }
                case IDENTITY -> {
                    for (int i = from; i < to; i++) {
                        out[i] = values[i] * factor + summand;
                    }
                }
            }
        }
    }

    @Override
    void throughChannelActivation(
            Matrix gradient, Matrix linear, @Nullable Matrix scale, @Nullable Matrix shift, Activation activation) {
        float[] slope = of(gradient);
        float[] x = of(linear);
        int width = columns();
        for (int row = 0; row < rows(); row++) {
            float factor = scale == null ? 1 : of(scale)[row % of(scale).length];
            float summand = shift == null ? 0 : of(shift)[row % of(shift).length];
            int to = (row + 1) * width;
            switch (activation) {
                case RELU -> {
                    for (int i = row * width; i < to; i++) {
                        values[i] = slope[i] * Math.min(1, Math.max(0, x[i] * factor + summand) * 1e38f);
                    }
                }
                case TANH -> {
                    for (int i = row * width; i < to; i++) {
                        float h = FloatGates.tanh(x[i] * factor + summand);
                        values[i] = slope[i] * (1 - h * h);
                    }
                }
                case SIGMOID -> {
                    for (int i = row * width; i < to; i++) {
                        float h = FloatGates.sigmoid(x[i] * factor + summand);
                        values[i] = slope[i] * h * (1 - h);
                    }
                }
                case IDENTITY -> System.arraycopy(slope, row * width, values, row * width, width);
            }
        }
    }

    @Override
    void throughChannels(Matrix standardized, Matrix factors, Matrix means, Matrix slopes) {
        float[] x = of(standardized);
        float[] factor = of(factors);
        float[] mean = of(means);
        float[] slope = of(slopes);
        int width = columns();
        for (int row = 0; row < rows(); row++) {
            float f = factor[row % factor.length];
            float m = mean[row % factor.length];
            float k = slope[row % factor.length];
            for (int i = row * width; i < (row + 1) * width; i++) {
                values[i] = f * (values[i] - m - x[i] * k);
            }
        }
    }

    @Override
    void takePatches(Matrix image, int height, int width) {
        float[] from = of(image);
        int places = height * width;
        for (int row = 0; row < rows(); row++) {
            int down = row % 9 / 3 - 1;
            int right = row % 3 - 1;
            int channel = row / 9 * places;
            int to = row * columns();
            // The whole plane in one piece, then the column that came round the edge.
            int shift = down * width + right;
            int start = Math.max(0, -shift);
            int end = places - Math.max(0, shift);
            Arrays.fill(values, to, to + Math.min(start, places), 0);
            if (end > start) {
                System.arraycopy(from, channel + start + shift, values, to + start, end - start);
            }
            Arrays.fill(values, to + Math.max(end, 0), to + places, 0);
            if (right != 0) {
                for (int i = to + (right < 0 ? 0 : width - 1); i < to + places; i += width) {
                    values[i] = 0;
                }
            }
        }
    }

    @Override
    void rowMeans(Matrix into) {
        float[] mean = of(into);
        int width = columns();
        for (int row = 0; row < rows(); row++) {
            mean[row] = (float) (sumOf(values, row * width, (row + 1) * width) / width);
        }
    }

    @Override
    void spreadRows(Matrix from) {
        float[] mean = of(from);
        int width = columns();
        float share = 1f / width;
        for (int row = 0; row < rows(); row++) {
            Arrays.fill(values, row * width, (row + 1) * width, mean[row] * share);
        }
    }

    @Override
    void add(Matrix a, Matrix b) {
        float[] first = of(a);
        float[] second = of(b);
        for (int i = 0; i < values.length; i++) {
            values[i] = first[i] + second[i];
        }
    }

    @Override
    void sums(Matrix sums) {
        makeSpares();
        System.arraycopy(values, 0, other, 0, values.length);
        FloatRows.sum(other, spare, of(sums));
    }

    @Override
    void differences(Matrix minuend, Matrix subtrahend, double factor) {
        float[] a = of(minuend);
        float[] b = of(subtrahend);
        float by = (float) factor;
        for (int i = 0; i < values.length; i++) {
            values[i] = by * (a[i] - b[i]);
        }
    }

    @Override
    void products(Matrix factors, Matrix sums) {
        float[] factor = of(factors);
        makeSpares();
        for (int i = 0; i < values.length; i++) {
            other[i] = values[i] * factor[i];
        }
        FloatRows.sum(other, spare, of(sums));
    }

    @Override
    void throughStandardization(
            Matrix standardized, Matrix inverses, Matrix sums, Matrix products, @Nullable Matrix scale) {
        float[] x = of(standardized);
        float[] inverse = of(inverses);
        float[] sum = of(sums);
        float[] product = of(products);
        float[] row = new float[columns()];
        float share = 1f / rows();
        makeSpares();
        for (int j = 0; j < row.length; j++) {
            row[j] = share * product[j];
        }
        FloatRows.repeat(row, spare);
        for (int i = 0; i < values.length; i++) {
            values[i] -= x[i] * spare[i];
        }
        for (int j = 0; j < row.length; j++) {
            row[j] = share * sum[j];
        }
        FloatRows.repeat(row, spare);
        for (int i = 0; i < values.length; i++) {
            values[i] -= spare[i];
        }
        for (int j = 0; j < row.length; j++) {
            row[j] = scale == null ? inverse[j] : inverse[j] * of(scale)[j];
        }
        FloatRows.repeat(row, spare);
        for (int i = 0; i < values.length; i++) {
            values[i] *= spare[i];
        }
    }
}
