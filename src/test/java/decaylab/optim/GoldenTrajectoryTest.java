package decaylab.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.optim.FlatArray.OfDouble;
import decaylab.optim.ParameterBlock.Role;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * The update against trajectories that were computed from the published rules in 64 bits: f(w) = 1/2 sum a_i w_i^2 with a =
 * (1, 10, 0.1), from w = (1, -2, 3).
 */
class GoldenTrajectoryTest {
    private static final double[] CURVATURE = {1, 10, 0.1};
    private static final StepRule.Momentum HEAVY_BALL = new StepRule.Momentum(0.9, false);
    private static final StepRule.Momentum NESTEROV = new StepRule.Momentum(0.9, true);
    private static final StepRule.Adam ADAM = new StepRule.Adam(0.9, 0.999, 1e-8);

    static Stream<Arguments> goldens() {
        return Stream.of(
                golden(
                        HEAVY_BALL,
                        DecayEntry.L2,
                        .05,
                        .945,
                        -.99,
                        2.97,
                        .843525,
                        .41895,
                        2.9133,
                        .366676659590625,
                        1.017350432381250,
                        2.614902077700000),
                golden(
                        HEAVY_BALL,
                        DecayEntry.DECOUPLED,
                        .05,
                        .945,
                        -.99,
                        2.97,
                        .848025,
                        .40995,
                        2.9268,
                        .400915784840625,
                        1.019993421881250,
                        2.733646336200000),
                golden(
                        NESTEROV,
                        DecayEntry.L2,
                        .05,
                        .8955,
                        -.081,
                        2.943,
                        .75737025,
                        .8148195,
                        2.862783,
                        .263245036379411,
                        .010892636727025,
                        2.515322289961503),
                golden(
                        ADAM,
                        DecayEntry.L2,
                        .1,
                        .900000000909091,
                        -1.900000000049505,
                        2.900000001666667,
                        .800412229526784,
                        -1.800166485710387,
                        2.800102710436655,
                        .507963661443061,
                        -1.502955780254063,
                        2.501779463925463),
                golden(
                        ADAM,
                        DecayEntry.DECOUPLED,
                        .1,
                        .890000001000000,
                        -1.880000000050000,
                        2.870000003333333,
                        .781571856954161,
                        -1.761408950181340,
                        2.741439947269960,
                        .469952659618807,
                        -1.415566478919446,
                        2.365278589310614),
                golden(
                        ADAM,
                        DecayEntry.M_MIXED,
                        .1,
                        .890000001100000,
                        -1.899000000050500,
                        2.800000006666667,
                        .780519042659901,
                        -1.798170218342428,
                        2.600478136754541,
                        .460213777644743,
                        -1.498024364792377,
                        2.008716370375891),
                golden(
                        ADAM,
                        DecayEntry.SEPARATE,
                        .1,
                        .890000001100000,
                        -1.899000000050500,
                        2.800000006666666,
                        .781069505573589,
                        -1.798194751136018,
                        2.603743039967588,
                        .465962727626198,
                        -1.498271206337178,
                        2.041222150227163),
                golden(
                        ADAM,
                        DecayEntry.DECOUPLED_V_MIXED,
                        .1,
                        .899090909917355,
                        -1.880990099058916,
                        2.920000000833333,
                        .799570453968057,
                        -1.763375021940089,
                        2.840839787373069,
                        .512615665481795,
                        -1.420341644231831,
                        2.608589649292819),
                golden(
                        ADAM,
                        DecayEntry.SEPARATE_V_MIXED,
                        .1,
                        .900000000909091,
                        -1.900000000049505,
                        2.900000001666666,
                        .800864901210542,
                        -1.800190529104248,
                        2.800905456513278,
                        .512663967233039,
                        -1.503197597326362,
                        2.509653037534978),
                // not in the published tables: a transcription of the two Adam steps in another language
                golden(
                        ADAM,
                        DecayEntry.TWIN_BUFFERS,
                        .1,
                        .890000001100000,
                        -1.890000000100000,
                        2.890000003366667,
                        .780519042659901,
                        -1.780206048504958,
                        2.780126262414210,
                        .460213777644743,
                        -1.453686602641831,
                        2.452197785585192));
    }

    private static Arguments golden(StepRule rule, DecayEntry entry, double rate, double... weights) {
        return Arguments.of(rule, entry, rate, weights);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("goldens")
    void followsTheGoldenTrajectory(StepRule rule, DecayEntry entry, double rate, double[] expected) {
        List<double[]> path = path(rule, entry, rate, .1, 5);
        for (int i = 0; i < 3; i++) {
            assertThat(path.get(0)[i]).isCloseTo(expected[i], within(1e-12));
            assertThat(path.get(1)[i]).isCloseTo(expected[3 + i], within(1e-12));
            assertThat(path.get(4)[i]).isCloseTo(expected[6 + i], within(1e-12));
        }
    }

    @Test
    void couplingBySteppedLearningRateEqualsDecouplingUnderPlainSgd() {
        StepRule sgd = new StepRule.Momentum(0, false);
        double[] l2 = path(sgd, DecayEntry.L2, .05, .1, 50).get(49);
        double[] decoupled = path(sgd, DecayEntry.DECOUPLED, .05, .1, 50).get(49);
        for (int i = 0; i < 3; i++) {
            assertThat(l2[i]).isCloseTo(decoupled[i], within(1e-12 * Math.abs(decoupled[i])));
        }
    }

    @ParameterizedTest
    @EnumSource(DecayEntry.class)
    void withoutLambdaEveryEntryIsBitIdentical(DecayEntry entry) {
        assertThat(path(ADAM, entry, .1, 0, 20).get(19))
                .containsExactly(path(ADAM, DecayEntry.NONE, .1, 0, 20).get(19));
        if (!entry.needsAdam()) {
            assertThat(path(HEAVY_BALL, entry, .05, 0, 20).get(19))
                    .containsExactly(
                            path(HEAVY_BALL, DecayEntry.NONE, .05, 0, 20).get(19));
        }
    }

    /** An unused parameter: L2 under Adam takes off about eta a step whatever lambda is; AdamW takes off what lambda says. */
    @Test
    void deadCoordinateDecaysAsLambdaSaysOnlyWhenDecoupled() {
        double[] lambdas = {1e-6, 1e-4, 1e-2};
        double[] l2 = {0.902722663535, 0.901753488196, 0.901743696500};
        double[] adamW = {0.999999900000, 0.999990000050, 0.999000494838};
        for (int i = 0; i < lambdas.length; i++) {
            assertThat(deadCoordinate(DecayEntry.L2, lambdas[i])).isCloseTo(l2[i], within(1e-12));
            assertThat(deadCoordinate(DecayEntry.DECOUPLED, lambdas[i])).isCloseTo(adamW[i], within(1e-12));
            assertThat(deadCoordinate(DecayEntry.SEPARATE, lambdas[i])).isEqualTo(1);
        }
    }

    private static double deadCoordinate(DecayEntry entry, double lambda) {
        OfDouble w = new OfDouble(new double[] {1});
        UpdateKernel kernel = kernel(1, ADAM, entry);
        for (int t = 1; t <= 100; t++) {
            kernel.step(w, new OfDouble(new double[1]), new StepSettings(t, 1e-3, lambda, 1e-3 * lambda, 1));
        }
        return w.get(0);
    }

    /** A loss in other units: AdamW does not see it (eps = 0), L2 does. */
    @Test
    void onlyDecoupledDecayIsIndifferentToTheScaleOfTheLoss() {
        StepRule rule = new StepRule.Adam(0.9, 0.999, 0);
        // The minimum must not lie at zero: there objective and penalty would pull alike in every coordinate.
        double[] one = endOfShifted(rule, DecayEntry.DECOUPLED, .1, 1);
        double[] hundred = endOfShifted(rule, DecayEntry.DECOUPLED, .1, 100);
        double[] l2 = endOfShifted(rule, DecayEntry.L2, .1, 1);
        double[] l2Hundred = endOfShifted(rule, DecayEntry.L2, .1, 100);
        double[] l2Both = endOfShifted(rule, DecayEntry.L2, 10, 100);
        double difference = 0;
        for (int i = 0; i < 3; i++) {
            assertThat(hundred[i]).isCloseTo(one[i], within(1e-9));
            assertThat(l2Both[i]).isCloseTo(l2[i], within(1e-9));
            difference = Math.max(difference, Math.abs(l2Hundred[i] - l2[i]));
        }
        assertThat(difference).isGreaterThan(1e-3);
    }

    private static double[] endOfShifted(StepRule rule, DecayEntry entry, double lambda, double lossScale) {
        double[] minimum = {3, 1, -1};
        OfDouble w = new OfDouble(new double[] {1, -2, 3});
        UpdateKernel kernel = kernel(3, rule, entry);
        for (int t = 1; t <= 50; t++) {
            double[] g = new double[3];
            for (int i = 0; i < 3; i++) {
                g[i] = lossScale * CURVATURE[i] * (w.get(i) - minimum[i]);
            }
            kernel.step(w, new OfDouble(g), new StepSettings(t, .1, lambda, .1 * lambda, 1));
        }
        return w.values();
    }

    /** Rayleigh's quotient does not change with the size of w, so plain descent can only make w larger. */
    @Test
    void normGrowsByTheSumOfSquaredStepsWhereTheLossIsScaleInvariant() {
        double[] a = {3, 1, .5};
        OfDouble w = new OfDouble(new double[] {1, 2, -1});
        double[] first = rayleighGradient(a, w.values());
        assertThat(dot(w.values(), first)).isCloseTo(0, within(1e-15));
        double[] doubled = rayleighGradient(a, new double[] {2, 4, -2});
        assertThat(Math.sqrt(dot(doubled, doubled) / dot(first, first))).isCloseTo(.5, within(1e-15));
        UpdateKernel kernel = kernel(3, new StepRule.Momentum(0, false), DecayEntry.NONE);
        double before = dot(w.values(), w.values());
        double budget = 0;
        for (int t = 1; t <= 200; t++) {
            kernel.step(w, new OfDouble(rayleighGradient(a, w.values())), new StepSettings(t, .1, 0, 0, 1));
            budget += .01 * kernel.sums(0).gradient;
            assertThat(kernel.sums(0).weightsAfter).isCloseTo(dot(w.values(), w.values()), within(1e-14));
        }
        double growth = dot(w.values(), w.values()) - before;
        assertThat(growth).isCloseTo(0.075837711709, within(1e-12));
        assertThat(growth - budget).isCloseTo(0, within(1e-14));
        assertThat(w.values()[0]).isCloseTo(0.000000088936325, within(1e-14));
        assertThat(w.values()[1]).isCloseTo(0.179266473766020, within(1e-14));
        assertThat(w.values()[2]).isCloseTo(-2.458394037393663, within(1e-14));
    }

    /** u' = u - (eta / ||w||^2) grad L(u), to first order in eta. */
    @Test
    void directionTurnsWithTheEffectiveLearningRate() {
        double[] a = {3, 1, .5};
        double[] w = {1, 2, -1};
        for (double eta : new double[] {1e-3, 1e-4}) {
            double norm = Math.sqrt(dot(w, w));
            OfDouble stepped = new OfDouble(w.clone());
            UpdateKernel kernel = kernel(3, new StepRule.Momentum(0, false), DecayEntry.NONE);
            kernel.step(stepped, new OfDouble(rayleighGradient(a, w)), new StepSettings(1, eta, 0, 0, 1));
            double[] u = {w[0] / norm, w[1] / norm, w[2] / norm};
            double[] atU = rayleighGradient(a, u);
            double after = Math.sqrt(dot(stepped.values(), stepped.values()));
            for (int i = 0; i < 3; i++) {
                double predicted = u[i] - eta / (norm * norm) * atU[i];
                assertThat(stepped.values()[i] / after).isCloseTo(predicted, within(eta * eta));
            }
            double turned = Math.sqrt(dot(atU, atU)) * eta / (norm * norm);
            assertThat(kernel.sums(0).rotation()).isCloseTo(Math.atan(turned), within(1e-14));
        }
    }

    @Test
    void rotationOfATinyStepIsNotLostInSinglePrecision() {
        int n = 10_000;
        float[] w = new float[n];
        float[] g = new float[n];
        java.util.Arrays.fill(w, 1f);
        for (int i = 0; i < n; i++) {
            g[i] = i % 2 == 0 ? 1 : -1; // orthogonal to w
        }
        UpdateKernel kernel = new UpdateKernel(
                new ParameterLayout(List.of(new ParameterBlock("w", Role.WEIGHT, 0, n, n, true, false))),
                new StepRule.Momentum(0, false),
                DecayEntry.NONE,
                new boolean[] {true},
                new FlatArray.OfFloat(w),
                Team.of(1));
        kernel.step(new FlatArray.OfFloat(w), new FlatArray.OfFloat(g), new StepSettings(1, 1e-4, 0, 0, 1));
        assertThat(kernel.sums(0).rotation()).isCloseTo(1e-4, within(1e-6 * 1e-1));
    }

    @Test
    void singlePrecisionFollowsDoubleForEveryRuleAndEntry() {
        for (StepRule rule : List.of(new StepRule.Momentum(0, false), HEAVY_BALL, NESTEROV, ADAM)) {
            for (DecayEntry entry : DecayEntry.values()) {
                if (entry.needsAdam() && !(rule instanceof StepRule.Adam)) {
                    continue;
                }
                double[] exact = path(rule, entry, .02, .1, 30).get(29);
                FlatArray.OfFloat w = new FlatArray.OfFloat(new float[] {1, -2, 3});
                UpdateKernel kernel = new UpdateKernel(layout(3), rule, entry, new boolean[] {true}, w, Team.of(1));
                for (int t = 1; t <= 30; t++) {
                    float[] g = new float[3];
                    for (int i = 0; i < 3; i++) {
                        g[i] = (float) (CURVATURE[i] * w.get(i));
                    }
                    kernel.step(w, new FlatArray.OfFloat(g), new StepSettings(t, .02, .1, .02 * .1, 1));
                }
                for (int i = 0; i < 3; i++) {
                    assertThat(w.get(i)).as("%s %s", rule, entry).isCloseTo(exact[i], within(2e-5));
                }
            }
        }
    }

    /** Long blocks are summed in another way than short ones, and in two halves: the sums are those of the definitions. */
    @Test
    void sumsOfLongBlocksAreThoseOfTheDefinitions() {
        int n = 70_001;
        for (float size : new float[] {1e-22f, 1, 1e14f}) {
            float[] w = new float[n];
            float[] g = new float[n];
            CounterRandom random = CounterRandom.of(1, "long");
            for (int i = 0; i < n; i++) {
                w[i] = (float) (size * random.nextGaussian());
                g[i] = (float) random.nextGaussian();
            }
            float[] before = w.clone();
            try (Team team = Team.of(2)) {
                UpdateKernel kernel = new UpdateKernel(
                        new ParameterLayout(List.of(new ParameterBlock("w", Role.WEIGHT, 0, n, n, true, false))),
                        new StepRule.Momentum(0.9, false),
                        DecayEntry.L2,
                        new boolean[] {true},
                        new FlatArray.OfFloat(w),
                        team);
                kernel.step(
                        new FlatArray.OfFloat(w),
                        new FlatArray.OfFloat(g),
                        new StepSettings(1, 1e-4 * size, 0, 0, 0.5));
                double after = 0;
                double gradient = 0;
                double change = 0;
                double product = 0;
                for (int i = 0; i < n; i++) {
                    double d = (double) w[i] - before[i];
                    after += (double) w[i] * w[i];
                    gradient += 0.25 * g[i] * g[i];
                    change += d * d;
                    product += before[i] * d;
                }
                BlockSums sums = kernel.sums(0);
                assertThat(sums.weightsAfter).isCloseTo(after, within(1e-7 * after));
                assertThat(sums.gradient).isCloseTo(gradient, within(1e-7 * gradient));
                assertThat(sums.finite).isZero();
                if (size == 1) {
                    assertThat(sums.change).isCloseTo(change, within(1e-7 * change));
                    assertThat(sums.weightsTimesChange).isCloseTo(product, within(1e-7 * Math.sqrt(after * change)));
                }
                g[n - 1] = Float.POSITIVE_INFINITY;
                kernel.step(new FlatArray.OfFloat(w), new FlatArray.OfFloat(g), new StepSettings(2, 1e-4, 0, 0, 1));
                assertThat(kernel.sums(0).finite).isNaN();
            }
        }
    }

    @Test
    void aWeightThatIsNotFiniteIsSeen() {
        UpdateKernel kernel = kernel(2, HEAVY_BALL, DecayEntry.NONE);
        OfDouble w = new OfDouble(new double[] {1, 1});
        kernel.step(w, new OfDouble(new double[] {1, 1}), new StepSettings(1, .1, 0, 0, 1));
        assertThat(kernel.sums(0).finite).isZero();
        kernel.step(w, new OfDouble(new double[] {1, Double.POSITIVE_INFINITY}), new StepSettings(2, .1, 0, 0, 1));
        assertThat(kernel.sums(0).finite).isNaN();
    }

    /** DL4J's own updaters, as a second opinion: the rows differ from ours by the place of eps only. */
    @Test
    void dl4jAdamWithItsOwnRegularisationEndsBesideUs() {
        double[] weightDecay = dl4jAdam(new WeightDecay(.1, true));
        double[] l2 = dl4jAdam(new L2Regularization(.1));
        double[] ours = path(ADAM, DecayEntry.DECOUPLED, .1, .1, 5).get(4);
        double[] oursL2 = path(ADAM, DecayEntry.L2, .1, .1, 5).get(4);
        double[] expected = {.469952758881483, -1.415566483825238, 2.365278913917837};
        double[] expectedL2 = {.507963753497405, -1.502955785198918, 2.501779629092872};
        for (int i = 0; i < 3; i++) {
            assertThat(weightDecay[i]).isCloseTo(expected[i], within(1e-6)).isCloseTo(ours[i], within(1e-6));
            assertThat(l2[i]).isCloseTo(expectedL2[i], within(1e-6)).isCloseTo(oursL2[i], within(1e-6));
        }
    }

    private static double[] dl4jAdam(Regularization regularization) {
        INDArray w = Nd4j.createFromArray(1.0, -2.0, 3.0).reshape(1, 3);
        Adam adam = Adam.builder()
                .learningRate(.1)
                .beta1(.9)
                .beta2(.999)
                .epsilon(1e-8)
                .build();
        GradientUpdater<?> updater = adam.instantiate(Nd4j.zeros(DataType.DOUBLE, 1, adam.stateSize(3)), true);
        for (int t = 0; t < 5; t++) {
            INDArray g = w.mul(Nd4j.createFromArray(CURVATURE).reshape(1, 3));
            boolean before = regularization.applyStep() == Regularization.ApplyStep.BEFORE_UPDATER;
            if (before) {
                regularization.apply(w, g, .1, t, 0);
            }
            updater.applyUpdater(g, t, 0);
            if (!before) {
                regularization.apply(w, g, .1, t, 0);
            }
            w.subi(g);
        }
        return w.toDoubleVector();
    }

    private static List<double[]> path(StepRule rule, DecayEntry entry, double rate, double lambda, int steps) {
        OfDouble w = new OfDouble(new double[] {1, -2, 3});
        UpdateKernel kernel = kernel(3, rule, entry);
        List<double[]> path = new ArrayList<>();
        for (int t = 1; t <= steps; t++) {
            double[] g = new double[3];
            for (int i = 0; i < 3; i++) {
                g[i] = CURVATURE[i] * w.get(i);
            }
            kernel.step(w, new OfDouble(g), new StepSettings(t, rate, lambda, rate * lambda, 1));
            path.add(w.values().clone());
        }
        return path;
    }

    private static UpdateKernel kernel(int n, StepRule rule, DecayEntry entry) {
        return new UpdateKernel(layout(n), rule, entry, new boolean[] {true}, new OfDouble(new double[n]), Team.of(1));
    }

    private static ParameterLayout layout(int n) {
        return new ParameterLayout(List.of(new ParameterBlock("w", Role.WEIGHT, 0, n, n, true, false)));
    }

    private static double[] rayleighGradient(double[] a, double[] w) {
        double squared = dot(w, w);
        double quotient = 0;
        for (int i = 0; i < 3; i++) {
            quotient += a[i] * w[i] * w[i] / squared;
        }
        double[] g = new double[3];
        for (int i = 0; i < 3; i++) {
            g[i] = 2 * w[i] * (a[i] - quotient) / squared;
        }
        return g;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
