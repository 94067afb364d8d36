package decaylab.train;

import static decaylab.train.SmallRuns.experiment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.instrument.geometry.Histogram;
import decaylab.train.LayerLook.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A layer's inside against the state that it is of. */
class InspectionTest {
    private static LayerLook look(Trainer trainer, Experiment experiment, String layer) {
        long row = trainer.step() - 1;
        double eta = SmallRuns.value(trainer.log(), Quantity.LEARNING_RATE, row);
        double lambda = SmallRuns.value(trainer.log(), Quantity.DECAY, row);
        return new Inspection(experiment, SmallRuns.DATA.load(experiment))
                .look(trainer.checkpoint(), layer, eta, lambda, () -> false);
    }

    private static Trainer trained(Experiment experiment) {
        Trainer trainer = SmallRuns.trainer(experiment);
        while (trainer.step() < 40) {
            trainer.advance();
        }
        return trainer;
    }

    private static double mean(Histogram histogram) {
        double sum = 0;
        for (int bin = 0; bin < histogram.counts().length; bin++) {
            sum += histogram.counts()[bin] * (histogram.edge(bin) + histogram.edge(bin + 1)) / 2;
        }
        return sum / histogram.total();
    }

    @Test
    void weightsActivationsAndSpectrumAreTheLayers() {
        Experiment experiment = experiment();
        try (Trainer trainer = trained(experiment)) {
            LayerLook look = look(trainer, experiment, "dense2");
            assertThat(look.step()).isEqualTo(40);
            assertThat(look.histograms().get(Part.WEIGHTS).total()).isEqualTo(16 * 8);
            assertThat(look.histograms().get(Part.ACTIVATIONS).total()).isEqualTo(200 * 8);
            assertThat(look.histograms().get(Part.ACTIVATIONS).low()).isZero(); // relu
            assertThat(look.dead().orElseThrow()).isBetween(0.0, 1.0);
            assertThat(look.singularValues()).hasSize(8);
            double norm = trainer.log()
                    .value(
                            trainer.log()
                                    .place(decaylab.instrument.Metric.of(Quantity.LAYER_NORM, "dense2"))
                                    .orElseThrow(),
                            39);
            assertThat(look.norm()).isCloseTo(norm, within(1e-5 * norm));
            LayerLook head = look(trainer, experiment, "output");
            assertThat(head.histograms()).doesNotContainKey(Part.ACTIVATIONS);
            assertThat(head.dead()).isEmpty();
        }
    }

    @Test
    void momentumTakesTheSameFractionOfEachWeightOnceItHoldsThePenalty() {
        Experiment experiment = experiment("optimizer.schedule={kind: constant}", "instruments.budget=1");
        try (Trainer trainer = trained(experiment)) {
            LayerLook look = look(trainer, experiment, "dense1");
            assertThat(look.histograms()).containsKeys(Part.MOMENTUM, Part.PENALTY_OF_MOMENTUM);
            double eta = SmallRuns.value(trainer.log(), Quantity.LEARNING_RATE, 39);
            double expected = Math.log10(eta * 5e-3 / (1 - 0.9));
            assertThat(mean(look.histograms().get(Part.EFFECTIVE_DECAY))).isCloseTo(expected, within(0.1));
            LayerLook without = look(trainer, experiment("optimizer.schedule={kind: constant}"), "dense1");
            assertThat(without.histograms()).containsKey(Part.PENALTY_OF_MOMENTUM); // the checkpoint has it
        }
    }

    @Test
    void adamTakesTheLeastOfTheWeightsWithTheLargestGradients() {
        String[] adam = {
            "optimizer.kind=adam",
            "optimizer.learningRate=1e-3",
            "optimizer.schedule={kind: constant}",
            "decay.lambda=0.01"
        };
        Experiment coupled = experiment(adam);
        try (Trainer trainer = trained(coupled)) {
            LayerLook look = look(trainer, coupled, "dense1");
            Histogram decay = look.histograms().get(Part.EFFECTIVE_DECAY);
            Histogram root = look.histograms().get(Part.ROOT_OF_SECOND_MOMENT);
            assertThat(look.histograms()).containsKeys(Part.FIRST_MOMENT).doesNotContainKey(Part.MOMENTUM);
            // eta lambda / sqrt(v / (1 - beta2^t)): one's width is the other's, mirrored
            double correction = Math.log10(Math.sqrt(1 - Math.pow(0.999, 40)));
            assertThat(decay.high()).isCloseTo(Math.log10(1e-5) - root.low() + correction, within(0.01));
            assertThat(decay.low()).isCloseTo(Math.log10(1e-5) - root.high() + correction, within(0.01));
        }
        Experiment decoupled = experiment(adam[0], adam[1], adam[2], adam[3], "decay.entry=decoupled");
        try (Trainer trainer = trained(decoupled)) {
            Histogram decay = look(trainer, decoupled, "dense1").histograms().get(Part.EFFECTIVE_DECAY);
            assertThat(decay.low()).isCloseTo(Math.log10(1e-5), within(1e-9));
            assertThat(decay.high() - decay.low()).isLessThan(1e-5);
        }
    }

    /** A step of Adam fed with a weight that hardly moves is its sign: the largest weights lose the smallest part. */
    @Test
    void twinBuffersTakeTheSameOfEveryWeightWhateverItsSize() {
        Experiment twin = experiment(
                "optimizer.kind=adam",
                "optimizer.learningRate=1e-4",
                "optimizer.schedule={kind: constant}",
                "decay.lambda=0.1",
                "decay.entry=twin-buffers",
                "instruments.shares=1");
        try (Trainer trainer = trained(twin)) {
            LayerLook look = look(trainer, twin, "dense1");
            Histogram weights = look.histograms().get(Part.WEIGHTS);
            double largest = Math.max(-weights.low(), weights.high());
            assertThat(look.histograms().get(Part.EFFECTIVE_DECAY).low())
                    .isCloseTo(Math.log10(1e-5 / largest), within(0.01));
        }
    }

    @Test
    void embeddingsAreMatricesWithARowForEachToken() {
        Experiment translator = experiment(
                "data.name=number-words",
                "network.kind=encoder-decoder",
                "network.normalization=none",
                "network.widths=[8]",
                "optimizer.learningRate=0.01");
        try (Trainer trainer = trained(translator)) {
            for (String layer : List.of("source-embedding", "target-embedding")) {
                assertThat(look(trainer, translator, layer).singularValues()).hasSize(8);
            }
            assertThat(look(trainer, translator, "attention").singularValues()).hasSize(8);
            assertThat(look(trainer, translator, "encoder-recurrent").histograms())
                    .containsKey(Part.WEIGHTS)
                    .doesNotContainKey(Part.ACTIVATIONS);
        }
    }

    @Test
    void withoutDecayNothingIsTaken() {
        Experiment experiment = experiment("decay.gate=\"off\"", "optimizer.kind=sgd");
        try (Trainer trainer = trained(experiment)) {
            assertThat(look(trainer, experiment, "dense1").histograms())
                    .doesNotContainKeys(Part.EFFECTIVE_DECAY, Part.MOMENTUM);
        }
    }
}
