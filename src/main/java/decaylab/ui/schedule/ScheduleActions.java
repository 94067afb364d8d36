package decaylab.ui.schedule;

import decaylab.experiment.Experiment;

/** What the editor of schedules asks of the rest of the window. */
public interface ScheduleActions {
    /** Makes another experiment the one that is being described, and that of a run which has not begun. */
    void describe(Experiment experiment);
}
