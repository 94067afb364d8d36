package decaylab.lesson;

import java.util.Locale;

/** What of the window a lesson can lock, since it is not its topic. */
public enum LessonControl {
    /** The decay switch. */
    DECAY,
    /** Lambda's slider and field. */
    LAMBDA,
    /** The learning rate's slider and field. */
    LEARNING_RATE,
    /** The bound of the speed. */
    SPEED,
    /** Another seed, and starting anew. */
    RESTART,
    /** The experiment's fields and presets. */
    DESIGNER,
    /** Drawing schedules. */
    SCHEDULES,
    /** The views besides charts and schedules, and the studies. */
    VIEWS;

    /** The word in a lesson's file, as in {@code learning-rate}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
