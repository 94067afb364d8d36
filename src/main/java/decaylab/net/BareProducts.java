package decaylab.net;

import decaylab.experiment.NetworkSpec;
import decaylab.parallel.Team;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.buffer.DataType;

/** The matrix products of a perceptron's step and nothing else, in single precision: the least that a step can cost. */
public final class BareProducts {
    private final List<Runnable> tasks = new ArrayList<>();
    private final Team team;

    /**
     * @param spec a perceptron
     * @param features of an example
     * @param rows of a batch
     * @param classes of the head
     * @param team does the halves, as in training
     */
    public BareProducts(NetworkSpec spec, int features, int rows, int classes, Team team) {
        this.team = team;
        int fanIn = features;
        for (int width : spec.widths()) {
            if (DenseBlockLayer.inHalves(rows, fanIn, width)) {
                halves(rows, fanIn, width, tasks.isEmpty());
            } else {
                whole(rows, fanIn, width, tasks.isEmpty());
            }
            fanIn = width;
        }
        whole(rows, fanIn, classes, false);
    }

    private void whole(int rows, int fanIn, int width, boolean first) {
        Matrix inputs = Matrix.of(DataType.FLOAT, rows, fanIn);
        Matrix weights = Matrix.of(DataType.FLOAT, width, fanIn);
        Matrix gradient = Matrix.of(DataType.FLOAT, width, fanIn);
        Matrix outputs = Matrix.of(DataType.FLOAT, rows, width);
        tasks.add(() -> outputs.multiply(inputs, false, weights, true, false));
        tasks.add(() -> gradient.multiply(outputs, true, inputs, false, false));
        if (!first) {
            Matrix below = Matrix.of(DataType.FLOAT, rows, fanIn);
            tasks.add(() -> below.multiply(outputs, false, weights, false, false));
        }
    }

    private void halves(int rows, int fanIn, int width, boolean first) {
        Matrix inputs = Matrix.of(DataType.FLOAT, rows, fanIn);
        Matrix below = Matrix.of(DataType.FLOAT, rows, fanIn);
        Matrix[] belowRows = rowHalves(below);
        Matrix[] weights = new Matrix[2];
        Matrix[] gradients = new Matrix[2];
        Matrix[] outputs = new Matrix[2];
        for (int part = 0; part < 2; part++) {
            int units = part == 0 ? width / 2 : width - width / 2;
            weights[part] = Matrix.of(DataType.FLOAT, units, fanIn);
            gradients[part] = Matrix.of(DataType.FLOAT, units, fanIn);
            outputs[part] = Matrix.of(DataType.FLOAT, rows, units);
        }
        inHalves(part -> outputs[part].multiply(inputs, false, weights[part], true, false));
        inHalves(part -> gradients[part].multiply(outputs[part], true, inputs, false, false));
        if (!first) {
            Matrix[][] slopes = {rowHalves(outputs[0]), rowHalves(outputs[1])};
            inHalves(part -> {
                belowRows[part].multiply(slopes[0][part], false, weights[0], false, false);
                belowRows[part].multiply(slopes[1][part], false, weights[1], false, true);
            });
        }
    }

    private static Matrix[] rowHalves(Matrix all) {
        int half = all.rows() / 2;
        return new Matrix[] {all.rowsFrom(0, half), all.rowsFrom(half, all.rows() - half)};
    }

    private void inHalves(IntConsumer task) {
        tasks.add(() -> team.halves(task));
    }

    /** All products of one step. */
    public void run() {
        tasks.forEach(Runnable::run);
    }
}
