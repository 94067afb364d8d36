package decaylab.ui;

/** Dialogs of the window, and its end. */
interface Dialogs {
    /** Says what the lab is. */
    void about();

    /** Asks what to export, and does it. */
    void exportCharts();

    /** Closes the window. */
    void quit();
}
