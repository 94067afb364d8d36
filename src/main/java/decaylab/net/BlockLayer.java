package decaylab.net;

import decaylab.parallel.Team;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes a {@link Block}, in memory that is made once for each size of batch, by one thread or a team. */
abstract class BlockLayer<B extends Block> extends BaseLayer<B> {
    private static final long serialVersionUID = 1L;

    private transient Team team = Team.of(1);
    private final transient Map<Long, Pass> passes = new HashMap<>();
    private transient @Nullable Pass trained;

    /** A batch of one size. */
    interface Pass {
        INDArray forward(INDArray input, boolean training);

        /** The gradient at the batch that went forward last, in training. */
        Pair<Gradient, INDArray> backward(INDArray epsilon);

        /** The products of both ways again, and nothing else. */
        void products();

        /** Shows what the gradient of the batch that was trained on last was made of. */
        default void tap(LayerTap tap) {
            throw new UnsupportedOperationException("a layer that is not dense");
        }
    }

    BlockLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    /** Has the team do the work from now on. DL4J makes layers, so that they are told afterwards. */
    void use(Team forWork) {
        team = forWork;
    }

    /** The pass for batches as large as this one. */
    abstract Pass passFor(INDArray batch);

    /** Has one part done, or two at the same time. */
    final void each(int parts, IntConsumer work) {
        if (parts == 1) {
            work.accept(0);
        } else {
            team.halves(work);
        }
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        return forward(input, training);
    }

    /** From a batch to the outputs, in memory that the next batch of this size writes over. */
    final INDArray forward(INDArray batch, boolean training) {
        Pass pass = passes.computeIfAbsent(batch.size(0), size -> passFor(batch));
        trained = training ? pass : null;
        return pass.forward(batch, training);
    }

    /** From the gradient of the outputs of the batch that was trained on last to that of its inputs, likewise. */
    final Pair<Gradient, INDArray> backward(INDArray epsilon) {
        return trained().backward(epsilon);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        return backward(epsilon);
    }

    /** The products of the batch that was trained on last, again, and nothing else: the least that it can cost. */
    final void products() {
        trained().products();
    }

    /** Shows what the gradient of the batch that was trained on last was made of. */
    final void tap(LayerTap tap) {
        trained().tap(tap);
    }

    private Pass trained() {
        Pass pass = trained;
        if (pass == null) {
            throw new IllegalStateException("the gradient of " + layerId() + " needs a pass of training first");
        }
        return pass;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }
}
