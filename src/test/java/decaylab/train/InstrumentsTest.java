package decaylab.train;

import static decaylab.train.SmallRuns.assertSameRows;
import static decaylab.train.SmallRuns.experiment;
import static decaylab.train.SmallRuns.run;
import static decaylab.train.SmallRuns.trainer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.experiment.NetworkKind;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.GeneralizationMeter;
import decaylab.instrument.geometry.GeneralizationMetric;
import decaylab.instrument.geometry.GeneralizationMetrics;
import decaylab.instrument.geometry.MeterSettings;
import decaylab.optim.FlatArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instruments of a real run: what they say fits the samples, and training does not notice them. */
class InstrumentsTest {
    private static double value(SampleLog log, Metric metric, long row) {
        SampleLog sheet = log.holding(metric);
        return sheet.value(sheet.place(metric).orElseThrow(), row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind=sgd", "kind=heavy-ball", "kind=nesterov", "kind=adam"})
    void theBudgetOfEachLayerIsTheChangeOfItsSquaredNorm(String kind) {
        SampleLog log = run(experiment(
                "precision=double", "optimizer." + kind, "optimizer.learningRate=0.01", "instruments.budget=1"));
        SampleLog sheet = log.sheet(Instrument.BUDGET);
        assertThat(sheet.rows()).isEqualTo(60);
        for (String layer : List.of("dense1", "dense2", "output")) {
            Metric norm = Metric.of(Quantity.LAYER_NORM, layer);
            for (long step = 1; step < 60; step++) {
                double before = value(log, norm, step - 1);
                double after = value(log, norm, step);
                double change = 0;
                for (Quantity part : List.of(
                        Quantity.BY_LENGTH,
                        Quantity.BY_PRESENT_GRADIENT,
                        Quantity.BY_EARLIER_GRADIENTS,
                        Quantity.BY_DECAY)) {
                    change += value(log, Metric.of(part, layer), step);
                }
                assertThat(change).isCloseTo(after * after - before * before, within(1e-10 * before * before));
                assertThat(value(log, Metric.of(Quantity.CHANGE, layer), step))
                        .isCloseTo(change, within(1e-10 * before));
            }
        }
        for (long step = 1; step < 60; step++) {
            double before = SmallRuns.value(log, Quantity.NORM, step - 1);
            double after = SmallRuns.value(log, Quantity.NORM, step);
            assertThat(value(log, Metric.of(Quantity.CHANGE), step))
                    .isCloseTo(after * after - before * before, within(1e-10 * before * before));
        }
    }

    @Test
    void theGradientOfANormalisedLayerDoesNothingToItsNorm() {
        SampleLog log = run(experiment("precision=double", "network.bnEpsilon=1e-12", "instruments.budget=1"));
        for (long step = 0; step < 60; step++) {
            double length = value(log, Metric.of(Quantity.BY_LENGTH, "dense1"), step);
            assertThat(value(log, Metric.of(Quantity.BY_PRESENT_GRADIENT, "dense1"), step))
                    .isCloseTo(0, within(1e-6 * length));
        }
        assertThat(value(log, Metric.of(Quantity.BY_PRESENT_GRADIENT, "output"), 5))
                .isNotCloseTo(0, within(1e-6));
    }

    @Test
    void anIntervalIsKeptAndTheLastStepIsTaken() {
        SampleLog log = run(experiment("steps=64", "instruments.shares=10", "instruments.equilibrium=25"));
        assertThat(steps(log.sheet(Instrument.SHARES))).containsExactly(9L, 19L, 29L, 39L, 49L, 59L, 63L);
        assertThat(steps(log.sheet(Instrument.EQUILIBRIUM))).containsExactly(24L, 49L, 63L);
        assertThat(log.sheet(Instrument.BUDGET).rows()).isZero();
    }

    private static List<Long> steps(SampleLog sheet) {
        return java.util.stream.LongStream.range(0, sheet.rows())
                .mapToObj(row -> (long) sheet.value(0, row))
                .toList();
    }

    @Test
    void trainingIsTheSameBitsWithAllOfThemAndWithout() {
        SampleLog without = run(experiment());
        SampleLog with = run(experiment("instruments.budget=1", "instruments.shares=3", "instruments.equilibrium=1"));
        assertSameRows(without, with, 60);
    }

    @Test
    void aBranchGoesOnWithTheShadowOfItsCheckpoint() {
        Experiment experiment = experiment("instruments.budget=1", "instruments.shares=1");
        SampleLog whole = run(experiment);
        Checkpoint middle;
        SampleLog past;
        try (Trainer trainer = trainer(experiment)) {
            while (trainer.step() < 30) {
                trainer.advance();
            }
            middle = trainer.checkpoint();
            past = trainer.log();
            Origin origin = new Origin(30, past, List.of(), middle);
            try (Trainer branch = Trainer.create(experiment, SmallRuns.DATA.load(experiment), origin, List.of(), 1)) {
                while (!branch.finished()) {
                    branch.advance();
                }
                assertSameRows(whole, branch.log(), 60);
                assertSameRows(whole.sheet(Instrument.BUDGET), branch.log().sheet(Instrument.BUDGET), 60);
                assertSameRows(whole.sheet(Instrument.SHARES), branch.log().sheet(Instrument.SHARES), 60);
            }
        }
    }

    @Test
    void oneThatIsTurnedOnLateSoonSaysTheSame() {
        SampleLog throughout = run(experiment("steps=160", "instruments.budget=1"));
        try (Trainer trainer = trainer(experiment("steps=160"))) {
            while (!trainer.finished()) {
                if (trainer.step() == 40) {
                    trainer.watch(Instrument.BUDGET, 1);
                }
                trainer.advance();
            }
            SampleLog late = trainer.log().sheet(Instrument.BUDGET);
            assertThat(late.value(0, 0)).isEqualTo(40);
            int place = late.place(Metric.of(Quantity.BY_DECAY)).orElseThrow();
            SampleLog all = throughout.sheet(Instrument.BUDGET);
            assertThat(late.value(place, 0)).isNotCloseTo(all.value(place, 40), within(0.5 * -all.value(place, 40)));
            assertThat(late.value(place, 119)).isCloseTo(all.value(place, 159), within(1e-3 * -all.value(place, 159)));
        }
    }

    @Test
    void measuresOfGeneralisationAreThoseOfTheStep() throws InterruptedException {
        Experiment experiment = experiment("instruments.generalization=25");
        try (Trainer trainer = trainer(experiment)) {
            FlatArray at24 = null;
            while (!trainer.finished()) {
                trainer.advance();
                at24 = trainer.step() == 25 ? trainer.snapshot().parameters() : at24;
            }
            trainer.awaitInstruments();
            assertThat(trainer.measuring()).isFalse();
            SampleLog sheet = trainer.log().sheet(Instrument.GENERALIZATION);
            assertThat(steps(sheet)).containsExactly(24L, 49L, 59L);
            GeneralizationMetrics expected = new GeneralizationMeter(
                            experiment, SmallRuns.DATA.load(experiment), MeterSettings.fitting(NetworkKind.MLP))
                    .measure(at24, done -> {}, () -> false)
                    .orElseThrow();
            assertThat(value(trainer.log(), Metric.of(Quantity.K_FISHER), 0))
                    .isEqualTo(expected.value(GeneralizationMetric.K_FISHER).orElseThrow());
            assertThat(value(trainer.log(), Metric.of(Quantity.MEASURED_LOSS), 0))
                    .isEqualTo(expected.trainLoss());
            for (Metric metric : sheet.metrics()) {
                assertThat(value(trainer.log(), metric, 1)).as(metric.column()).isFinite();
            }
            assertSameRows(run(experiment()), trainer.log(), 60);
        }
    }

    @Test
    void whatIsMeasuredCanBeGivenUp() throws InterruptedException {
        try (Trainer trainer = trainer(experiment("instruments.generalization=1", "data.trainSize=2000"))) {
            trainer.advance();
            trainer.abandonEvaluations();
            trainer.awaitInstruments();
            assertThat(trainer.log().sheet(Instrument.GENERALIZATION).rows()).isZero();
        }
    }

    @Test
    void withinABudgetACopyIsHandedOnOnlyAsOftenAsItAllows() throws InterruptedException {
        try (Trainer trainer = trainer(experiment("steps=2000", "instruments.generalization=1"))) {
            trainer.limitOverhead(0.05);
            while (!trainer.finished()) {
                trainer.advance();
            }
            trainer.awaitInstruments();
            List<Long> steps = steps(trainer.log().sheet(Instrument.GENERALIZATION));
            assertThat(steps).hasSizeLessThan(400).contains(0L, 1999L);
        }
    }

    @Test
    void instrumentsAreStretchedToTheirBudgetAndItIsSaid() {
        Experiment experiment =
                experiment("steps=100000", "network.widths=[256, 256]", "instruments.budget=1", "instruments.shares=1");
        try (Trainer trainer = trainer(experiment)) {
            trainer.limitOverhead(1e-3);
            while (trainer.overhead().instruments().values().stream().noneMatch(Overhead.Part::stretched)) {
                trainer.advance(); // ends with the run at the latest, by an exception
            }
            trainer.pace(10); // most of the time nothing is done
            while (trainer.overhead().instruments().values().stream().anyMatch(Overhead.Part::stretched)) {
                trainer.advance();
            }
            trainer.limitOverhead(Double.POSITIVE_INFINITY);
            assertThat(trainer.overhead().instruments().values()).noneMatch(Overhead.Part::stretched);
        }
    }

    @Test
    void theEquilibriumIsThatOfTheSettingsInForce() {
        SampleLog log = run(experiment("instruments.equilibrium=1"), "40:decay=off");
        SampleLog sheet = log.sheet(Instrument.EQUILIBRIUM);
        double eta = SmallRuns.value(log, Quantity.LEARNING_RATE, 30);
        double lambda = SmallRuns.value(log, Quantity.DECAY, 30);
        assertThat(value(log, Metric.of(Quantity.PREDICTED_ROTATION), 30))
                .isCloseTo(Math.sqrt(2 * eta * lambda / 1.9), within(1e-9));
        double norm = value(log, Metric.of(Quantity.PREDICTED_NORM), 30);
        double first = value(log, Metric.of(Quantity.PREDICTED_NORM, "dense1"), 30);
        double second = value(log, Metric.of(Quantity.PREDICTED_NORM, "dense2"), 30);
        assertThat(norm).isCloseTo(Math.hypot(first, second), within(1e-9 * norm));
        assertThat(value(log, Metric.of(Quantity.PREDICTED_EFFECTIVE_LEARNING_RATE), 30))
                .isCloseTo(eta / (norm * norm), within(1e-12));
        assertThat(value(log, Metric.of(Quantity.HALF_WAY), 30)).isPositive();
        for (Metric metric : sheet.metrics()) {
            if (metric.quantity() != Quantity.STEP && metric.quantity() != Quantity.GRADIENT_SIZE) {
                assertThat(SampleLog.isEmpty(value(log, metric, 45)))
                        .as(metric.column())
                        .isTrue();
            }
        }
        assertThat(SampleLog.isEmpty(value(log, Metric.of(Quantity.PREDICTED_NORM, "output"), 30)))
                .isTrue();
    }
}
