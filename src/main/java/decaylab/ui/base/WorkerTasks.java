package decaylab.ui.base;

import decaylab.problem.BadInputException;
import decaylab.problem.LabFailure;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Background tasks on one executor, their results on another. */
public final class WorkerTasks implements BackgroundTasks {
    private final Executor worker;
    private final Executor window;

    /**
     * @param worker where work is done
     * @param window where results are taken
     */
    public WorkerTasks(Executor worker, Executor window) {
        this.worker = worker;
        this.window = window;
    }

    @Override
    public <T> void run(Callable<? extends T> work, Consumer<? super T> done, Consumer<String> failed) {
        worker.execute(() -> {
            try {
                T result = work.call();
                window.execute(() -> done.accept(result));
            } catch (Exception e) {
                String sentence = sentence(e);
                window.execute(() -> failed.accept(sentence));
            }
        });
    }

    /** The sentence that tells a user what went wrong. */
    public static String sentence(Throwable problem) {
        if (problem instanceof BadInputException || problem instanceof LabFailure) {
            return String.valueOf(problem.getMessage());
        }
        return "Something went wrong in the lab itself (" + problem + "); please report it with what you did.";
    }
}
