package decaylab.net;

import decaylab.parallel.Team;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
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

    private transient Team team = Team.of(1);
    private final transient Map<Long, Pass> passes = new HashMap<>();

    ImageAverageLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    /** Has the team do the work from now on. */
    void use(Team forWork) {
        team = forWork;
    }

    /** A batch of one size. */
    private static final class Pass {
        private final INDArray output;
        private final INDArray below;
        private final ArrayMatrix images;
        private final ArrayMatrix above;
        private final Half[] halves;
        private final Gradient none = new DefaultGradient();
        private final IntConsumer forward;
        private final IntConsumer backward;
        private Matrix allImages;
        private Matrix allAbove;

        Pass(INDArray input) {
            int rows = Math.toIntExact(input.size(0) * input.size(1));
            int places = Math.toIntExact(input.size(2) * input.size(3));
            output = Nd4j.createUninitialized(input.dataType(), new long[] {input.size(0), input.size(1)}, 'c');
            below = Nd4j.createUninitialized(input.dataType(), input.shape(), 'c');
            images = new ArrayMatrix(rows, places);
            above = new ArrayMatrix(rows, 1);
            Matrix means = Matrix.inNativeMemory(output, rows, 1);
            Matrix slopes = Matrix.inNativeMemory(below, rows, places);
            allImages = slopes;
            allAbove = means;
            DataType type = input.dataType();
            halves = rows > 1
                    ? new Half[] {
                        new Half(type, means, slopes, 0, rows / 2),
                        new Half(type, means, slopes, rows / 2, rows - rows / 2)
                    }
                    : new Half[] {new Half(type, means, slopes, 0, 1)};
            forward = half -> halves[half].forward();
            backward = half -> halves[half].backward();
        }

        INDArray forward(INDArray input, Team team) {
            Matrix all = images.of(input);
            if (allImages != all) {
                allImages = all;
                for (Half half : halves) {
                    half.bindImages(all);
                }
            }
            each(team, forward);
            return output;
        }

        Pair<Gradient, INDArray> backward(INDArray epsilon, Team team) {
            Matrix all = above.of(epsilon);
            if (allAbove != all) {
                allAbove = all;
                for (Half half : halves) {
                    half.bindAbove(all);
                }
            }
            each(team, backward);
            return new Pair<>(none, below);
        }

        private void each(Team team, IntConsumer work) {
            if (halves.length == 1) {
                work.accept(0);
            } else {
                team.halves(work);
            }
        }
    }

    /** Half of the images' channels. */
    private static final class Half {
        private final int first;
        private final Matrix means;
        private final Matrix slopes;
        private final Matrix planes;
        private final Matrix ofMeans;
        private Matrix images;
        private Matrix above;

        Half(DataType type, Matrix allMeans, Matrix allSlopes, int first, int count) {
            this.first = first;
            means = allMeans.rowsFrom(first, count);
            slopes = allSlopes.rowsFrom(first, count);
            planes = Matrix.inHeap(type, count, allSlopes.columns());
            ofMeans = Matrix.inHeap(type, count, 1);
            images = slopes;
            above = means;
        }

        void bindImages(Matrix all) {
            images = all.rowsInNativeMemory(first, planes.rows());
        }

        void bindAbove(Matrix all) {
            above = all.rowsInNativeMemory(first, ofMeans.rows());
        }

        void forward() {
            planes.pullFrom(images);
            planes.rowMeans(means);
            means.push();
        }

        void backward() {
            ofMeans.pullFrom(above);
            slopes.spreadRows(ofMeans);
            slopes.push();
        }
    }

    private Pass pass() {
        assertInputSet(false);
        return passes.computeIfAbsent(input.size(0), size -> new Pass(input));
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        return pass().forward(input, team);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        return pass().backward(epsilon, team);
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
