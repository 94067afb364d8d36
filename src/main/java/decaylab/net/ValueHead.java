package decaylab.net;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** A linear map with bias whose outputs are values, one an action; trained one value a row, see {@link HuberRows}. */
public final class ValueHead extends OutputLayer {
    private static final long serialVersionUID = 1L;

    /** For DL4J's JSON. */
    public ValueHead() {}

    ValueHead(String name, int actions) {
        super(new OutputLayer.Builder(new LossMSE()).name(name).nOut(actions).activation(new ActivationIdentity()));
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        HeadLayer layer = new HeadLayer(configuration, type, HuberRows::new, 2);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(configuration, parameters, initialize));
        layer.setConf(configuration);
        return layer;
    }
}
