package decaylab.instrument.geometry;

import static decaylab.instrument.geometry.SmallNetworks.CLASSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.instrument.geometry.SmallNetworks.Point;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the network that trains, central differences, and matrices built whole. */
class AnalysisNetworkTest {
    private static final double STEP = 1e-5;

    static Stream<NetworkSpec> smooth() {
        return SmallNetworks.all(Activation.TANH).stream();
    }

    static Stream<NetworkSpec> everyNetwork() {
        return Stream.concat(smooth(), SmallNetworks.all(Activation.RELU).stream());
    }

    @ParameterizedTest
    @MethodSource("everyNetwork")
    void logitsAreThoseOfTheNetworkThatTrains(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        Examples examples = SmallNetworks.examples(point, 200); // more than one block
        double[] logits = point.analysis().logits(examples, () -> false);
        float[] probabilities = new float[200 * CLASSES];
        try (TrainableNetwork network = new TrainableNetwork(spec, point.task(), Precision.DOUBLE, Team.of(1))) {
            network.load(point.parameters());
            network.predict(examples.inputs(), 0, 200, probabilities);
        }
        for (int i = 0; i < 200; i++) {
            double sum = 0;
            for (int k = 0; k < CLASSES; k++) {
                sum += Math.exp(logits[i * CLASSES + k]);
            }
            for (int k = 0; k < CLASSES; k++) {
                // predict rounds to single precision
                assertThat(Math.exp(logits[i * CLASSES + k]) / sum)
                        .isCloseTo(probabilities[i * CLASSES + k], within(6e-8));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void lossesAreMinusTheLogarithmOfTheLabelsProbability(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        Examples examples = SmallNetworks.examples(point, 150);
        double[] logits = point.analysis().logits(examples, () -> false);
        double[] losses = point.analysis().losses(examples, () -> false);
        double mean = 0;
        for (int i = 0; i < 150; i++) {
            double sum = 0;
            for (int k = 0; k < CLASSES; k++) {
                sum += Math.exp(logits[i * CLASSES + k] - logits[i * CLASSES + examples.labels()[i]]);
            }
            assertThat(losses[i]).isCloseTo(Math.log(sum), within(1e-13));
            mean += losses[i] / 150;
        }
        assertThat(point.analysis().meanLoss(examples, () -> false)).isCloseTo(mean, within(1e-13));
    }

    /** exp(1000) is beyond a double. */
    @Test
    void lossesOfVeryLargeLogitsAreFinite() {
        Point point = SmallNetworks.point(SmallNetworks.all(Activation.TANH).get(0));
        FlatArray large = point.parameters();
        WeightSet head = WeightSet.of(point.layout(), block -> block.last());
        head.add(large, 1e4, head.gather(large));
        Examples examples = SmallNetworks.examples(point, 20);
        double[] losses = point.at(large).losses(examples, () -> false);
        assertThat(Arrays.stream(losses).allMatch(Double::isFinite)).isTrue();
        assertThat(Arrays.stream(losses).max().orElseThrow()).isGreaterThan(1000);
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void gradientIsThatOfTheMeanLoss(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        Examples examples = SmallNetworks.examples(point, 140);
        WeightSet set = point.all();
        double[] gradient = point.analysis().gradient(examples, set, () -> false);
        double[] differences = new double[set.length()];
        for (int i = 0; i < differences.length; i++) {
            double[] axis = new double[set.length()];
            axis[i] = 1;
            differences[i] = (point.at(point.moved(set, STEP, axis)).meanLoss(examples, () -> false)
                            - point.at(point.moved(set, -STEP, axis)).meanLoss(examples, () -> false))
                    / (2 * STEP);
        }
        assertThat(SmallNetworks.distance(gradient, differences)).isLessThan(1e-8 * SmallNetworks.norm(gradient));
    }

    @Test
    void gradientOfSomeLayersIsThatPartOfTheWhole() {
        Point point = SmallNetworks.point(SmallNetworks.all(Activation.RELU).get(1));
        Examples examples = SmallNetworks.examples(point, 30);
        double[] whole = point.analysis().gradient(examples, point.all(), () -> false);
        WeightSet second = WeightSet.of(point.layout(), block -> block.layer().equals("conv2"));
        int first = point.layout().weights().get(0).length();
        assertThat(point.analysis().gradient(examples, second, () -> false))
                .containsExactly(Arrays.copyOfRange(whole, first, first + second.length()));
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void hessianIsTheGradientsDerivative(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        Examples examples = SmallNetworks.examples(point, 140);
        for (WeightSet set : sets(point.layout())) {
            double[] direction = SmallNetworks.direction(set.length());
            double[] product = product(point.analysis().hessian(examples, set, () -> false), direction);
            double[] ahead = point.at(point.moved(set, STEP, direction)).gradient(examples, set, () -> false);
            double[] behind = point.at(point.moved(set, -STEP, direction)).gradient(examples, set, () -> false);
            double[] differences = new double[ahead.length];
            for (int i = 0; i < ahead.length; i++) {
                differences[i] = (ahead[i] - behind[i]) / (2 * STEP);
            }
            assertThat(SmallNetworks.distance(product, differences))
                    .as("%s", set.blocks())
                    .isLessThan(1e-7 * SmallNetworks.norm(product));
        }
    }

    /** All, the lowest, one in the middle, and two that are not neighbours. */
    private static List<WeightSet> sets(ParameterLayout layout) {
        return List.of(
                WeightSet.of(layout, block -> true),
                WeightSet.of(layout, block -> block.layer().endsWith("1")),
                WeightSet.of(layout, block -> block.layer().endsWith("2")),
                WeightSet.of(layout, block -> !block.layer().endsWith("2")));
    }

    private static double[] product(SymmetricOperator matrix, double[] direction) {
        double[] product = new double[matrix.dimension()];
        matrix.apply(direction, product);
        return product;
    }

    private static RealMatrix whole(SymmetricOperator matrix) {
        RealMatrix all = new Array2DRowRealMatrix(matrix.dimension(), matrix.dimension());
        for (int i = 0; i < matrix.dimension(); i++) {
            double[] axis = new double[matrix.dimension()];
            axis[i] = 1;
            all.setColumn(i, product(matrix, axis));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("everyNetwork")
    void lanczosFindsTheHessiansLargestEigenvalue(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        Examples examples = SmallNetworks.examples(point, 60);
        SymmetricOperator hessian = point.analysis().hessian(examples, point.all(), () -> false);
        RealMatrix all = whole(hessian);
        assertThat(all.subtract(all.transpose()).getNorm()).isLessThan(1e-12 * all.getNorm());
        double largest = Arrays.stream(
                        new EigenDecomposition(all.add(all.transpose()).scalarMultiply(0.5)).getRealEigenvalues())
                .max()
                .orElseThrow();
        Lanczos.Result found = new Lanczos(1, 20, 300, 1e-5).largest(hessian, iterations -> {});
        assertThat(found.eigenvalue()).isCloseTo(largest, within(1e-6 * largest));
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void gaussNewtonIsBuiltOfTheLogitsDerivatives(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        Examples examples = SmallNetworks.examples(point, 12);
        WeightSet set = point.all();
        double[] logits = point.analysis().logits(examples, () -> false);
        double[][] jacobian = new double[set.length()][];
        for (int i = 0; i < jacobian.length; i++) {
            double[] axis = new double[set.length()];
            axis[i] = 1;
            double[] ahead = point.at(point.moved(set, STEP, axis)).logits(examples, () -> false);
            double[] behind = point.at(point.moved(set, -STEP, axis)).logits(examples, () -> false);
            jacobian[i] = new double[ahead.length];
            for (int j = 0; j < ahead.length; j++) {
                jacobian[i][j] = (ahead[j] - behind[j]) / (2 * STEP);
            }
        }
        RealMatrix j = new Array2DRowRealMatrix(jacobian); // weights x (examples, classes)
        RealMatrix loss = new Array2DRowRealMatrix(logits.length, logits.length);
        for (int e = 0; e < examples.count(); e++) {
            double sum = 0;
            for (int k = 0; k < CLASSES; k++) {
                sum += Math.exp(logits[e * CLASSES + k]);
            }
            for (int k = 0; k < CLASSES; k++) {
                double p = Math.exp(logits[e * CLASSES + k]) / sum;
                for (int m = 0; m < CLASSES; m++) {
                    double q = Math.exp(logits[e * CLASSES + m]) / sum;
                    loss.setEntry(e * CLASSES + k, e * CLASSES + m, ((k == m ? p : 0) - p * q) / examples.count());
                }
            }
        }
        RealMatrix expected = j.multiply(loss).multiply(j.transpose());
        RealMatrix found = whole(point.analysis().gaussNewton(examples, set, () -> false));
        assertThat(found.subtract(expected).getFrobeniusNorm()).isLessThan(1e-7 * expected.getFrobeniusNorm());
    }

    @ParameterizedTest
    @MethodSource("everyNetwork")
    void squaredGradientsAreThoseOfExamplesByThemselves(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        Examples examples = SmallNetworks.examples(point, 40);
        double[] squares = point.analysis().squaredLossGradients(examples, () -> false);
        for (int l = 0; l < squares.length; l++) {
            WeightSet layer = new WeightSet(List.of(point.layout().weights().get(l)));
            double sum = 0;
            for (int i = 0; i < 40; i++) {
                double norm = SmallNetworks.norm(point.analysis().gradient(one(examples, i), layer, () -> false));
                sum += norm * norm / 40;
            }
            assertThat(squares[l]).isCloseTo(sum, within(1e-12 * sum));
        }
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void squaredLogitGradientsAreSummedOverTheClasses(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        Examples examples = SmallNetworks.examples(point, 9);
        double[] squares = point.analysis().squaredLogitGradients(examples, () -> false);
        for (int l = 0; l < squares.length; l++) {
            WeightSet layer = new WeightSet(List.of(point.layout().weights().get(l)));
            double sum = 0;
            for (int i = 0; i < layer.length(); i++) {
                double[] axis = new double[layer.length()];
                axis[i] = 1;
                double[] ahead = point.at(point.moved(layer, STEP, axis)).logits(examples, () -> false);
                double[] behind = point.at(point.moved(layer, -STEP, axis)).logits(examples, () -> false);
                double slope = SmallNetworks.distance(ahead, behind) / (2 * STEP);
                sum += slope * slope / examples.count();
            }
            assertThat(squares[l]).isCloseTo(sum, within(1e-7 * sum));
        }
    }

    private static Examples one(Examples examples, int i) {
        int features = examples.features();
        return new Examples(
                Arrays.copyOfRange(examples.inputs(), i * features, (i + 1) * features),
                new int[] {examples.labels()[i]});
    }

    @Test
    void isGivenUpBetweenTwoBlocks() {
        Point point = SmallNetworks.point(SmallNetworks.all(Activation.RELU).get(0));
        Examples examples = SmallNetworks.examples(point, 20);
        assertThatThrownBy(() -> point.analysis().losses(examples, () -> true))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void networksOfTokensAreRefusedWithAReason() {
        NetworkSpec spec = new NetworkSpec(NetworkKind.LSTM, List.of(3), Activation.TANH, Normalization.NONE, 0);
        TaskShape task = new TaskShape(new int[] {4}, 5, 4, 5);
        try (TrainableNetwork network = new TrainableNetwork(spec, task, Precision.DOUBLE, Team.of(1))) {
            assertThatThrownBy(() -> new AnalysisNetwork(spec, task, network.layout(), network.zeros()))
                    .isInstanceOf(BadInputException.class)
                    .hasMessage(AnalysisNetwork.refusal(spec).orElseThrow());
        }
        for (NetworkKind kind : List.of(NetworkKind.BAG, NetworkKind.ENCODER_DECODER)) {
            assertThat(AnalysisNetwork.refusal(
                            new NetworkSpec(kind, List.of(3), Activation.TANH, Normalization.NONE, 0)))
                    .hasValueSatisfying(reason -> assertThat(reason).startsWith("network.kind " + kind + " cannot"));
        }
        assertThat(AnalysisNetwork.refusal(SmallNetworks.all(Activation.TANH).get(0)))
                .isEmpty();
    }
}
