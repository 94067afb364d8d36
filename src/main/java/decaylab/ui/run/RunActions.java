package decaylab.ui.run;

/** What the list of runs asks of the rest of the window. */
public interface RunActions {
    /** Puts a run's settings into the designer. */
    void useSettings(RunEntry run);

    /** Runs again without decay, with this run's norms in its place. */
    void transplant(RunEntry run);

    /** Asks where, and writes a run's samples there. */
    void exportCsv(RunEntry run);

    /** Shows every run that was kept. */
    void openLibrary();

    /** Asks which, and lays a run from a folder over the others. */
    void openRun();
}
