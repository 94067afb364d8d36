package decaylab.net;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A linear map with bias, softmax and cross-entropy: DL4J's output layer as it is configured, computed the lab's way. */
public final class SoftmaxHead extends OutputLayer {
    private static final long serialVersionUID = 1L;

    /** For DL4J's JSON. */
    public SoftmaxHead() {}

    SoftmaxHead(String name, int classes) {
        super(new OutputLayer.Builder(new LossMCXENT()).name(name).nOut(classes).activation(new ActivationSoftmax()));
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        HeadLayer layer = new HeadLayer(configuration, type, SoftmaxRows::new, 1);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(configuration, parameters, initialize));
        layer.setConf(configuration);
        return layer;
    }
}
