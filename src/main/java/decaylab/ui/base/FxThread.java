package decaylab.ui.base;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/**
 * The way from any other thread into the window's: it carries what a background task brought back. Runs themselves come into
 * the window by being read at every pulse, never through here.
 */
public final class FxThread implements Executor {
    @Override
    public void execute(Runnable work) {
        if (Platform.isFxApplicationThread()) {
            work.run();
        } else {
            Platform.runLater(work);
        }
    }
}
