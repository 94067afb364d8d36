package decaylab.net;

import decaylab.parallel.Team;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Computes a {@link ResidualBlock}: its convolutions as layers of their own, on their parts of its parameters, and the sum. */
final class ResidualBlockLayer extends BlockLayer<ResidualBlock> {
    private static final long serialVersionUID = 1L;

    private final transient List<Part> parts = new ArrayList<>();
    private final transient ConvolutionBlockLayer first;
    private final transient ConvolutionBlockLayer second;
    /** Null where the shortcut is the input itself. */
    private final transient @Nullable ConvolutionBlockLayer shortcut;

    /** One of the convolutions, and where its parameters lie in those of the block. */
    private record Part(ConvolutionBlockLayer layer, FlatParameters parameters, long from) {
        INDArray of(INDArray flat) {
            return flat.reshape(flat.length()).get(NDArrayIndex.interval(from, from + parameters.length()));
        }
    }

    ResidualBlockLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
        Map<String, ConvolutionBlockLayer> layers = new LinkedHashMap<>();
        long from = 0;
        for (Map.Entry<String, ConvolutionBlock> entry :
                layerConf().convolutions().entrySet()) {
            NeuralNetConfiguration own = configuration.clone();
            own.setLayer(entry.getValue());
            own.clearVariables();
            ConvolutionBlockLayer layer = entry.getValue().layer(own, type);
            layer.setIndex(1); // not the lowest, which would not tell the gradient of its input
            FlatParameters parameters = entry.getValue().initializer();
            parts.add(new Part(layer, parameters, from));
            from += parameters.length();
            layers.put(entry.getKey(), layer);
        }
        first = Objects.requireNonNull(layers.get(ResidualBlock.FIRST));
        second = Objects.requireNonNull(layers.get(ResidualBlock.SECOND));
        shortcut = layers.get(ResidualBlock.SHORTCUT);
    }

    @Override
    void use(Team forWork) {
        super.use(forWork);
        parts.forEach(part -> part.layer.use(forWork));
    }

    @Override
    public void setParamsViewArray(INDArray view) {
        super.setParamsViewArray(view);
        for (Part part : parts) {
            INDArray own = part.of(view);
            part.layer.setParamsViewArray(own);
            part.layer.setParamTable(part.parameters.init(part.layer.conf(), own, false));
        }
    }

    @Override
    public void setBackpropGradientsViewArray(INDArray view) {
        super.setBackpropGradientsViewArray(view);
        for (Part part : parts) {
            part.layer.setBackpropGradientsViewArray(part.of(view));
        }
    }

    /** A batch of one size. */
    private final class BatchPass implements Pass {
        private final INDArray output;
        private final INDArray slope;
        private final INDArray below;
        private final ImageSum outputs;
        private final ImageSum gradients;
        private final Gradient ofParameters = new DefaultGradient();

        BatchPass(INDArray input) {
            ConvolutionBlock last = second.layerConf();
            long[] shape = {input.size(0), last.getNOut(), last.outHeight(), last.outWidth()};
            output = Nd4j.createUninitialized(dataType, shape, 'c');
            slope = Nd4j.createUninitialized(dataType, shape, 'c');
            below = Nd4j.createUninitialized(dataType, input.shape(), 'c');
            outputs = new ImageSum(output);
            gradients = new ImageSum(below);
            gradientViews.forEach(ofParameters::setGradientFor);
        }

        @Override
        public INDArray forward(INDArray input, boolean training) {
            INDArray straight = second.forward(first.forward(input, training), training);
            INDArray side = shortcut == null ? input : shortcut.forward(input, training);
            each(outputs.halves(), outputs.activated(straight, side, layerConf().getActivation()));
            return output;
        }

        @Override
        public Pair<Gradient, INDArray> backward(INDArray epsilon) {
            each(
                    outputs.halves(),
                    outputs.throughActivation(slope, epsilon, layerConf().getActivation()));
            INDArray straight =
                    first.backward(second.backward(slope).getSecond()).getSecond();
            INDArray side = shortcut == null ? slope : shortcut.backward(slope).getSecond();
            each(gradients.halves(), gradients.sum(straight, side));
            return new Pair<>(ofParameters, below);
        }

        @Override
        public void products() {
            parts.forEach(part -> part.layer.products());
        }
    }

    @Override
    Pass passFor(INDArray batch) {
        return new BatchPass(batch);
    }

    @Override
    public Type type() {
        return Type.CONVOLUTIONAL;
    }
}
