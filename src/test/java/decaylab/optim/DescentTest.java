package decaylab.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps against what they come to on paper. */
class DescentTest {
    private static final double EXACT = 1e-12;
    private static final QuadraticLoss ELLIPSE = new QuadraticLoss(2, 0.2, 0.7, new WeightPair(2, 1.2));
    private static final AngleLoss ANGLE = new AngleLoss(1, 0.6, 0.6);

    private static WeightPair walk(Descent descent, WeightPair from, int steps) {
        WeightPair w = from;
        for (int t = 0; t < steps; t++) {
            w = descent.step(w, t).to();
        }
        return w;
    }

    private static void assertClose(WeightPair actual, WeightPair expected, double tolerance) {
        assertThat(actual.x()).isCloseTo(expected.x(), within(tolerance));
        assertThat(actual.y()).isCloseTo(expected.y(), within(tolerance));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.5, 1, 2", "0.3, 0, 1, -1.5", "0.05, 2, 0.25, 3", "1.2, 0.3, 1, 2"})
    void oneWeightFollowsItsClosedForm(double rate, double lambda, double a, double c) {
        Descent descent = new Descent(QuadraticLoss.ofOne(a, c), rate, lambda);
        double settled = a * c / (a + lambda);
        for (int t : new int[] {0, 1, 2, 7, 40}) {
            WeightPair w = walk(descent, new WeightPair(-1, 0), t);
            double expected = settled + Math.pow(1 - rate * (a + lambda), t) * (-1 - settled);
            assertThat(w.x()).isCloseTo(expected, within(EXACT));
            assertThat(w.y()).isZero();
            assertClose(descent.after(QuadraticLoss.ofOne(a, c), new WeightPair(-1, 0), t), w, EXACT);
        }
    }

    @Test
    void twoWeightsFollowItAlongEachDirectionOfTheEllipse() {
        double rate = 0.3;
        double lambda = 0.4;
        Descent descent = new Descent(ELLIPSE, rate, lambda);
        WeightPair from = new WeightPair(-1.5, 2.5);
        WeightPair start = ELLIPSE.along(from);
        WeightPair c = ELLIPSE.along(ELLIPSE.minimum());
        for (int t : new int[] {1, 2, 13, 60}) {
            WeightPair w = ELLIPSE.along(walk(descent, from, t));
            double steep = 2 / 2.4 * c.x();
            double flat = 0.2 / 0.6 * c.y();
            assertThat(w.x()).isCloseTo(steep + Math.pow(1 - 0.3 * 2.4, t) * (start.x() - steep), within(EXACT));
            assertThat(w.y()).isCloseTo(flat + Math.pow(1 - 0.3 * 0.6, t) * (start.y() - flat), within(EXACT));
        }
    }

    @Test
    void pureDecayIsAPowerAndHasAHalfLife() {
        Descent descent = new Descent(QuadraticLoss.ofOne(0, 2), 0.1, 0.5);
        assertThat(walk(descent, new WeightPair(3, 0), 25).x()).isCloseTo(3 * Math.pow(0.95, 25), within(EXACT));
        assertThat(descent.halfLife()).isCloseTo(Math.log(2) / -Math.log(0.95), within(EXACT));
        assertThat(Math.pow(descent.keeps(), descent.halfLife())).isCloseTo(0.5, within(EXACT));
        assertThat(new Descent(ELLIPSE, 0.1, 0).halfLife()).isInfinite();
        assertThat(new Descent(ELLIPSE, 1, 1).halfLife()).isZero();
    }

    @Test
    void theFixedPointStaysAndSolvesItsEquation() {
        Descent descent = new Descent(ELLIPSE, 0.3, 0.4);
        WeightPair settled = descent.fixedPoint(ELLIPSE, new WeightPair(9, 9));
        Descent.Step step = descent.step(settled, 0);
        assertThat(step.sum().norm()).isLessThan(EXACT);
        assertThat(step.decayPart().norm()).isGreaterThan(0.05);
        assertClose(ELLIPSE.gradient(settled, 0).plus(settled.times(0.4)), new WeightPair(0, 0), EXACT);
        assertClose(walk(descent, new WeightPair(-1.5, 2.5), 400), settled, EXACT);
    }

    @Test
    void withoutDecayItIsTheMinimumAndWithNothingAtAllTheStart() {
        assertClose(new Descent(ELLIPSE, 0.1, 0).fixedPoint(ELLIPSE, new WeightPair(0, 0)), ELLIPSE.minimum(), EXACT);
        QuadraticLoss plain = QuadraticLoss.ofOne(0, 2);
        assertThat(new Descent(plain, 0.1, 0).fixedPoint(plain, new WeightPair(-1, 0)))
                .isEqualTo(new WeightPair(-1, 0));
    }

    @Test
    void flatDirectionsShrinkMoreThanSteepOnes() {
        WeightPair c = ELLIPSE.along(ELLIPSE.minimum());
        WeightPair settled = ELLIPSE.along(new Descent(ELLIPSE, 0.1, 0.4).fixedPoint(ELLIPSE, new WeightPair(0, 0)));
        assertThat(settled.x() / c.x()).isCloseTo(2 / 2.4, within(EXACT));
        assertThat(settled.y() / c.y()).isCloseTo(0.2 / 0.6, within(EXACT));
        assertThat(settled.y() / c.y()).isLessThan(settled.x() / c.x());
    }

    @Test
    void decayInTheGradientAndDecayOfTheWeightAreTheSameStep() {
        Descent descent = new Descent(ELLIPSE, 0.3, 0.4);
        WeightPair w = new WeightPair(-1.5, 2.5);
        WeightPair coupled = w.minus(ELLIPSE.gradient(w, 0).plus(w.times(0.4)).times(0.3));
        assertClose(descent.step(w, 0).to(), coupled, EXACT);
    }

    @Test
    void tooLongAStepMovesAway() {
        QuadraticLoss plain = QuadraticLoss.ofOne(1, 2);
        assertThat(new Descent(plain, 1.9, 0.05).diverges()).isFalse();
        Descent over = new Descent(plain, 1.9, 0.1);
        assertThat(over.stiffness()).isCloseTo(2.09, within(EXACT));
        assertThat(over.diverges()).isTrue();
        assertThat(walk(over, new WeightPair(1, 0), 60).norm()).isGreaterThan(50);
        assertThat(new Descent(ANGLE, 3, 0.5).diverges()).isFalse();
        assertThat(new Descent(ANGLE, 3, 0.7).diverges()).isTrue();
    }

    @Test
    void gradientsOfADirectionStandAtARightAngleAndShrinkWithTheLength() {
        WeightPair w = new WeightPair(-0.7, 1.9);
        WeightPair g = ANGLE.gradient(w, 0);
        assertThat(g.norm()).isGreaterThan(0.1);
        assertThat(g.dot(w)).isCloseTo(0, within(EXACT));
        assertClose(ANGLE.gradient(w.times(5), 0), g.times(0.2), EXACT);
        assertThat(ANGLE.at(w.times(5))).isCloseTo(ANGLE.at(w), within(EXACT));
        double h = 1e-6;
        WeightPair mean = g.plus(ANGLE.gradient(w, 1)).times(0.5);
        assertThat((ANGLE.at(new WeightPair(w.x() + h, w.y())) - ANGLE.at(new WeightPair(w.x() - h, w.y()))) / (2 * h))
                .isCloseTo(mean.x(), within(1e-8));
        assertThat((ANGLE.at(new WeightPair(w.x(), w.y() + h)) - ANGLE.at(new WeightPair(w.x(), w.y() - h))) / (2 * h))
                .isCloseTo(mean.y(), within(1e-8));
        assertThat(ANGLE.at(new WeightPair(0, 0))).isNaN();
    }

    @Test
    void withoutDecayTheLengthOnlyGrows() {
        Descent descent = new Descent(ANGLE, 0.5, 0);
        WeightPair w = new WeightPair(-0.7, 1.9);
        for (int t = 0; t < 200; t++) {
            Descent.Step step = descent.step(w, t);
            double growth = 0.25 * ANGLE.gradient(w, t).squared();
            assertThat(growth).isPositive();
            assertThat(step.to().squared() - w.squared()).isCloseTo(growth, within(EXACT));
            w = step.to();
        }
        assertThat(descent.balancedNorm(ANGLE)).isInfinite();
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.05", "0.1, 0.5", "1, 0.01"})
    void withDecayTheLengthSettlesWhereGrowthAndDecayAreEqual(double rate, double lambda) {
        Descent descent = new Descent(ANGLE, rate, lambda);
        WeightPair w = walk(descent, new WeightPair(-1, 2), 4000);
        Descent.Step step = descent.step(w, 4000);
        double grown = step.gradientPart().squared();
        assertThat(grown).isCloseTo((1 - descent.keeps() * descent.keeps()) * w.squared(), within(EXACT));
        assertThat(grown / (2 * rate * lambda * w.squared())).isCloseTo(1, within(rate * lambda));
        assertThat(w.norm()).isCloseTo(descent.balancedNorm(ANGLE), within(EXACT));
        assertThat(Math.abs(step.to().angle() - w.angle())).isCloseTo(descent.balancedTurn(), within(1e-9));
    }

    @Test
    void refusesWhatIsNoSetting() {
        assertThatThrownBy(() -> new Descent(ELLIPSE, -0.1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Descent(ELLIPSE, 0.1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QuadraticLoss.ofOne(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
