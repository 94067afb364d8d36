package decaylab.ui;

import decaylab.chart.ChartKind;
import decaylab.experiment.Experiment;
import decaylab.lesson.LessonView;
import decaylab.ui.chart.ChartBoard;
import decaylab.ui.designer.DesignerModel;
import decaylab.ui.lesson.LessonActions;
import decaylab.ui.predict.PredictModel;
import decaylab.ui.race.RaceModel;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.MiddleView;
import java.util.List;

/** What lessons have the window do. */
final class LessonWork implements LessonActions {
    private final LabSession session;
    private final DesignerModel designer;
    private final ChartBoard board;
    private final PredictModel predictions;
    private final RaceModel races;
    private final MomentActions moment;
    private final WindowModel window;
    private int takenBefore;

    LessonWork(
            LabSession session,
            DesignerModel designer,
            ChartBoard board,
            PredictModel predictions,
            RaceModel races,
            MomentActions moment,
            WindowModel window) {
        this.moment = moment;
        this.predictions = predictions;
        this.races = races;
        this.session = session;
        this.designer = designer;
        this.board = board;
        this.window = window;
    }

    @Override
    public void prepare(Experiment experiment, String name) {
        moment.clear();
        board.enlarged().set(null);
        board.kinds().clear(); // those of the lesson alone are shown next
        session.runs().forEach(run -> run.visibleProperty().set(false)); // they tell what is to be found out
        designer.load(experiment, name);
        session.prepare(experiment, name);
    }

    @Override
    public void show(List<ChartKind> charts) {
        board.enlarged().set(null);
        List<ChartKind> wanted =
                window.projector().get() ? charts.subList(0, Math.min(Projection.MOST_CHARTS, charts.size())) : charts;
        if (!board.kinds().containsAll(wanted)) {
            board.kinds().setAll(wanted);
        }
    }

    @Override
    public void show(LessonView view) {
        takenBefore = predictions.taken();
        window.middle()
                .set(
                        switch (view) {
                            case CHARTS -> MiddleView.CHARTS;
                            case SCHEDULES -> MiddleView.SCHEDULES;
                            case UPDATE -> MiddleView.BUFFERS;
                            case ONE_WEIGHT -> MiddleView.WEIGHT;
                        });
    }

    @Override
    public void predict(ChartKind chart, long from, long to) {
        predictions.ask(chart, from, to, false);
    }

    @Override
    public boolean predicted() {
        return predictions.taken() > takenBefore;
    }

    @Override
    public void race(List<Experiment> experiments, List<String> names) {
        races.start(experiments, names);
    }
}
