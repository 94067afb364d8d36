package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.data.DataSet;
import decaylab.experiment.Activation;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.instrument.geometry.SmallNetworks.Point;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Definitions against their letter, and the invariance that tells the measures apart. */
class GeneralizationMeterTest {
    private static final int BATCH = 12;
    private static final MeterSettings SETTINGS = new MeterSettings(50, 5, 3, 0.1, new Lanczos(1, 20, 300, 1e-6), 4);

    static List<NetworkSpec> normalized() {
        List<NetworkSpec> specs = new ArrayList<>();
        for (Normalization normalization : List.of(Normalization.BATCH, Normalization.BATCH_AFFINE)) {
            specs.add(new NetworkSpec(NetworkKind.MLP, List.of(7, 6), Activation.RELU, normalization, 0));
            specs.add(new NetworkSpec(NetworkKind.CNN, List.of(3, 4), Activation.TANH, normalization, 0));
        }
        return specs;
    }

    private static Experiment experiment(NetworkSpec spec) {
        return new ExperimentYaml()
                .with(
                        Experiment.defaults(),
                        Map.of(
                                "network.kind", spec.kind().toString(),
                                "network.widths", spec.widths().toString(),
                                "network.activation", spec.activation().toString(),
                                "network.normalization", spec.normalization().toString(),
                                "network.bnEpsilon", Double.toString(spec.bnEpsilon()),
                                "batchSize", Integer.toString(BATCH)));
    }

    private static DataSet data(Point point) {
        Examples all = SmallNetworks.examples(point, 60);
        return new DataSet(
                "made",
                point.task().input(),
                SmallNetworks.CLASSES,
                all.inputs(),
                all.labels(),
                all.labels(),
                all.inputs(),
                all.labels());
    }

    private static GeneralizationMetrics measure(Point point, FlatArray parameters) {
        return new GeneralizationMeter(experiment(point.spec()), data(point), SETTINGS)
                .measure(parameters, done -> {}, () -> false)
                .orElseThrow();
    }

    private static FlatArray scaled(Point point, Map<String, Double> factors) {
        FlatArray scaled = point.parameters();
        for (Map.Entry<String, Double> each : factors.entrySet()) {
            scaled = Rescaling.of(point.layout(), scaled, each.getKey(), each.getValue());
        }
        return scaled;
    }

    private static List<String> hidden(Point point) {
        return point.layout().weights().stream()
                .filter(block -> !block.last())
                .map(ParameterBlock::layer)
                .toList();
    }

    private static double value(GeneralizationMetrics metrics, GeneralizationMetric metric) {
        return metrics.value(metric).orElseThrow();
    }

    private static void assertRatio(
            GeneralizationMetrics changed, GeneralizationMetrics metrics, GeneralizationMetric metric, double ratio) {
        assertThat(value(changed, metric) / value(metrics, metric))
                .as("%s", metric)
                .isCloseTo(ratio, within(1e-6 * ratio));
    }

    private static void assertInvariant(GeneralizationMetrics changed, GeneralizationMetrics metrics) {
        assertThat(changed.trainLoss()).isCloseTo(metrics.trainLoss(), within(1e-12));
        for (GeneralizationMetric metric : GeneralizationMetric.values()) {
            if (metric.invariant() || metric == GeneralizationMetric.PATH_NORM) {
                assertRatio(changed, metrics, metric, 1);
            }
        }
    }

    /** Spec: W_1 and its running mean times 3, its running variance times 9. */
    @ParameterizedTest
    @MethodSource("normalized")
    void theFirstLayersSizeIsFeltByTheRawMeasuresOnly(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        GeneralizationMetrics before = measure(point, point.parameters());
        GeneralizationMetrics after =
                measure(point, scaled(point, Map.of(hidden(point).get(0), 3.0)));
        assertInvariant(after, before);
        for (int l = 0; l < before.layers().size(); l++) {
            LayerFigures was = before.layers().get(l);
            LayerFigures is = after.layers().get(l);
            double factor = l == 0 ? 3 : 1;
            assertThat(is.frobenius() / was.frobenius()).isCloseTo(factor, within(1e-6));
            assertThat(is.spectral() / was.spectral()).isCloseTo(factor, within(1e-6));
            double inverse = 1 / (factor * factor);
            assertThat(is.fisher() / was.fisher()).isCloseTo(inverse, within(1e-6));
            assertThat(is.noise() / was.noise()).isCloseTo(inverse, within(1e-6));
            assertThat(is.jacobian() / was.jacobian()).isCloseTo(inverse, within(1e-6));
        }
        assertRatio(after, before, GeneralizationMetric.FROBENIUS_PRODUCT, 3);
        assertRatio(after, before, GeneralizationMetric.SPECTRAL_PRODUCT, 3);
    }

    @ParameterizedTest
    @MethodSource("normalized")
    void allLayersMayHaveAFactorOfTheirOwn(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        List<String> layers = hidden(point);
        GeneralizationMetrics after = measure(point, scaled(point, Map.of(layers.get(0), 0.2, layers.get(1), 7.0)));
        assertInvariant(after, measure(point, point.parameters()));
    }

    @ParameterizedTest
    @MethodSource("normalized")
    void theHessianIsOfDegreeMinusTwoInAllLayersTogether(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        List<String> layers = hidden(point);
        GeneralizationMetrics before = measure(point, point.parameters());
        GeneralizationMetrics after = measure(point, scaled(point, Map.of(layers.get(0), 3.0, layers.get(1), 3.0)));
        assertRatio(after, before, GeneralizationMetric.HESSIAN, 1.0 / 9);
        assertRatio(after, before, GeneralizationMetric.NORM, 3);
    }

    @ParameterizedTest
    @MethodSource("normalized")
    void measuresAreWhatTheirDefinitionsSay(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        GeneralizationMetrics metrics = measure(point, point.parameters());
        Examples examples = Examples.ofTraining(data(point), 50, 4);
        AnalysisNetwork analysis = point.analysis();
        double loss = analysis.meanLoss(examples, () -> false);
        assertThat(metrics.examples()).isEqualTo(50);
        assertThat(metrics.trainLoss()).isEqualTo(loss);
        Map<GeneralizationMetric, Double> expected = new EnumMap<>(GeneralizationMetric.class);
        double[] fisher = analysis.squaredLossGradients(examples, () -> false);
        double[] jacobian = analysis.squaredLogitGradients(examples, () -> false);
        double[] noise = noise(point);
        double square = 0;
        double product = 1;
        for (int l = 0; l < fisher.length; l++) {
            double norm = SmallNetworks.norm(
                    new WeightSet(List.of(point.layout().weights().get(l))).gather(point.parameters()));
            product *= norm;
            expected.merge(GeneralizationMetric.FROBENIUS_SUM, norm, Double::sum);
            expected.merge(GeneralizationMetric.FISHER, fisher[l], Double::sum);
            expected.merge(GeneralizationMetric.NOISE, noise[l], Double::sum);
            expected.merge(GeneralizationMetric.JACOBIAN, jacobian[l], Double::sum);
            if (l < 2) {
                square += norm * norm;
                expected.merge(GeneralizationMetric.K_FISHER, norm * norm * fisher[l], Double::sum);
                expected.merge(GeneralizationMetric.K_NOISE, norm * norm * noise[l], Double::sum);
                expected.merge(GeneralizationMetric.K_JACOBIAN, norm * norm * jacobian[l], Double::sum);
            }
        }
        expected.put(GeneralizationMetric.NORM, Math.sqrt(square));
        expected.put(GeneralizationMetric.FROBENIUS_PRODUCT, product);
        WeightSet set = WeightSet.normalized(point.layout());
        expected.put(GeneralizationMetric.HESSIAN, largest(point, set, examples, false));
        expected.put(GeneralizationMetric.K_HESSIAN, largest(point, set, examples, true));
        expected.put(GeneralizationMetric.SHARPNESS, sharpness(point, set, examples, false) - loss);
        expected.put(GeneralizationMetric.K_SHARPNESS, sharpness(point, set, examples, true) - loss);
        expected.forEach((metric, value) ->
                assertThat(value(metrics, metric)).as("%s", metric).isCloseTo(value, within(1e-9 * Math.abs(value))));
        assertThat(metrics.withoutInvariants()).isEmpty();
        assertThat(metrics.hessian().converged()).isTrue();
    }

    /** Gradients of the same batches, then mean and variance in two passes. */
    private static double[] noise(Point point) {
        DataSet data = data(point);
        double[][] gradients = new double[SETTINGS.batches()][];
        List<ParameterBlock> layers = point.layout().weights();
        try (TrainableNetwork network =
                new TrainableNetwork(point.spec(), point.task(), Precision.DOUBLE, Team.of(1))) {
            network.load(point.parameters());
            for (int b = 0; b < gradients.length; b++) {
                int[] order =
                        CounterRandom.of(SETTINGS.seed(), "noise").split(b).permutation(60);
                float[] inputs = new float[BATCH * data.features()];
                int[] labels = new int[BATCH];
                data.gatherTrain(order, BATCH, inputs, labels);
                FlatArray gradient = network.zeros();
                network.gradient(inputs, labels, BATCH, gradient);
                gradients[b] = point.all().gather(gradient);
            }
        }
        double[] traces = new double[layers.size()];
        int at = 0;
        for (int l = 0; l < traces.length; l++) {
            for (int end = at + layers.get(l).length(); at < end; at++) {
                int i = at;
                double[] values =
                        Arrays.stream(gradients).mapToDouble(g -> g[i] / BATCH).toArray();
                double mean = Arrays.stream(values).average().orElseThrow();
                for (double value : values) {
                    traces[l] += (value - mean) * (value - mean) / (values.length - 1);
                }
            }
        }
        return traces;
    }

    private static double largest(Point point, WeightSet set, Examples examples, boolean scaled) {
        SymmetricOperator hessian = point.analysis().hessian(examples, set, () -> false);
        double[] sizes = new double[set.length()];
        int at = 0;
        for (ParameterBlock block : set.blocks()) {
            double norm = SmallNetworks.norm(new WeightSet(List.of(block)).gather(point.parameters()));
            Arrays.fill(sizes, at, at + block.length(), scaled ? norm : 1);
            at += block.length();
        }
        double[][] all = new double[set.length()][set.length()];
        for (int i = 0; i < all.length; i++) {
            double[] axis = new double[set.length()];
            axis[i] = 1;
            hessian.apply(axis, all[i]);
        }
        double[][] symmetric = new double[all.length][all.length];
        for (int i = 0; i < all.length; i++) {
            for (int j = 0; j < all.length; j++) {
                symmetric[i][j] = sizes[i] * sizes[j] * (all[i][j] + all[j][i]) / 2;
            }
        }
        return Arrays.stream(new EigenDecomposition(new Array2DRowRealMatrix(symmetric)).getRealEigenvalues())
                .max()
                .orElseThrow();
    }

    private static double sharpness(Point point, WeightSet set, Examples examples, boolean relative) {
        double sum = 0;
        for (int d = 0; d < SETTINGS.directions(); d++) {
            CounterRandom random =
                    CounterRandom.of(SETTINGS.seed(), "sharpness").split(d);
            FlatArray moved = point.parameters().copy();
            for (ParameterBlock block : set.blocks()) {
                WeightSet one = new WeightSet(List.of(block));
                double[] direction = new double[block.length()];
                Arrays.setAll(direction, i -> random.nextGaussian());
                double size = relative ? SmallNetworks.norm(one.gather(point.parameters())) : 1;
                one.add(moved, SETTINGS.rho() * size / SmallNetworks.norm(direction), direction);
            }
            sum += point.at(moved).meanLoss(examples, () -> false);
        }
        return sum / SETTINGS.directions();
    }

    @ParameterizedTest
    @EnumSource(
            value = NetworkKind.class,
            names = {"MLP", "CNN"})
    void whereNothingIsNormalizedTheInvariantOnesAreEmptyWithAReason(NetworkKind kind) {
        Point point =
                SmallNetworks.point(new NetworkSpec(kind, List.of(5, 4), Activation.TANH, Normalization.NONE, 1e-5));
        GeneralizationMetrics metrics = measure(point, point.parameters());
        for (GeneralizationMetric metric : GeneralizationMetric.values()) {
            assertThat(metrics.value(metric).isPresent()).as("%s", metric).isEqualTo(!metric.invariant());
        }
        assertThat(metrics.withoutInvariants().orElseThrow()).startsWith("No layer is normalised");
        assertThat(metrics.scaledHessian()).isEmpty();
        Examples examples = Examples.ofTraining(data(point), 50, 4);
        double expected = largest(point, WeightSet.hidden(point.layout()), examples, false);
        assertThat(value(metrics, GeneralizationMetric.HESSIAN)).isCloseTo(expected, within(1e-9 * expected));
    }

    @Test
    void aWeightThatIsNotFiniteGivesNaN() {
        Point point = SmallNetworks.point(normalized().get(0));
        FlatArray broken = point.parameters().copy();
        broken.set(0, Double.NaN);
        GeneralizationMetrics metrics = measure(point, broken);
        for (GeneralizationMetric metric : GeneralizationMetric.values()) {
            assertThat(value(metrics, metric)).as("%s", metric).isNaN();
        }
        assertThat(metrics.trainLoss()).isNaN();
    }

    @Test
    void tellsHowFarItIsAndEndsWhereItIsGivenUp() {
        Point point = SmallNetworks.point(normalized().get(1));
        GeneralizationMeter meter = new GeneralizationMeter(experiment(point.spec()), data(point), SETTINGS);
        List<Double> told = new ArrayList<>();
        meter.measure(point.parameters(), told::add, () -> false);
        assertThat(told).isSorted().endsWith(1.0).hasSizeGreaterThan(40);
        for (double until : List.of(0.0, 0.03, 0.1, 0.33, 0.5, 0.69, 0.8, 0.985)) {
            List<Double> before = new ArrayList<>(List.of(0.0));
            assertThat(meter.measure(point.parameters(), before::add, () -> before.get(before.size() - 1) >= until))
                    .isEmpty();
            assertThat(before.get(before.size() - 1)).isLessThan(1);
        }
    }

    @Test
    void parametersOfARunInSinglePrecisionAreMeasuredAsTheyAre() {
        Point point = SmallNetworks.point(normalized().get(0));
        float[] rounded = new float[point.parameters().length()];
        FlatArray exact = point.parameters().copy();
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) exact.get(i);
            exact.set(i, rounded[i]);
        }
        assertThat(measure(point, new FlatArray.OfFloat(rounded))).isEqualTo(measure(point, exact));
    }

    @Test
    void fewerExamplesAreDrawnFromAllOfThem() {
        Point point = SmallNetworks.point(normalized().get(0));
        DataSet data = data(point);
        Examples some = Examples.ofTraining(data, 20, 1);
        assertThat(some.count()).isEqualTo(20);
        assertThat(Examples.ofTraining(data, 20, 1).inputs()).isEqualTo(some.inputs());
        assertThat(Examples.ofTraining(data, 20, 2).inputs()).isNotEqualTo(some.inputs());
        assertThat(Examples.ofTraining(data, 60, 2).inputs()).isSameAs(data.trainInputs());
    }

    @Test
    void aBatchHasNoExampleTwice() {
        Point point = SmallNetworks.point(normalized().get(0));
        Examples few = SmallNetworks.examples(point, BATCH - 1);
        DataSet data = new DataSet(
                "few",
                point.task().input(),
                SmallNetworks.CLASSES,
                few.inputs(),
                few.labels(),
                few.labels(),
                few.inputs(),
                few.labels());
        GeneralizationMeter meter = new GeneralizationMeter(experiment(point.spec()), data, SETTINGS);
        assertThatThrownBy(() -> meter.measure(point.parameters(), done -> {}, () -> false))
                .hasMessage("batches of 12 of 11 examples");
    }

    @Test
    void networksOfTokensAreRefused() {
        NetworkSpec spec = new NetworkSpec(NetworkKind.LSTM, List.of(3), Activation.TANH, Normalization.NONE, 0);
        DataSet data = data(SmallNetworks.point(normalized().get(0)));
        Experiment experiment = experiment(spec);
        assertThatThrownBy(() -> new GeneralizationMeter(experiment, data, SETTINGS))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("lstm");
    }
}
