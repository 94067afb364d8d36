package decaylab.net;

import decaylab.experiment.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The convolutions of a network, in the order of its parameters; the one place that knows what {@code cnn}, {@code all-cnn} and
 * {@code resnet} are made of.
 */
public final class ConvolutionPlan {
    /**
     * One convolution, with a border of zeros such that only its stride makes an image smaller.
     *
     * @param name of the layer
     * @param inputs channels that it reads; 0 for those of the image
     * @param channels of its output
     * @param kernel 1 or 3
     * @param stride 1 or 2
     * @param reduction by which its output's sides are shorter than the image's
     * @param links what it reads and what is added to it
     */
    public record Convolution(
            String name, int inputs, int channels, int kernel, int stride, int reduction, Links links) {}

    /**
     * How a convolution hangs together with those before it. Where two meet in a sum, the later one takes the earlier one's output
     * and does the activation of both.
     *
     * @param from number of the convolution that it reads; {@link #NONE} for the image
     * @param side number of the convolution whose output is added before the activation; {@link #NONE} for none
     * @param activated whether an activation follows; not where another one will take its output into a sum
     */
    public record Links(int from, int side, boolean activated) {
        /** No convolution. */
        public static final int NONE = -1;
    }

    /**
     * A block of two convolutions and what is added to them.
     *
     * @param name of the block, with which those of its convolutions begin
     * @param stride of its first convolution
     */
    record Residual(String name, int channels, int stride) {}

    private static final int KERNEL = 3;

    private final List<Convolution> convolutions = new ArrayList<>();
    private final List<Residual> residuals = new ArrayList<>();
    private int channels;
    private int reduction = 1;
    /** Of which the output is what comes next. */
    private int last = Links.NONE;

    private ConvolutionPlan() {}

    /**
     * @throws IllegalArgumentException where the network has none
     */
    public static ConvolutionPlan of(NetworkSpec spec) {
        ConvolutionPlan plan = new ConvolutionPlan();
        List<Integer> widths = spec.widths();
        switch (spec.kind()) {
            case CNN -> widths.forEach(width -> plan.next(width, KERNEL, plan.channels == 0 ? 1 : 2));
            case ALL_CNN -> {
                for (int width : widths) {
                    for (int block = 0; block < spec.blocks(); block++) {
                        plan.next(width, KERNEL, 1);
                    }
                    plan.next(width, KERNEL, 2);
                }
                plan.next(plan.channels, KERNEL, 1);
                plan.next(plan.channels, 1, 1);
            }
            case RESNET -> {
                plan.next(widths.get(0), KERNEL, 1);
                for (int stage = 0; stage < widths.size(); stage++) {
                    for (int block = 0; block < spec.blocks(); block++) {
                        plan.residual(widths.get(stage), stage > 0 && block == 0 ? 2 : 1);
                    }
                }
            }
            case MLP, LSTM, BAG, ENCODER_DECODER ->
                throw new IllegalArgumentException(spec.kind() + " has no convolutions");
        }
        return plan;
    }

    private void next(int width, int kernel, int stride) {
        reduction *= stride;
        add("conv" + (convolutions.size() + 1), width, kernel, stride, new Links(last, Links.NONE, true));
        channels = width;
        last = convolutions.size() - 1;
    }

    private void residual(int width, int stride) {
        Residual block = new Residual("block" + (residuals.size() + 1), width, stride);
        residuals.add(block);
        reduction *= stride;
        boolean plain = stride == 1 && channels == width;
        int below = channels;
        int entry = last;
        int first = convolutions.size();
        add(first(block.name), width, KERNEL, stride, new Links(entry, Links.NONE, true));
        channels = width;
        add(second(block.name), width, KERNEL, 1, new Links(first, plain ? entry : Links.NONE, plain));
        if (!plain) {
            channels = below;
            add(shortcut(block.name), width, 1, stride, new Links(entry, first + 1, true));
            channels = width;
        }
        last = convolutions.size() - 1;
    }

    private void add(String name, int width, int kernel, int stride, Links links) {
        convolutions.add(new Convolution(name, channels, width, kernel, stride, reduction, links));
    }

    /** The first convolution of a residual block. */
    static String first(String block) {
        return block + "-conv1";
    }

    /** The second one. */
    static String second(String block) {
        return block + "-conv2";
    }

    /** The one that makes the block's input as its output is, where it is not. */
    static String shortcut(String block) {
        return block + "-shortcut";
    }

    /** All of them. */
    public List<Convolution> convolutions() {
        return List.copyOf(convolutions);
    }

    /** The residual blocks behind the first convolution; empty where each convolution reads the one before. */
    List<Residual> residuals() {
        return List.copyOf(residuals);
    }

    /** Channels that the head reads. */
    public int outputs() {
        return channels;
    }
}
