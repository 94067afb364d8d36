package decaylab.instrument.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The path norm of Neyshabur, Salakhutdinov and Srebro, "Path-SGD: Path-Normalized Optimization in Deep Neural Networks"
 * (NIPS 2015), equation 4 with p = 2: the root of the sum, over all paths from an input number to a logit, of the product of
 * the squared weights along the path.
 *
 * <p>A normalisation belongs to the function, so its factor gamma / sqrt(variance + epsilon), a channel's as the network
 * predicts, is a weight on the path; with it the norm does not feel the size of normalised layers. Biases and shifts start
 * paths of their own, which do not come from an input, and are left out. Of a convolutional network the paths are those of
 * the network written out without shared weights, the average over P pixels being edges of weight 1 / P.
 */
final class PathNorm {
    private PathNorm() {}

    /** All paths at once: the squared weights applied to an input of ones. */
    static double of(List<AnalysisLayer> layers) {
        double[] ones = new double[layers.get(0).input().below()];
        Arrays.fill(ones, 1);
        List<double[]> outputs = new ArrayList<>();
        for (AnalysisLayer layer : layers) {
            LayerInput input = layer.input();
            int places = input.places();
            double[] read = new double[input.fanIn() * places];
            input.gather(layer.from() < 0 ? ones : outputs.get(layer.from()), 1, read);
            if (input instanceof LayerInput.Average average) {
                // The mean has weighed each edge with 1 / P once; the path has its square.
                Arrays.setAll(read, i -> read[i] / average.pixels());
            }
            double[] squared = Arrays.stream(layer.weights())
                    .map(weight -> weight * weight)
                    .toArray();
            double[] reached = new double[layer.outputs() * places];
            Products.add(
                    layer.outputs(),
                    places,
                    input.fanIn(),
                    Products.View.rows(squared, input.fanIn()),
                    Products.View.rows(read, places),
                    Products.View.rows(reached, places));
            for (int i = 0; i < reached.length; i++) {
                double factor = layer.scale()[i / places];
                reached[i] *= factor * factor;
                reached[i] += layer.side() < 0 ? 0 : outputs.get(layer.side())[i];
            }
            outputs.add(reached);
        }
        return Math.sqrt(Arrays.stream(outputs.get(outputs.size() - 1)).sum());
    }
}
