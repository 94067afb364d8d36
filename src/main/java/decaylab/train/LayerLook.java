package decaylab.train;

import decaylab.instrument.geometry.Histogram;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What is inside a layer between two steps.
 *
 * @param layer its name
 * @param step how many steps were done
 * @param histograms of whatever there is
 * @param singularValues of its weights, the largest first
 * @param norm Frobenius norm of its weights
 * @param stableRank squared Frobenius by squared spectral norm; NaN where all weights are 0
 * @param dead fraction of units that put out nothing at any example; empty for the head and where the activation is not relu
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two looks
public record LayerLook(
        String layer,
        long step,
        Map<Part, Histogram> histograms,
        double[] singularValues,
        double norm,
        double stableRank,
        OptionalDouble dead) {
    /** What a histogram can be of. */
    public enum Part {
        /** The weights. */
        WEIGHTS,
        /** What a hidden layer puts out over some training examples, with running statistics. */
        ACTIVATIONS,
        /** The buffer of momentum. */
        MOMENTUM,
        /** The penalty's part of that buffer, where a shadow of it is kept. */
        PENALTY_OF_MOMENTUM,
        /** Adam's first moment m. */
        FIRST_MOMENT,
        /** log10 of the root of Adam's second moment v; of the weights where it is above 0. */
        ROOT_OF_SECOND_MOMENT,
        /**
         * log10 of the fraction of a weight that decay takes in a step; of the weights where it is above 0. Under Adam with the
         * penalty in its buffers or divided by its second moment it is another for each weight (Loshchilov and Hutter 2019).
         */
        EFFECTIVE_DECAY
    }
}
