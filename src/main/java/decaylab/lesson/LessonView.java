package decaylab.lesson;

import java.util.Locale;

/** What the middle of the window shows in a lesson. */
public enum LessonView {
    /** The charts of the runs. */
    CHARTS,
    /** Decay and learning rate over the whole run, to draw on. */
    SCHEDULES,
    /** One weight, or two, on a loss that can be seen whole. */
    ONE_WEIGHT,
    /** The update, line by line. */
    UPDATE;

    /** The word in a lesson's file, as in {@code one-weight}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
