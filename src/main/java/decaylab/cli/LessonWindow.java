package decaylab.cli;

import decaylab.lesson.Assignment;

/** Opens the window in a lesson: the command line does not know the window. */
@FunctionalInterface
public interface LessonWindow {
    /**
     * Opens it and waits until it is closed.
     *
     * @return the exit code
     */
    int open(Assignment assignment);
}
