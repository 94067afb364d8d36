package decaylab.ui.schedule;

import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.Optional;

/**
 * Decay and learning rate of a step, and what they make together.
 *
 * @param lambda drawn, or used where the step is done
 * @param eta drawn, or used where the step is done
 * @param norm after the step, forecast where it is to come; NaN where it is not known
 */
record Readout(long step, double lambda, double eta, double norm) {
    static Readout at(long step, Subject subject, Drawing drawing, Optional<NormForecast> forecast) {
        SampleLog log = subject.log();
        if (log != null && step < log.rows()) {
            return new Readout(
                    step,
                    log.value(Quantity.DECAY, step),
                    log.value(Quantity.LEARNING_RATE, step),
                    log.value(Quantity.NORM, step));
        }
        return new Readout(
                step,
                drawing.decay().value(step),
                drawing.rate().value(step),
                forecast.map(norm -> norm.at(step)).orElse(Double.NaN));
    }

    /** eta lambda. */
    double product() {
        return eta * lambda;
    }

    /** The steps in which decay alone, without momentum, halves the square of the norm: ln 2 / (2 eta lambda). */
    double halfLife() {
        return Math.log(2) / (2 * product());
    }

    String text(Texts texts) {
        String half = product() > 0
                ? texts.of("schedules.halfLife", Numbers.rounded(halfLife(), 3))
                : texts.of("schedules.noHalfLife");
        String size = Double.isNaN(norm) ? "" : texts.of("schedules.readoutNorm", Numbers.rounded(norm, 3));
        return texts.of(
                "schedules.readout",
                Numbers.count(step),
                Numbers.rounded(lambda, 3),
                Numbers.rounded(eta, 3),
                Numbers.rounded(product(), 3),
                half + size);
    }
}
