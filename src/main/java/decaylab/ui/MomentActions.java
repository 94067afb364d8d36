package decaylab.ui;

import decaylab.ui.explain.ExplainModel;
import decaylab.ui.journal.JournalModel;
import decaylab.ui.predict.PredictModel;
import decaylab.ui.race.RaceModel;
import decaylab.ui.run.MiddleView;
import javafx.scene.input.KeyCode;

/** What can be done with the moment that the current run is at: predict what comes, say what happens, race. */
public final class MomentActions {
    private final PredictModel predictions;
    private final ExplainModel explanations;
    private final RaceModel races;
    private final JournalModel journal;
    private final WindowModel window;

    MomentActions(
            PredictModel predictions,
            ExplainModel explanations,
            RaceModel races,
            JournalModel journal,
            WindowModel window) {
        this.predictions = predictions;
        this.explanations = explanations;
        this.races = races;
        this.journal = journal;
        this.window = window;
    }

    /** Asks for a prediction. */
    public void predict() {
        journal.open().set(false);
        window.middle().set(MiddleView.CHARTS);
        predictions.ask();
    }

    /** Says what the run is doing. */
    public void explain() {
        journal.open().set(false);
        window.middle().set(MiddleView.CHARTS);
        explanations.explain();
    }

    /** Shows the form of a race, or takes it away. */
    public void race() {
        journal.open().set(false);
        predictions.drop(); // a race is looked at on all charts
        races.open()
                .set(window.middle().get() != MiddleView.CHARTS || !races.open().get());
        window.middle().set(MiddleView.CHARTS);
    }

    /**
     * What a key does while a prediction is drawn.
     *
     * @param large whether Shift is down
     * @return whether it does anything
     */
    boolean draw(KeyCode key, boolean large) {
        if (!predictions.drawing().get()) {
            return false;
        }
        switch (key) {
            case LEFT -> predictions.movePen(-1, 0, large);
            case RIGHT -> predictions.movePen(1, 0, large);
            case UP -> predictions.movePen(0, 1, large);
            case DOWN -> predictions.movePen(0, -1, large);
            case ENTER, SPACE -> predictions.done();
            case ESCAPE -> predictions.drop();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Takes away all that was asked of another moment: prediction, explanation, race and journal. */
    void clear() {
        journal.open().set(false);
        dismiss();
        races.close();
    }

    /** Takes away what is over the charts. True where there was something. */
    boolean dismiss() {
        boolean explained = explanations.dismiss();
        return predictions.drop() || explained;
    }
}
