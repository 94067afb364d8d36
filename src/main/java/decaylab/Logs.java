package decaylab;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/**
 * What the libraries may say on standard error: warnings, in one line each, and nothing of what they say at every start.
 * The lab's own messages do not go this way.
 */
final class Logs {
    private static final String SETTINGS = "logging.properties";

    private Logs() {}

    /** Reads the lab's settings of java.util.logging, unless the user has named others on the Java command line. */
    static void apply() {
        if (System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null) {
            return;
        }
        try (InputStream settings = Logs.class.getResourceAsStream(SETTINGS)) {
            if (settings != null) {
                LogManager.getLogManager().readConfiguration(settings);
            }
        } catch (IOException unreadable) {
            // the defaults of Java stay in force: more is said than needed, nothing is lost
        }
    }
}
