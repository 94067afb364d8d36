package decaylab.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.optim.FlatArray.OfDouble;
import decaylab.optim.FlatArray.OfFloat;
import decaylab.optim.ParameterBlock.Role;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The budget of the norm sums to what is measured; the shares are those of an independent transcription. */
class StepSharesTest {
    private static final int LENGTH = 3_000; // more than a chunk, so that halves and lanes take part
    private static final int STEPS = 60;
    private static final int WIDTH = 6; // of a row: chunks and halves cut through rows
    private static final int CLASSES = 4;
    private static final StepRule.Adam ADAM = new StepRule.Adam(0.9, 0.999, 1e-8);

    static Stream<Arguments> rules() {
        return Stream.of(
                        new StepRule.Momentum(0, false),
                        new StepRule.Momentum(0.9, false),
                        new StepRule.Momentum(0.9, true),
                        ADAM)
                .flatMap(rule -> Stream.of(DecayEntry.values())
                        .filter(entry -> rule instanceof StepRule.Adam || !entry.needsAdam())
                        .map(entry -> Arguments.of(rule, entry)));
    }

    private static UpdateKernel kernel(StepRule rule, DecayEntry entry, FlatArray like, boolean shares) {
        ParameterLayout layout =
                new ParameterLayout(List.of(new ParameterBlock("dense1", Role.WEIGHT, 0, LENGTH, 1, true, false)));
        UpdateKernel kernel = new UpdateKernel(layout, rule, entry, new boolean[] {true}, like, Team.of(1));
        kernel.followShares(shares);
        if (shares) {
            kernel.divide(new RowClasses(0, WIDTH, classOfRow(), CLASSES + 1));
        }
        return kernel;
    }

    /** The last of the classes has no rows. */
    private static int[] classOfRow() {
        int[] classOf = new int[LENGTH / WIDTH];
        Arrays.setAll(classOf, row -> row * row % 7 % CLASSES);
        return classOf;
    }

    /** Decay is switched off in the middle and on again, as in the lab. */
    private static StepSettings settings(int step, DecayEntry entry) {
        double lambda = step >= 20 && step < 35 || entry == DecayEntry.NONE ? 0 : 0.02;
        return new StepSettings(step + 1, 0.03, lambda, 0.03 * lambda, 0.25);
    }

    /** A gradient that differs from step to step and depends on the weights. */
    private static double gradient(int step, int i, double weight) {
        return 4 * (0.3 * weight + CounterRandom.of(step, "gradient").split(i).nextGaussian());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theBudgetSumsToTheMeasuredChange(StepRule rule, DecayEntry entry) {
        double[] w = start();
        UpdateKernel kernel = kernel(rule, entry, new OfDouble(w), true);
        double[] g = new double[LENGTH];
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < LENGTH; i++) {
                g[i] = gradient(step, i, w[i]);
            }
            double before = square(w);
            kernel.step(new OfDouble(w), new OfDouble(g), settings(step, entry), Taking.SHARES);
            BlockSums sums = kernel.sums(0);
            double parts = sums.byDecay() + sums.byPresentGradient() + sums.byEarlierGradients() + sums.byLength();
            double scale = Math.abs(sums.byDecay())
                    + Math.abs(sums.byPresentGradient())
                    + Math.abs(sums.byEarlierGradients())
                    + sums.byLength();
            assertThat(parts).isCloseTo(square(w) - before, within(1e-10 * Math.max(scale, before * 1e-4)));
        }
    }

    /**
     * A constant gradient at weights that are held: with the penalty in the second moment little is left of the objective. Where
     * the clean second moment divides the penalty, its share is ten thousand times the other, and what is left has fewer digits.
     */
    @ParameterizedTest
    @CsvSource({
        "l2, 0.01, 0.5",
        "l2, 0.1, 0.09090909090909091",
        "l2, 1, 0.009900990099009901",
        "separate-v-mixed, 1, 0.009900990099009901",
        "decoupled-v-mixed, 1, 0.009900990099009901",
        "m-mixed, 1, 1",
        "separate, 1, 1",
        "decoupled, 0.01, 1",
        "decoupled, 1, 1",
        "twin-buffers, 1, 1"
    })
    void theObjectiveDrownsWhereThePenaltyIsInTheSecondMoment(String word, double lambda, double share) {
        DecayEntry entry = Stream.of(DecayEntry.values())
                .filter(one -> one.toString().equals(word))
                .findFirst()
                .orElseThrow();
        OfDouble w = new OfDouble(new double[LENGTH]);
        UpdateKernel kernel = kernel(new StepRule.Adam(0.9, 0.999, 0), entry, w, true);
        double[] g = new double[LENGTH];
        Arrays.fill(g, 0.01);
        for (int step = 0; step < STEPS; step++) {
            Arrays.fill(w.values(), 1);
            kernel.step(w, new OfDouble(g), new StepSettings(step + 1, 1, lambda, lambda, 1), Taking.SHARES);
            assertThat(kernel.sums(0).objectiveLength() / Math.sqrt(LENGTH)).isCloseTo(share, within(1e-10));
        }
    }

    /** The shares by two optimisers that are fed the objective and the penalty apart. */
    @ParameterizedTest
    @MethodSource("rules")
    void theSharesAreThoseOfTwoBuffers(StepRule rule, DecayEntry entry) {
        double[] w = start();
        UpdateKernel kernel = kernel(rule, entry, new OfDouble(w), true);
        double[] g = new double[LENGTH];
        double[] mg = new double[LENGTH];
        double[] md = new double[LENGTH];
        double[] v = new double[LENGTH];
        double[] ofWeights = new double[LENGTH];
        double[] squaresOfWeights = new double[LENGTH];
        int[] classOfRow = classOfRow();
        for (int step = 0; step < STEPS; step++) {
            StepSettings now = settings(step, entry);
            double eta = now.learningRate();
            double wd = 0;
            double dd = 0;
            double gg = 0;
            double gd = 0;
            double wp = 0;
            int drowned = 0;
            double[] after = new double[LENGTH];
            BlockSums[] ofClasses = classes();
            for (int i = 0; i < LENGTH; i++) {
                g[i] = gradient(step, i, w[i]);
                double mean = g[i] * now.gradientScale();
                double l = now.decay() * w[i];
                double ug;
                double ud;
                double up;
                if (rule instanceof StepRule.Momentum momentum) {
                    double mu = momentum.momentum();
                    mg[i] = mu * mg[i] + mean;
                    md[i] = mu * md[i] + (entry.intoM() ? l : 0);
                    boolean nesterov = momentum.nesterov();
                    ug = eta * (nesterov ? mu * mg[i] + mean : mg[i]);
                    ud = eta * (nesterov ? mu * md[i] + (entry.intoM() ? l : 0) : md[i]);
                    up = eta * (nesterov ? mu + 1 : 1) * mean;
                } else {
                    mg[i] = 0.9 * mg[i] + 0.1 * mean;
                    md[i] = 0.9 * md[i] + 0.1 * (entry.intoM() ? l : 0);
                    double forV = mean + (entry.intoV() ? l : 0);
                    v[i] = 0.999 * v[i] + 0.001 * forV * forV;
                    double sigma = Math.sqrt(v[i] / (1 - Math.pow(0.999, step + 1))) + 1e-8;
                    double corrected = 1 - Math.pow(0.9, step + 1);
                    ug = eta * mg[i] / corrected / sigma;
                    ud = eta * (md[i] / corrected + (entry.beforeDivision() ? l : 0)) / sigma;
                    up = eta * 0.1 * mean / corrected / sigma;
                }
                if (entry.twin()) {
                    ofWeights[i] = 0.9 * ofWeights[i] + 0.1 * w[i];
                    squaresOfWeights[i] = 0.999 * squaresOfWeights[i] + 0.001 * w[i] * w[i];
                    double root = Math.sqrt(squaresOfWeights[i] / (1 - Math.pow(0.999, step + 1))) + 1e-8;
                    ud = eta * now.decay() * ofWeights[i] / (1 - Math.pow(0.9, step + 1)) / root;
                }
                ud += entry.atStep() ? now.decayStep() * w[i] : 0;
                wd += w[i] * ud;
                dd += ud * ud;
                gg += ug * ug;
                gd += ug * ud;
                wp += w[i] * up;
                after[i] = w[i] - ug - ud;
                boolean under = Math.abs(ud) > Math.abs(ug);
                drowned += under ? 1 : 0;
                BlockSums ofClass = ofClasses[classOfRow[i / WIDTH]];
                ofClass.penaltySquared += ud * ud;
                ofClass.change += (ug + ud) * (ug + ud);
                ofClass.penaltyTimesStep += ud * (ug + ud);
                ofClass.drowned += under ? 1 : 0;
                ofClass.compared++;
            }
            kernel.step(new OfDouble(w), new OfDouble(g), now, Taking.SHARES);
            BlockSums sums = kernel.sums(0);
            assertThat(sums.penalty).isCloseTo(wd, within(1e-11 * Math.max(1e-6, Math.abs(wd))));
            assertThat(sums.penaltyLength()).isCloseTo(Math.sqrt(dd), within(1e-11 * (1e-6 + Math.sqrt(dd))));
            assertThat(sums.objectiveLength()).isCloseTo(Math.sqrt(gg), within(1e-9 * Math.sqrt(gg)));
            assertThat(sums.byPresentGradient()).isCloseTo(-2 * wp, within(1e-11 * (1 + Math.abs(wp))));
            assertThat(sums.drownedFraction()).isEqualTo((double) drowned / LENGTH);
            for (int i = 0; i < LENGTH; i++) {
                assertThat(w[i]).isCloseTo(after[i], within(1e-12));
            }
            assertSameClasses(kernel, ofClasses, 1e-9);
            if (dd > 0) {
                assertThat(sums.cosineOfShares()).isCloseTo(gd / Math.sqrt(gg * dd), within(1e-8));
            } else {
                assertThat(sums.cosineOfShares()).isNaN();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void takingTheSharesDoesNotChangeTheSteps(StepRule rule, DecayEntry entry) {
        float[] with = floats(start());
        float[] without = with.clone();
        UpdateKernel taking = kernel(rule, entry, new OfFloat(with), true);
        UpdateKernel plain = kernel(rule, entry, new OfFloat(without), false);
        float[] g = new float[LENGTH];
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < LENGTH; i++) {
                g[i] = (float) gradient(step, i, with[i]);
            }
            taking.step(new OfFloat(with), new OfFloat(g.clone()), settings(step, entry), Taking.SHARES);
            plain.step(new OfFloat(without), new OfFloat(g), settings(step, entry), Taking.SHARES);
            assertThat(with).isEqualTo(without);
        }
        BlockSums sums = taking.sums(0);
        assertThat(sums.byDecay() + sums.byPresentGradient() + sums.byEarlierGradients() + sums.byLength())
                .isCloseTo(sums.weightsAfter - sums.weightsBefore, within(1e-5 * sums.weightsBefore));
    }

    /** Single precision takes its sums another way; they are followed throughout, though taken now and then only. */
    @ParameterizedTest
    @MethodSource("rules")
    void singlePrecisionTakesTheSameShares(StepRule rule, DecayEntry entry) {
        double[] exact = start();
        float[] rounded = floats(exact);
        UpdateKernel inDouble = kernel(rule, entry, new OfDouble(exact), true);
        UpdateKernel inFloat = kernel(rule, entry, new OfFloat(rounded), true);
        double[] g = new double[LENGTH];
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < LENGTH; i++) {
                g[i] = (float) gradient(step, i, 0.01);
            }
            Taking what = step % 7 == 6 ? Taking.SHARES : Taking.SUMS;
            inDouble.step(new OfDouble(exact), new OfDouble(g), settings(step, entry), what);
            inFloat.step(new OfFloat(rounded), new OfFloat(floats(g)), settings(step, entry), what);
            BlockSums sums = inFloat.sums(0);
            BlockSums other = inDouble.sums(0);
            if (what == Taking.SHARES) {
                double length = Math.sqrt(other.weightsBefore * other.change);
                assertThat(sums.penalty).isCloseTo(other.penalty, within(1e-4 * Math.abs(other.penalty)));
                assertThat(sums.present).isCloseTo(other.present, within(1e-5 * length));
                assertThat(sums.objectiveLength())
                        .isCloseTo(other.objectiveLength(), within(1e-4 * other.objectiveLength()));
                assertThat(sums.penaltyLength()).isCloseTo(other.penaltyLength(), within(1e-4 * other.penaltyLength()));
                assertThat(sums.drowned).isCloseTo(other.drowned, within(1.0)); // one may stand on the edge
                assertThat(sums.compared).isEqualTo(LENGTH);
                BlockSums[] classes = new BlockSums[CLASSES + 1];
                Arrays.setAll(classes, inDouble::sumsOfClass);
                assertSameClasses(inFloat, classes, 1e-4);
                assertThat(sums.penaltyTimesStep)
                        .isCloseTo(
                                other.penaltyTimesStep, within(1e-4 * other.penaltyLength() * Math.sqrt(other.change)));
            }
        }
    }

    private static BlockSums[] classes() {
        BlockSums[] classes = new BlockSums[CLASSES + 1];
        Arrays.setAll(classes, i -> new BlockSums());
        return classes;
    }

    private static void assertSameClasses(UpdateKernel kernel, BlockSums[] expected, double within) {
        double compared = 0;
        for (int i = 0; i <= CLASSES; i++) {
            BlockSums sums = kernel.sumsOfClass(i);
            BlockSums other = expected[i];
            assertThat(sums.objectiveLength())
                    .isCloseTo(other.objectiveLength(), within(within * other.objectiveLength()));
            assertThat(sums.penaltyLength()).isCloseTo(other.penaltyLength(), within(within * other.penaltyLength()));
            assertThat(sums.drowned).isCloseTo(other.drowned, within(within < 1e-6 ? 0 : 1.0));
            assertThat(sums.compared).isEqualTo(other.compared);
            compared += sums.compared;
        }
        assertThat(compared).isEqualTo(LENGTH);
        assertThat(kernel.sumsOfClass(CLASSES).compared).isZero();
    }

    /** A diverged block has no fraction: its weights cannot be compared. */
    @Test
    void whereAWeightIsNotFiniteNothingIsSaidOfTheDrowned() {
        for (FlatArray w : List.of(new OfDouble(start()), new OfFloat(floats(start())))) {
            UpdateKernel kernel = kernel(ADAM, DecayEntry.L2, w, true);
            w.set(LENGTH / 2, Double.NaN);
            kernel.step(w, w.zeros(LENGTH), settings(0, DecayEntry.L2), Taking.SHARES);
            assertThat(kernel.sums(0).drownedFraction()).isNaN();
        }
    }

    /** A scale-free layer: the present gradient is at right angles to the weights, so that only the step's length adds. */
    @Test
    void underPlainSgdTheNormGrowsByTheLengthOfTheSteps() {
        double[] w = start();
        UpdateKernel kernel = kernel(new StepRule.Momentum(0, false), DecayEntry.NONE, new OfDouble(w), true);
        double[] g = new double[LENGTH];
        double grown = square(w);
        for (int step = 0; step < STEPS; step++) {
            double along = 0;
            for (int i = 0; i < LENGTH; i++) {
                g[i] = gradient(step, i, w[i]);
                along += g[i] * w[i];
            }
            double square = square(w);
            for (int i = 0; i < LENGTH; i++) {
                g[i] -= along / square * w[i];
            }
            kernel.step(new OfDouble(w), new OfDouble(g), settings(step, DecayEntry.NONE), Taking.SHARES);
            grown += kernel.sums(0).byLength();
            assertThat(kernel.sums(0).byPresentGradient()).isCloseTo(0, within(1e-10));
            assertThat(square(w)).isCloseTo(grown, within(1e-9 * grown));
        }
    }

    private static double[] start() {
        CounterRandom random = CounterRandom.of(3, "start");
        double[] w = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            w[i] = 0.1 * random.nextGaussian();
        }
        return w;
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }

    private static double square(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }
}
