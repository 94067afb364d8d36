package decaylab.ui.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Tunable;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormForecastTest {
    /** A log whose gradient has the size 1 where the norm is 1, and shrinks as it grows. */
    private static SampleLog log(double norm, double rate, int rows) {
        SampleLog log = SampleLog.ofLayers(List.of("dense1", "output"));
        double[] row = new double[log.metrics().size()];
        Arrays.fill(row, SampleLog.EMPTY);
        for (int i = 0; i < rows; i++) {
            row[Quantity.NORM.ordinal()] = norm;
            row[Quantity.GRADIENT_NORM.ordinal()] = 0.7 / norm;
            row[Quantity.UPDATE_NORM.ordinal()] = 0.7 * rate;
            row[Quantity.LEARNING_RATE.ordinal()] = rate;
            row[Quantity.DECAY.ordinal()] = 0;
            log.append(row);
        }
        return log;
    }

    private static Experiment experiment(String optimizer) {
        return new ExperimentYaml()
                .parse("{steps: 3000, network: {widths: [8]}, optimizer: {" + optimizer + "}}", "test");
    }

    private static NormForecast forecast(Experiment experiment, double norm, double rate, double decay) {
        return NormForecast.of(
                        experiment,
                        Tunable.of(experiment),
                        log(norm, rate, 100),
                        new Drawing(Curve.level(decay), Curve.level(rate), Curve.level(1)))
                .orElseThrow();
    }

    /** ||w||^4 = eta ghat^2 / (2 lambda), and the way there with exp(-4 eta lambda t): spec 0.5e. */
    @Test
    void plainDescentGoesToItsEquilibriumAtItsPace() {
        double eta = 0.1;
        double lambda = 0.01;
        NormForecast forecast = forecast(experiment("kind: sgd"), 2, eta, lambda);
        assertThat(forecast.guide()).isFalse();
        double equilibrium = eta * 0.7 * 0.7 / (2 * lambda);
        for (long step : new long[] {99, 200, 500, 1000, 2999}) {
            double wanted = equilibrium + (Math.pow(2, 4) - equilibrium) * Math.exp(-4 * eta * lambda * (step - 99));
            assertThat(Math.pow(forecast.at(step), 4)).as("step %d", step).isCloseTo(wanted, within(0.01 * wanted));
        }
        assertThat(forecast.at(98)).isNaN();
    }

    @Test
    void momentumEntersToFirstOrder() {
        NormForecast forecast = forecast(experiment("kind: heavy-ball, momentum: 0.9"), 2, 0.01, 0.01);
        assertThat(forecast.guide()).isTrue();
        assertThat(forecast.at(2999))
                .isEqualTo(forecast(experiment("kind: sgd"), 2, 0.1, 0.01).at(2999), within(1e-9));
    }

    /** Adam's steps do not shrink with the gradient, so without decay the square of the norm grows evenly. */
    @Test
    void underAdamTheStepStays() {
        NormForecast forecast = forecast(experiment("kind: adam"), 2, 0.01, 0);
        assertThat(Math.pow(forecast.at(2099), 2)).isCloseTo(4 + 2000 * 0.007 * 0.007, within(1e-3));
    }

    @Test
    void withoutARunOrWithoutNormalisationThereIsNone() {
        Experiment experiment = experiment("kind: sgd");
        Drawing drawing = new Drawing(Curve.level(0), Curve.level(1), Curve.level(1));
        assertThat(NormForecast.of(experiment, Tunable.of(experiment), log(1, 1, 1), drawing))
                .isEmpty();
        Experiment bare = new ExperimentYaml().parse("network: {normalization: none}", "test");
        assertThat(NormForecast.of(bare, Tunable.of(bare), log(1, 1, 100), drawing))
                .isEmpty();
    }
}
