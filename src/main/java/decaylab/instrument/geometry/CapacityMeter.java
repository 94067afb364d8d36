package decaylab.instrument.geometry;

import decaylab.data.DataSet;
import decaylab.experiment.Activation;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.optim.FlatArray;
import decaylab.optim.NormBall;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the (p,q)-norms of a network of dense layers, of V_l with a column for each unit and its bias as row 0, and what bounds
 * they give of its Rademacher complexity on its training inputs ({@link CapacityBound}). One pass over the weights, in double
 * precision. For one thread at a time.
 */
public final class CapacityMeter {
    private static final NormBall[] BALLS = NormBall.values();

    private final List<ParameterBlock> weights;
    private final @Nullable ParameterBlock[] biases;
    private final int[] widths;
    private final int examples;
    private final int features;
    /** Of each ball's dual exponent; none where there is no bound. */
    private final double[] squares;

    private final String unbounded;

    /**
     * @param layout of a network that is not {@link #refusal refused}
     * @param data that it is trained on; null where it acts
     */
    public CapacityMeter(NetworkSpec network, ParameterLayout layout, @Nullable DataSet data) {
        weights = layout.weights();
        biases = new ParameterBlock[weights.size()];
        widths = new int[weights.size() - 1];
        for (int l = 0; l < weights.size(); l++) {
            ParameterBlock matrix = weights.get(l);
            biases[l] = layout.blocks().stream()
                    .filter(block -> block.role() == ParameterBlock.Role.BIAS
                            && block.layer().equals(matrix.layer()))
                    .findFirst()
                    .orElse(null);
            if (l < widths.length) {
                widths[l] = matrix.length() / matrix.fanIn();
            }
        }
        unbounded = data == null ? "world" : unbounded(network).orElse("");
        if (data == null || !unbounded.isEmpty()) {
            examples = 0;
            features = 0;
            squares = new double[0];
        } else {
            examples = data.trainSize();
            features = data.features();
            squares = new double[BALLS.length];
            for (NormBall ball : BALLS) {
                squares[ball.ordinal()] =
                        CapacityBound.squaredLengths(ball.norm(), data.trainInputs(), data.features());
            }
        }
    }

    /** Why a network's norms cannot be taken; empty where they can. */
    public static Optional<String> refusal(NetworkSpec network) {
        return network.kind() == NetworkKind.MLP
                ? Optional.empty()
                : Optional.of("network.kind is " + network.kind()
                        + ", and its norms are those of dense layers; leave it out, or set network.kind to mlp.");
    }

    /**
     * Why its norms give no bound, in a word: {@code normalization}, since the function is then not that of the weights alone, or
     * {@code activation}, since the argument needs max(0, x); empty where they do.
     */
    public static Optional<String> unbounded(NetworkSpec network) {
        if (network.normalization() != Normalization.NONE) {
            return Optional.of("normalization");
        }
        return network.activation() == Activation.RELU ? Optional.empty() : Optional.of("activation");
    }

    /** The word of {@link #unbounded(NetworkSpec)}, {@code world} where nothing is learned from examples, or empty. */
    public String unbounded() {
        return unbounded;
    }

    /**
     * Norms at one moment.
     *
     * @param norms of each ball, of each layer from the input on, the output's last
     */
    @SuppressWarnings("ArrayRecordComponent") // read only; nobody compares two readings
    public record Reading(double[][] norms) {
        /** A layer's norm. */
        public double norm(NormBall ball, int layer) {
            return norms[ball.ordinal()][layer];
        }

        /** The product over all layers. */
        public double product(NormBall ball) {
            double product = 1;
            for (double norm : norms[ball.ordinal()]) {
                product *= norm;
            }
            return product;
        }
    }

    /** Reads the norms. */
    public Reading read(FlatArray parameters) {
        double[][] norms = new double[BALLS.length][weights.size()];
        for (int l = 0; l < weights.size(); l++) {
            read(parameters, l, norms);
        }
        return new Reading(norms);
    }

    private void read(FlatArray parameters, int layer, double[][] norms) {
        ParameterBlock matrix = weights.get(layer);
        ParameterBlock bias = biases[layer];
        int units = matrix.length() / matrix.fanIn();
        double largestSum = 0;
        double largestSquare = 0;
        double squares = 0;
        double lengths = 0;
        for (int j = 0; j < units; j++) {
            double sum = 0;
            double square = 0;
            if (bias != null) {
                double value = parameters.get(bias.offset() + j);
                sum = Math.abs(value);
                square = value * value;
            }
            int end = matrix.offset() + (j + 1) * matrix.fanIn();
            for (int i = matrix.offset() + j * matrix.fanIn(); i < end; i++) {
                double value = parameters.get(i);
                sum += Math.abs(value);
                square += value * value;
            }
            largestSum = Math.max(largestSum, sum);
            largestSquare = Math.max(largestSquare, square);
            squares += square;
            lengths += Math.sqrt(square);
        }
        norms[NormBall.L1_INF.ordinal()][layer] = largestSum;
        norms[NormBall.L2_INF.ordinal()][layer] = Math.sqrt(largestSquare);
        norms[NormBall.L2_2.ordinal()][layer] = Math.sqrt(squares);
        norms[NormBall.L2_1.ordinal()][layer] = lengths;
    }

    /** The names of the layers, from the input on. */
    public List<String> layers() {
        return weights.stream().map(ParameterBlock::layer).toList();
    }

    /** The bound that a reading's norms give; empty where there is none. */
    public Optional<CapacityBound> bound(NormBall ball, Reading reading) {
        double[] radii = new double[widths.length];
        System.arraycopy(reading.norms[ball.ordinal()], 0, radii, 0, radii.length);
        return bound(ball, radii, reading.norm(ball, radii.length));
    }

    /**
     * The bound of all networks of this shape in a ball; empty where there is none.
     *
     * @param radius c
     * @param outputRadius c_o
     */
    public Optional<CapacityBound> bound(NormBall ball, double radius, double outputRadius) {
        double[] radii = new double[widths.length];
        Arrays.fill(radii, radius);
        return bound(ball, radii, outputRadius);
    }

    private Optional<CapacityBound> bound(NormBall ball, double[] radii, double head) {
        return squares.length == 0
                ? Optional.empty()
                : Optional.of(CapacityBound.of(
                        ball.norm(), radii, widths, head, examples, features, squares[ball.ordinal()]));
    }
}
