package decaylab.ui.study;

import decaylab.experiment.Experiment;

/** What the maps ask of the rest of the window. */
public interface CellActions {
    /**
     * Puts the experiment of a cell into the designer, and starts a run of it.
     *
     * @param experiment with the seed of one of the cell's runs
     * @param name of the run
     */
    void openCell(Experiment experiment, String name);
}
