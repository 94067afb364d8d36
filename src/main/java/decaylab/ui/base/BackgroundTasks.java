package decaylab.ui.base;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Work that would hold the window up. Tests use a version that does it on the calling thread. */
public interface BackgroundTasks {
    /**
     * Does work elsewhere and brings its result back.
     *
     * @param work done away from the window's thread
     * @param done takes the result, on the window's thread
     * @param failed takes a sentence that says why there is none, on the window's thread
     */
    <T> void run(Callable<? extends T> work, Consumer<? super T> done, Consumer<String> failed);
}
