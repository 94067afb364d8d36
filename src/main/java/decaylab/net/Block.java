package decaylab.net;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the lab's hidden layers have in common as DL4J sees them. */
public abstract class Block extends FeedForwardLayer {
    private static final long serialVersionUID = 1L;

    /** The layer that computes this. */
    abstract BlockLayer<?> layer(NeuralNetConfiguration configuration, DataType type);

    /** The name of some of the parameters, as charts and columns use it. */
    String nameOf(String key) {
        return getLayerName();
    }

    /** What some of the parameters are, in the words of {@link BlockParameters}. */
    String kindOf(String key) {
        return key;
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        BlockLayer<?> layer = layer(configuration, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(configuration, parameters, initialize));
        layer.setConf(configuration);
        return layer;
    }
}
