package decaylab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterBlock.Role;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients against central differences, and the invariance that the whole lab rests on. */
class TrainableNetworkTest {
    private static final int ROWS = 12;
    private static final int CLASSES = 4;

    static Stream<NetworkSpec> networks() {
        List<NetworkSpec> all = new ArrayList<>();
        for (Normalization normalization : Normalization.values()) {
            for (Activation activation : Activation.values()) {
                all.add(new NetworkSpec(NetworkKind.MLP, List.of(7, 5), activation, normalization, 1e-5));
            }
            all.add(new NetworkSpec(NetworkKind.CNN, List.of(3, 4), Activation.TANH, normalization, 1e-5));
            all.add(new NetworkSpec(NetworkKind.ALL_CNN, List.of(3, 4), Activation.TANH, normalization, 1e-5));
            all.add(new NetworkSpec(NetworkKind.RESNET, List.of(3, 4), 2, Activation.TANH, normalization, 1e-5));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradientIsThatOfTheLoss(NetworkSpec spec) {
        int[] shape = spec.kind().convolves() ? new int[] {2, 6, 6} : new int[] {9};
        try (TrainableNetwork network =
                new TrainableNetwork(spec, TaskShape.classification(shape, CLASSES), Precision.DOUBLE, Team.of(1))) {
            Batch batch = new Batch(shape);
            FlatArray parameters = network.initialParameters(3);
            FlatArray gradient = network.zeros();
            network.load(parameters);
            network.gradient(batch.inputs, batch.labels, ROWS, gradient);
            CounterRandom random = CounterRandom.of(1, "coordinates");
            for (ParameterBlock block : network.layout().blocks()) {
                if (block.role() == Role.STATISTIC) {
                    continue;
                }
                for (int k = 0; k < 6; k++) {
                    int i = block.offset() + random.nextInt(block.length());
                    double h = 1e-6;
                    double slope = (loss(network, batch, parameters, i, h) - loss(network, batch, parameters, i, -h))
                            / (2 * h);
                    // The network sums over the batch; the loss is its mean.
                    assertThat(gradient.get(i) / ROWS)
                            .as("%s %s", block.layer(), block.role())
                            .isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
                }
            }
        }
    }

    private static double loss(TrainableNetwork network, Batch batch, FlatArray parameters, int i, double h) {
        FlatArray moved = parameters.copy();
        moved.set(i, moved.get(i) + h);
        network.load(moved);
        return network.gradient(batch.inputs, batch.labels, ROWS, network.zeros());
    }

    /** <w, grad L> = 0, and grad L(c w) = grad L(w) / c, for every normalised layer by itself. */
    @Test
    void normalisedLayersDoNotFeelTheirSize() {
        NetworkSpec spec = new NetworkSpec(NetworkKind.MLP, List.of(16, 8), Activation.RELU, Normalization.BATCH, 0);
        int[] shape = {9};
        try (TrainableNetwork network =
                new TrainableNetwork(spec, TaskShape.classification(shape, CLASSES), Precision.DOUBLE, Team.of(1))) {
            Batch batch = new Batch(shape);
            FlatArray parameters = network.initialParameters(3);
            FlatArray gradient = network.zeros();
            network.load(parameters);
            double loss = network.gradient(batch.inputs, batch.labels, ROWS, gradient);
            for (ParameterBlock block : network.layout().weights()) {
                double product = dot(parameters, gradient, block);
                double size = Math.sqrt(dot(parameters, parameters, block) * dot(gradient, gradient, block));
                if (!block.normalized()) {
                    assertThat(Math.abs(product)).isGreaterThan(1e-6 * size);
                    continue;
                }
                assertThat(product).isCloseTo(0, within(1e-12 * size));
                FlatArray larger = parameters.copy();
                for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                    larger.set(i, 3 * larger.get(i));
                }
                FlatArray ofLarger = network.zeros();
                network.load(larger);
                assertThat(network.gradient(batch.inputs, batch.labels, ROWS, ofLarger))
                        .isCloseTo(loss, within(1e-12));
                for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                    assertThat(ofLarger.get(i))
                            .isCloseTo(gradient.get(i) / 3, within(1e-9 * (1 + Math.abs(gradient.get(i)))));
                }
            }
        }
    }

    /** With frozen statistics a layer may be scaled by c if its running mean is scaled by c and its variance by c squared. */
    @Test
    void predictionsStayWhereWeightsAndStatisticsAreScaledTogether() {
        NetworkSpec spec = new NetworkSpec(NetworkKind.MLP, List.of(16, 8), Activation.RELU, Normalization.BATCH, 0);
        int[] shape = {9};
        try (TrainableNetwork network =
                new TrainableNetwork(spec, TaskShape.classification(shape, CLASSES), Precision.DOUBLE, Team.of(1))) {
            Batch batch = new Batch(shape);
            FlatArray parameters = network.initialParameters(3);
            FlatArray gradient = network.zeros();
            network.load(parameters);
            network.gradient(batch.inputs, batch.labels, ROWS, gradient);
            boolean mean = true;
            FlatArray scaled = parameters.copy();
            for (ParameterBlock block : network.layout().blocks()) {
                for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                    if (block.role() == Role.STATISTIC) {
                        parameters.set(i, parameters.get(i) - gradient.get(i));
                        double factor = block.layer().equals("dense1") ? mean ? 3 : 9 : 1;
                        scaled.set(i, factor * parameters.get(i));
                    } else if (block.layer().equals("dense1")) {
                        scaled.set(i, 3 * parameters.get(i));
                    }
                }
                mean = block.role() == Role.STATISTIC ? !mean : mean;
            }
            float[] before = new float[ROWS * CLASSES];
            float[] after = new float[ROWS * CLASSES];
            network.load(parameters);
            network.predict(batch.inputs, 0, ROWS, before);
            network.load(scaled);
            network.predict(batch.inputs, 0, ROWS, after);
            for (int i = 0; i < before.length; i++) {
                assertThat(after[i]).isCloseTo(before[i], within(1e-6f));
            }
        }
    }

    @Test
    void layoutCoversEveryParameterAndTellsWhatItIs() {
        NetworkSpec spec = new NetworkSpec(NetworkKind.MLP, List.of(16, 8), Activation.RELU, Normalization.BATCH, 1e-5);
        try (TrainableNetwork network = new TrainableNetwork(
                spec, TaskShape.classification(new int[] {9}, CLASSES), Precision.FLOAT, Team.of(1))) {
            assertThat(network.layout().length()).isEqualTo(9 * 16 + 2 * 16 + 16 * 8 + 2 * 8 + 8 * 4 + 4);
            assertThat(network.layout().weights())
                    .extracting(ParameterBlock::layer)
                    .containsExactly("dense1", "dense2", "output");
            assertThat(network.layout().weights())
                    .extracting(ParameterBlock::normalized)
                    .containsExactly(true, true, false);
            assertThat(network.layout().weights())
                    .extracting(ParameterBlock::fanIn)
                    .containsExactly(9, 16, 8);
        }
    }

    @Test
    void convolutionsKnowTheirFanIn() {
        NetworkSpec spec = new NetworkSpec(NetworkKind.CNN, List.of(5, 6), Activation.RELU, Normalization.NONE, 1e-5);
        try (TrainableNetwork network = new TrainableNetwork(
                spec, TaskShape.classification(new int[] {2, 8, 8}, CLASSES), Precision.FLOAT, Team.of(1))) {
            assertThat(network.layout().weights())
                    .extracting(ParameterBlock::fanIn)
                    .containsExactly(18, 45, 6);
        }
    }

    private static double dot(FlatArray a, FlatArray b, ParameterBlock block) {
        double sum = 0;
        for (int i = block.offset(); i < block.offset() + block.length(); i++) {
            sum += a.get(i) * b.get(i);
        }
        return sum;
    }

    /** A fixed batch of normal inputs. */
    private static final class Batch {
        final float[] inputs;
        final int[] labels = new int[ROWS];

        Batch(int[] shape) {
            int features = 1;
            for (int n : shape) {
                features *= n;
            }
            CounterRandom random = CounterRandom.of(5, "batch");
            inputs = new float[ROWS * features];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = (float) random.nextGaussian();
            }
            for (int i = 0; i < ROWS; i++) {
                labels[i] = i % CLASSES;
            }
        }
    }
}
