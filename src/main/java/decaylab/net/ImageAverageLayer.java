package decaylab.net;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Computes an {@link ImageAverage} in Java loops, in memory that is made once for each size of batch. */
final class ImageAverageLayer extends AbstractLayer<ImageAverage> {
    private static final long serialVersionUID = 1L;

    private final transient Map<Long, Pass> passes = new HashMap<>();

    ImageAverageLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    /** A batch of one size. */
    private static final class Pass {
        private final INDArray output;
        private final INDArray below;
        private final Matrix means;
        private final Matrix slopes;
        private final ArrayMatrix images;
        private final ArrayMatrix above;
        private final Gradient none = new DefaultGradient();

        Pass(INDArray input) {
            int rows = Math.toIntExact(input.size(0) * input.size(1));
            int places = Math.toIntExact(input.size(2) * input.size(3));
            output = Nd4j.createUninitialized(input.dataType(), new long[] {input.size(0), input.size(1)}, 'c');
            below = Nd4j.createUninitialized(input.dataType(), input.shape(), 'c');
            means = Matrix.on(output, rows, 1);
            slopes = Matrix.on(below, rows, places);
            images = new ArrayMatrix(rows, places);
            above = new ArrayMatrix(rows, 1);
        }

        INDArray forward(INDArray input) {
            Matrix all = images.of(input);
            all.pull();
            all.rowMeans(means);
            means.push();
            return output;
        }

        Pair<Gradient, INDArray> backward(INDArray epsilon) {
            Matrix ofMeans = above.of(epsilon);
            ofMeans.pull();
            slopes.spreadRows(ofMeans);
            slopes.push();
            return new Pair<>(none, below);
        }
    }

    private Pass pass() {
        assertInputSet(false);
        return passes.computeIfAbsent(input.size(0), size -> new Pass(input));
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        return pass().forward(input);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        return pass().backward(epsilon);
    }

    @Override
    public @Nullable Gradient gradient() {
        return null;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clearNoiseWeightParams() {
        // there are no weights
    }
}
