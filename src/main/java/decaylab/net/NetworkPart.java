package decaylab.net;

import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Some neighbouring layers of a network of dense layers that go forward and backward by themselves: from what the part below
 * hands over to what the part above gets, and back with the gradient that the module at its top predicts, or with the loss's own in the
 * uppermost part. Parts of one network have no memory in common but the flat vectors, each its own range of them, so that each may be used
 * by a thread of its own.
 */
public final class NetworkPart {
    private final TrainableNetwork network;
    private final List<BlockLayer<?>> layers;
    private final int firstBlock;
    private final int endBlock;
    private final int first;
    private final int end;
    private final NativeVector parameters;
    private final NativeVector gradients;
    private final SyntheticGradients.@Nullable Part module;
    private final Map<Integer, INDArray> inputs = new HashMap<>();
    private @Nullable INDArray below;
    private @Nullable INDArray outputs;

    /**
     * @param layers hidden ones, in order
     * @param parameters the network's, through pointers of this part alone
     * @param gradients likewise
     * @param module at the top; null for the uppermost part, which has the head instead
     */
    NetworkPart(
            TrainableNetwork network,
            List<BlockLayer<?>> layers,
            List<String> names,
            NativeVector parameters,
            NativeVector gradients,
            SyntheticGradients.@Nullable Part module) {
        this.network = network;
        this.layers = layers;
        this.parameters = parameters;
        this.gradients = gradients;
        this.module = module;
        List<ParameterBlock> blocks = network.layout().blocks();
        int from = 0;
        while (!names.contains(blocks.get(from).layer())) {
            from++;
        }
        int to = from;
        while (to < blocks.size() && names.contains(blocks.get(to).layer())) {
            to++;
        }
        firstBlock = from;
        endBlock = to;
        first = blocks.get(from).offset();
        end = blocks.get(to - 1).offset() + blocks.get(to - 1).length();
    }

    /** The first block of the network's layout that is this part's. */
    public int firstBlock() {
        return firstBlock;
    }

    /** The block after its last one. */
    public int endBlock() {
        return endBlock;
    }

    /** Takes over this part's parameters. */
    public void load(FlatArray vector) {
        parameters.write(vector, first, end);
    }

    /** Hands over this part's gradient, summed over the examples. */
    public void gradient(FlatArray into) {
        gradients.read(into, first, end);
    }

    /** From a mini-batch's inputs to the outputs; for the lowest part. */
    public void forward(float[] inputs, int size) {
        forward(network.inputs(inputs, size));
    }

    /** From what the part below handed over to the outputs. */
    public void forward(Handover from) {
        INDArray own = inputs.computeIfAbsent(
                from.size(),
                size -> Nd4j.create(
                        network.dataType(), new long[] {size, from.outputs().size(1)}, 'c'));
        Handover.copy(from.outputs(), own); // layers keep what belongs to an array that they have seen
        forward(own);
    }

    private void forward(INDArray batch) {
        INDArray now = batch;
        for (BlockLayer<?> layer : layers) {
            now = layer.forward(now, true);
        }
        outputs = now;
    }

    /** Copies the outputs for the part above. */
    public void handOver(Handover to, long step, int[] labels) {
        to.fill(step, outputs(), labels);
    }

    /** Back to the part's inputs with the gradient that the module predicts from the outputs and these labels. */
    public void backward(int[] labels) {
        backward(module().module().predict(outputs(), labels));
    }

    /**
     * Back to the part's inputs from the loss; for the uppermost part.
     *
     * @return the mean loss
     */
    public double backwardFromLoss(int[] labels, int size) {
        HeadLayer head = network.head();
        backward(head.backward(outputs(), network.labels(labels, size)));
        return head.meanLoss();
    }

    private void backward(INDArray slope) {
        INDArray now = slope;
        for (int i = layers.size() - 1; i >= 0; i--) {
            now = layers.get(i).backward(now).getSecond();
        }
        below = now;
    }

    /** Copies the gradient of what the part below handed over, for that part. */
    public void answer(Handover from) {
        INDArray slope = below;
        if (slope == null) {
            throw new IllegalStateException("nothing is below the lowest part");
        }
        from.answer(slope);
    }

    /** The module at the top. */
    public SyntheticGradients.Part module() {
        SyntheticGradients.Part own = module;
        if (own == null) {
            throw new IllegalStateException("the uppermost part has no module");
        }
        return own;
    }

    /** Memory for what this part hands over. */
    public Handover handover(int mostRows) {
        BlockLayer<?> top = layers.get(layers.size() - 1);
        return new Handover(
                Math.toIntExact(((DenseBlockLayer) top).layerConf().getNOut()), mostRows, network.dataType());
    }

    private INDArray outputs() {
        INDArray made = outputs;
        if (made == null) {
            throw new IllegalStateException("a part goes forward first");
        }
        return made;
    }

    /** How the whole network's parameters are divided. */
    public ParameterLayout layout() {
        return network.layout();
    }
}
