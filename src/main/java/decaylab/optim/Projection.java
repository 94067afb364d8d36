package decaylab.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is done after a step: every layer's matrix V_l, a column for each unit with its bias as row 0, goes to the nearest one
 * in a ball (Xu and Wang 2018, whose constraint is ||V_l||_{p,q} <= c; as projected gradient descent it is the specification's,
 * section 4.4). The optimiser's buffers do not feel it.
 *
 * <p>In double precision a norm exceeds its radius by rounding alone, less than 1e-12 of it; in single precision the weights
 * are rounded after the projection, which leaves at most 1e-6 of it.
 */
public final class Projection {
    private final List<Layer> layers = new ArrayList<>();
    /** Of the layout's blocks, where the last step was measured as a whole. */
    private final BlockSums[] whole;

    private final FlatArray before;
    /** Of the layout's blocks, whether the last step was changed there. */
    private final boolean[] changed;

    /** A layer's matrix, gathered from its blocks. */
    private record Layer(
            ParameterBlock weights,
            int place,
            @Nullable ParameterBlock bias,
            int rows,
            double[] columns,
            NormBall.Space space) {
        int units() {
            return columns.length / rows;
        }

        void gather(FlatArray from) {
            int skip = bias == null ? 0 : 1;
            int fanIn = weights.fanIn();
            for (int j = 0; j < units(); j++) {
                if (bias != null) {
                    columns[j * rows] = from.get(bias.offset() + j);
                }
                int first = weights.offset() + j * fanIn;
                int to = j * rows + skip;
                if (from instanceof FlatArray.OfDouble all) {
                    System.arraycopy(all.values(), first, columns, to, fanIn);
                } else {
                    float[] all = ((FlatArray.OfFloat) from).values();
                    for (int i = 0; i < fanIn; i++) {
                        columns[to + i] = all[first + i];
                    }
                }
            }
        }

        void scatter(FlatArray into) {
            int skip = bias == null ? 0 : 1;
            int fanIn = weights.fanIn();
            for (int j = 0; j < units(); j++) {
                if (bias != null) {
                    into.set(bias.offset() + j, columns[j * rows]);
                }
                int first = weights.offset() + j * fanIn;
                int from = j * rows + skip;
                if (into instanceof FlatArray.OfDouble all) {
                    System.arraycopy(columns, from, all.values(), first, fanIn);
                } else {
                    float[] all = ((FlatArray.OfFloat) into).values();
                    for (int i = 0; i < fanIn; i++) {
                        all[first + i] = (float) columns[from + i];
                    }
                }
            }
        }
    }

    /**
     * @param layout of a network of dense layers, whose weights lie unit after unit
     * @param like a vector of the run's precision
     */
    public Projection(ParameterLayout layout, FlatArray like) {
        List<ParameterBlock> blocks = layout.blocks();
        whole = new BlockSums[blocks.size()];
        changed = new boolean[blocks.size()];
        before = like.zeros(layout.length());
        for (int i = 0; i < blocks.size(); i++) {
            whole[i] = new BlockSums();
            if (blocks.get(i).role() == ParameterBlock.Role.WEIGHT) {
                layers.add(layer(blocks, i));
            }
        }
    }

    private static Layer layer(List<ParameterBlock> blocks, int place) {
        ParameterBlock weights = blocks.get(place);
        Optional<ParameterBlock> bias = bias(blocks, weights);
        int rows = weights.fanIn() + (bias.isPresent() ? 1 : 0);
        int units = weights.length() / weights.fanIn();
        return new Layer(
                weights, place, bias.orElse(null), rows, new double[rows * units], new NormBall.Space(rows, units));
    }

    /** The bias of a matrix's layer; empty where it has none. */
    static Optional<ParameterBlock> bias(List<ParameterBlock> blocks, ParameterBlock weights) {
        return blocks.stream()
                .filter(block -> block.role() == ParameterBlock.Role.BIAS
                        && block.layer().equals(weights.layer()))
                .findFirst();
    }

    /** Remembers where a step begins, so that it can be measured as a whole. */
    public void begin(FlatArray parameters) {
        before.assign(parameters);
    }

    /**
     * Ends a step: projects what is outside.
     *
     * @param radius c of the hidden layers, above 0
     * @param outputRadius c_o of the last one, above 0
     */
    public void project(FlatArray parameters, NormBall ball, double radius, double outputRadius) {
        for (Layer layer : layers) {
            layer.gather(parameters);
            double most = layer.weights.last() ? outputRadius : radius;
            changed[layer.place] = ball.project(layer.columns, layer.rows, most, layer.space);
            if (changed[layer.place]) {
                layer.scatter(parameters);
            }
        }
    }

    /**
     * The sums of the step that {@link #begin began}, projection included: of one that was not changed the update's own.
     *
     * @param parameters after it
     * @param block of the layout, a matrix of weights
     * @param place of the block in the layout
     * @param ofUpdate the sums that the update took, whose gradient and finiteness stay
     */
    public BlockSums whole(FlatArray parameters, ParameterBlock block, int place, BlockSums ofUpdate) {
        if (!changed[place]) {
            return ofUpdate;
        }
        BlockSums sums = whole[place];
        sums.clear();
        sums.add(ofUpdate);
        double change = 0;
        double product = 0;
        double after = 0;
        for (int i = block.offset(); i < block.offset() + block.length(); i++) {
            double old = before.get(i);
            double now = parameters.get(i);
            double d = now - old;
            change += d * d;
            product += old * d;
            after += now * now;
        }
        sums.change = change;
        sums.weightsTimesChange = product;
        sums.weightsAfter = after;
        return sums;
    }
}
