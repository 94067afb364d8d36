package decaylab.ui.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Change;
import decaylab.experiment.ControlQuantity;
import decaylab.experiment.DecayLayers;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.problem.BadInputException;
import decaylab.schedule.Schedule;
import decaylab.train.ExperimentData;
import decaylab.train.Intervention;
import decaylab.train.RunState;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Texts;
import decaylab.ui.designer.DesignerModel;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Drawing, applying and undoing, without a window. */
@Timeout(120)
class ScheduleModelTest {
    private static final Experiment SMALL = new ExperimentYaml()
            .parse(
                    "{data: {name: moons, trainSize: 60, testSize: 40, labelNoise: 0.0}, network: {widths: [8]}, batchSize: 20,"
                            + " steps: 201, evaluateEvery: 500, optimizer: {learningRate: 0.05, schedule: {kind: constant}}}",
                    "test");

    private final List<String> warned = new ArrayList<>();
    private final Notices notices = new Notices() {
        @Override
        public void tell(String sentence) {}

        @Override
        public void warn(String sentence) {
            warned.add(sentence);
        }

        @Override
        public void tellWithUndo(String sentence, Runnable undo) {}

        @Override
        public void offer(String sentence, String action, Runnable done) {}
    };
    private final LabSession session = new LabSession(new ExperimentData(new DataCatalogue()), notices, new Texts(), 1);
    private final ExperimentYaml yaml = new ExperimentYaml();
    private final DesignerModel designer = new DesignerModel(yaml, new Presets(yaml), new DataCatalogue());
    private final ScheduleModel model = new ScheduleModel(session, designer, designer::edit, notices);

    @AfterEach
    void close() {
        session.close();
    }

    private void described() {
        designer.load(SMALL, "small");
        model.pulse();
    }

    /** A run that waits after so many steps. */
    private RunEntry begun(int steps) {
        designer.load(SMALL, "small");
        session.prepare(SMALL, "small");
        until(() -> state() == RunState.PAUSED);
        RunEntry run = session.current().get();
        assertThat(run).isNotNull();
        for (int i = 1; i <= steps; i++) {
            int rows = i;
            session.step();
            until(() -> run.log().rows() == rows && state() == RunState.PAUSED);
        }
        return run;
    }

    private RunState state() {
        var status = session.status().get();
        return status == null ? RunState.PREPARING : status.state();
    }

    private void until(BooleanSupplier condition) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            session.pulse();
            model.pulse();
            Thread.onSpinWait();
        }
        session.pulse();
        model.pulse();
    }

    private static double value(RunEntry run, Quantity quantity, long row) {
        return run.log().value(run.log().place(Metric.of(quantity)).orElseThrow(), row);
    }

    @Test
    void withoutAUsableExperimentThereIsNothingToDrawOn() {
        described();
        assertThat(model.subject().get()).isNotNull();
        designer.text(decaylab.experiment.Field.STEPS).set("none");
        model.pulse();
        assertThat(model.subject().get()).isNull();
    }

    @Test
    void beforeARunTheExperimentIsChanged() {
        described();
        assertThat(model.changed().get()).isFalse();
        model.stroke(List.of(new Knot(50, 0.01), new Knot(100, 0.002)));
        model.active().set(Track.RATE);
        model.shape(Shape.COSINE, 0, 0);
        assertThat(model.changed().get()).isTrue();
        model.apply();
        model.pulse();
        assertThat(model.changed().get()).isFalse();
        Experiment changed = designer.experiment().get();
        assertThat(changed).isNotNull();
        assertThat(changed.decay().schedule()).isInstanceOf(Schedule.Drawn.class);
        assertThat(model.drawing().get().decay().value(75)).isCloseTo(0.006, within(1e-9));
        assertThat(model.drawing().get().decay().value(20)).isEqualTo(0.005);
        assertThat(model.drawing().get().rate().value(200)).isCloseTo(0, within(1e-9));
        assertThat(designer.name().get()).isEqualTo("small*");
    }

    @Test
    void undoAndRedoGoThroughWhatWasDrawn() {
        described();
        Drawing start = model.drawing().get();
        model.stroke(List.of(new Knot(50, 0.01), new Knot(100, 0.002)));
        Drawing stroked = model.drawing().get();
        model.addKnot(150, 0.02);
        assertThat(model.selected().get()).isEqualTo(150);
        model.moveKnot(160, 0.03, false);
        model.moveKnot(170, 0.04, true); // of the same drag
        assertThat(model.chosen()).contains(new Knot(170, 0.04));
        model.removeKnot();
        assertThat(model.chosen()).isEmpty();
        model.undo();
        assertThat(model.drawing().get().decay().value(170)).isEqualTo(0.04);
        model.undo();
        assertThat(model.drawing().get().decay().value(150)).isEqualTo(0.02);
        model.undo();
        assertThat(model.drawing().get()).isEqualTo(stroked);
        model.undo();
        assertThat(model.drawing().get()).isEqualTo(start);
        assertThat(model.undoable().get()).isFalse();
        model.redo();
        assertThat(model.drawing().get()).isEqualTo(stroked);
        model.revert();
        assertThat(model.drawing().get()).isEqualTo(start);
        model.undo();
        assertThat(model.drawing().get()).isEqualTo(stroked);
    }

    @Test
    void aKnotDoesNotPassItsNeighbours() {
        described();
        model.addKnot(50, 0.01);
        model.addKnot(100, 0.01);
        model.moveKnot(20, 0.02, false);
        assertThat(model.selected().get()).isEqualTo(51);
        model.moveKnot(1000, 0.02, false);
        assertThat(model.selected().get()).isEqualTo(199);
    }

    @Test
    void snappingGoesToEpochsAndRoundNumbers() {
        described();
        model.snapping().set(true);
        model.addKnot(50, 0.0123);
        assertThat(model.chosen()).contains(new Knot(51, 0.01)); // an epoch has three steps
    }

    @Test
    void theShapeOfOneIsGivenToTheOther() {
        described();
        model.shape(Shape.EARLY, 0, 0);
        model.active().set(Track.RATE);
        model.copyFrom(Track.DECAY);
        assertThat(model.drawing().get().rate().value(10)).isCloseTo(0.05, within(1e-12));
        assertThat(model.drawing().get().rate().value(100)).isZero();
    }

    @Test
    void exactValuesAreTakenOrRefusedWithASentence() {
        described();
        model.setKnot(" 60 ", "3e-3");
        assertThat(model.chosen()).contains(new Knot(60, 0.003));
        model.setKnot("61", "0.004");
        assertThat(model.drawing().get().decay().knots()).doesNotContain(new Knot(60, 0.003));
        assertThatThrownBy(() -> model.setKnot("x", "1"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("'x' is not a step; write a whole number.");
        assertThatThrownBy(() -> model.setKnot("400", "1"))
                .hasMessage("The step 400 cannot be drawn at; it must be from 0, the next step, to 200.");
        assertThatThrownBy(() -> model.setKnot("60", "-1"))
                .hasMessage("The value -1 cannot be used; it must be a number of at least 0.");
        assertThatThrownBy(() -> model.segment(Segment.LINEAR, "100", "1", "100", "2"))
                .hasMessageStartingWith("A segment cannot go from step 100 to 100; it must end after its beginning");
    }

    @Test
    void whileARunIsGoingTheFutureIsChangedAndThePastIsLocked() {
        RunEntry run = begun(40);
        assertThat(model.now().get()).isEqualTo(40);
        assertThat(model.forecast().get()).isPresent();
        Curve before = model.drawing().get().decay();
        model.stroke(List.of(new Knot(10, 0.02), new Knot(30, 0.02)));
        assertThat(model.drawing().get().decay()).isEqualTo(before); // all of it is past
        model.select(0);
        model.moveKnot(0, 0.5, false);
        model.removeKnot();
        assertThat(model.drawing().get().decay()).isEqualTo(before);
        assertThatThrownBy(() -> model.setKnot("39", "1")).hasMessageContaining("it must be from 40, the next step");

        model.select(-1);
        model.shape(Shape.NEVER, 0, 0); // draws over the past too, which does not change it
        model.stroke(List.of(new Knot(20, 0.02), new Knot(60, 0.02), new Knot(80, 0.01)));
        model.apply();
        until(() -> !run.interventions().isEmpty());
        session.play();
        until(() -> run.log().rows() == 201);
        assertThat(run.interventions())
                .extracting(Intervention::what, Intervention::step)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("schedule", 40L));
        for (long row = 0; row < 40; row++) {
            assertThat(value(run, Quantity.DECAY, row)).isEqualTo(0.005);
        }
        assertThat(value(run, Quantity.DECAY, 60)).isCloseTo(0.02, within(1e-9));
        assertThat(value(run, Quantity.DECAY, 70)).isCloseTo(0.015, within(1e-9));
        assertThat(value(run, Quantity.DECAY, 81)).isZero();
        Schedule stored =
                ((Change.SetDecaySchedule) run.interventions().get(0).planned().change()).schedule();
        for (long row = 0; row < 40; row++) { // the stored schedule says of the past what it was
            assertThat(stored.factor(row, new decaylab.schedule.Horizon(3, 201)))
                    .isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void whatIsBeingDrawnSurvivesAnotherIntervention() {
        RunEntry run = begun(10);
        model.stroke(List.of(new Knot(60, 0.02), new Knot(80, 0)));
        Drawing drawn = model.drawing().get();
        session.change(new Change.SetLearningRate(0.01));
        until(() -> run.interventions().size() == 1);
        assertThat(model.drawing().get()).isEqualTo(drawn);
        model.revert();
        assertThat(model.drawing().get().rate().value(50)).isEqualTo(0.01);
    }

    @Test
    void aBaseOfZeroDoesNotForbidDrawing() {
        RunEntry run = begun(10);
        session.change(new Change.SetLambda(0));
        until(() -> run.interventions().size() == 1);
        model.stroke(List.of(new Knot(60, 0.02), new Knot(80, 0.01)));
        model.apply();
        until(() -> run.interventions().size() == 3);
        session.play();
        until(() -> run.log().rows() == 201);
        assertThat(value(run, Quantity.DECAY, 30)).isZero();
        assertThat(value(run, Quantity.DECAY, 70)).isCloseTo(0.015, within(1e-9));
    }

    @Test
    void theMaskAndTheTargetAreInterventionsOfARunAndFieldsBefore() {
        described();
        model.send(List.of(new Change.SetLayers(new DecayLayers.Named(List.of("output")))));
        model.setTarget("3");
        model.hold("0.5");
        Experiment held = designer.experiment().get();
        assertThat(held).isNotNull();
        assertThat(held.decay().layers()).isEqualTo(new DecayLayers.Named(List.of("output")));
        assertThat(held.decay().control())
                .isEqualTo(new decaylab.experiment.ControlSpec(ControlQuantity.NORM, 3, new Schedule.Constant(), 0.5));

        RunEntry run = begun(10);
        model.active().set(Track.TARGET);
        model.shape(Shape.ALWAYS, 0, 0);
        model.setTarget("2.5");
        model.setKnot("100", "5");
        model.hold("1");
        model.send(List.of(new Change.SetBiases(true)));
        until(() -> run.interventions().size() == 2);
        assertThat(run.interventions())
                .extracting(Intervention::brief)
                .containsExactly("control norm 5.0", "biases true");
        model.letGo();
        until(() -> run.interventions().size() == 3);
        assertThat(run.interventions().get(2).to()).isEqualTo("off");
    }

    @Test
    void whatLambdaDoesNotSteerIsRefusedWithASentence() {
        designer.load(yaml.with(SMALL, java.util.Map.of("network.normalization", "none")), "bare");
        model.pulse();
        model.quantity().set(ControlQuantity.ELR);
        assertThatThrownBy(() -> model.hold("0.1")).hasMessageStartingWith("Control of the elr needs a normalisation");
        assertThatThrownBy(() -> model.setTarget("0"))
                .hasMessage("The target 0 cannot be used; it must be a number above 0.");
        assertThat(warned).isEmpty();
    }
}
