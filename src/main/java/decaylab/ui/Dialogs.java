package decaylab.ui;

/** Dialogs of the window, and its end. */
interface Dialogs {
    /** Says what the lab is. */
    void about();

    /** Shows all keys. */
    void keyMap();

    /** Shows the tour of the first start, from its beginning. */
    void tour();

    /** Shows the presenter's notes in a window of their own. */
    void presenter();

    /** Asks what to export, and does it. */
    void exportCharts();

    /** Closes the window. */
    void quit();
}
