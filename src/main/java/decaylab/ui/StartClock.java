package decaylab.ui;

import java.lang.management.ManagementFactory;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How long it took to the first window, for whoever asks with a system property. */
final class StartClock {
    private StartClock() {}

    static void report() {
        if (Boolean.getBoolean(LabApp.MEASURE)) {
            long millis = System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
            Logger.getLogger(StartClock.class.getName())
                    .log(Level.WARNING, "first window after {0} ms", Long.toString(millis));
        }
    }
}
