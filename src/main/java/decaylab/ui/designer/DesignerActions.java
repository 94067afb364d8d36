package decaylab.ui.designer;

/** What the designer asks of the rest of the window. */
public interface DesignerActions {
    /** Asks which, and opens an experiment's file. */
    void openExperiment();

    /** Asks where, and saves the experiment. */
    void saveExperiment();

    /** Starts a run of the experiment. */
    void startExperiment();
}
