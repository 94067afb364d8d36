package decaylab.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.random.CounterRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hook that brings weights back into a ball after a step. */
class ProjectionTest {
    private static final int FAN_IN = 3;
    private static final int UNITS = 4;
    private static final ParameterLayout LAYOUT = new ParameterLayout(List.of(
            new ParameterBlock("dense1", ParameterBlock.Role.WEIGHT, 0, 12, FAN_IN, false, false),
            new ParameterBlock("dense1", ParameterBlock.Role.BIAS, 12, 4, 0, false, false),
            new ParameterBlock("output", ParameterBlock.Role.WEIGHT, 16, 8, UNITS, false, true),
            new ParameterBlock("output", ParameterBlock.Role.BIAS, 24, 2, 0, false, true)));

    private static FlatArray random(FlatArray like, double size) {
        CounterRandom random = CounterRandom.of(5, "projection");
        FlatArray values = like.zeros(LAYOUT.length());
        for (int i = 0; i < values.length(); i++) {
            values.set(i, size * random.nextGaussian());
        }
        return values;
    }

    /** V_1: a unit's bias, then its weights. */
    private static double[] columns(FlatArray from) {
        double[] columns = new double[(FAN_IN + 1) * UNITS];
        for (int j = 0; j < UNITS; j++) {
            columns[j * (FAN_IN + 1)] = from.get(12 + j);
            for (int i = 0; i < FAN_IN; i++) {
                columns[j * (FAN_IN + 1) + 1 + i] = from.get(j * FAN_IN + i);
            }
        }
        return columns;
    }

    @ParameterizedTest
    @EnumSource(NormBall.class)
    void theBiasIsTheFirstNumberOfItsUnit(NormBall ball) {
        FlatArray given = random(new FlatArray.OfDouble(new double[1]), 2);
        double[] expected = columns(given);
        ball.project(expected, FAN_IN + 1, 1.5);
        Projection projection = new Projection(LAYOUT, given);
        projection.begin(given);
        FlatArray moved = given.copy();
        projection.project(moved, ball, 1.5, 1e6);
        assertThat(columns(moved)).containsExactly(expected);
        for (int i = 16; i < 26; i++) { // inside of its own, larger ball
            assertThat(moved.get(i)).isEqualTo(given.get(i));
        }
    }

    @ParameterizedTest
    @EnumSource(NormBall.class)
    void singlePrecisionIsTheSameButForRounding(NormBall ball) {
        FlatArray floats = random(new FlatArray.OfFloat(new float[1]), 2);
        FlatArray doubles = new FlatArray.OfDouble(new double[LAYOUT.length()]);
        for (int i = 0; i < floats.length(); i++) {
            doubles.set(i, floats.get(i));
        }
        for (FlatArray each : List.of(floats, doubles)) {
            Projection projection = new Projection(LAYOUT, each);
            projection.begin(each);
            projection.project(each, ball, 1.5, 0.5);
        }
        for (int i = 0; i < floats.length(); i++) {
            assertThat(floats.get(i)).isEqualTo((float) doubles.get(i));
        }
    }

    @Test
    void theStepIsMeasuredAsAWhole() {
        FlatArray before = random(new FlatArray.OfDouble(new double[1]), 1);
        FlatArray after = random(before, 3);
        Projection projection = new Projection(LAYOUT, before);
        projection.begin(before);
        projection.project(after, NormBall.L2_2, 2, 1e6);
        BlockSums ofUpdate = new BlockSums();
        ofUpdate.gradient = 7;
        ofUpdate.weightsBefore = 1;
        BlockSums whole = projection.whole(after, LAYOUT.blocks().get(0), 0, ofUpdate);
        double norm = 0;
        double change = 0;
        double product = 0;
        for (int i = 0; i < 12; i++) {
            norm += after.get(i) * after.get(i);
            change += Math.pow(after.get(i) - before.get(i), 2);
            product += before.get(i) * (after.get(i) - before.get(i));
        }
        assertThat(whole.weightsAfter).isCloseTo(norm, within(1e-14));
        assertThat(whole.weightsAfter).isLessThan(4);
        assertThat(whole.change).isCloseTo(change, within(1e-13));
        assertThat(whole.weightsTimesChange).isCloseTo(product, within(1e-13));
        assertThat(whole.gradient).isEqualTo(7);
        assertThat(projection.whole(after, LAYOUT.blocks().get(2), 2, ofUpdate)).isSameAs(ofUpdate);
    }

    @Test
    void whatIsNotFiniteStaysForTheRunToTell() {
        FlatArray given = random(new FlatArray.OfDouble(new double[1]), 2);
        given.set(3, Double.POSITIVE_INFINITY);
        FlatArray moved = given.copy();
        Projection projection = new Projection(LAYOUT, given);
        projection.begin(given);
        projection.project(moved, NormBall.L1_INF, 1, 1);
        assertThat(moved.get(3)).isInfinite();
        assertThat(moved.get(0)).isEqualTo(given.get(0));
    }
}
