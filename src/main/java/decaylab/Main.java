package decaylab;

import decaylab.cli.CommandLineApp;
import decaylab.cli.Terminal;
import decaylab.store.LabFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogManager;

/** Starts the command line, or the window where there is no command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        quietLibraries();
        LabFolder folder =
                LabFolder.ofUser(System.getenv(), Path.of(System.getProperty("user.home")), System.getProperty("os.name"));
        System.exit(new CommandLineApp(Terminal.ofProcess(), folder, List.of()).run(args));
    }

    /** Standard error belongs to the lab's own one-line messages. */
    private static void quietLibraries() {
        try (InputStream in = Main.class.getResourceAsStream("logging.properties")) {
            if (in != null) {
                LogManager.getLogManager().readConfiguration(in);
            }
        } catch (IOException e) {
            // Louder libraries are no reason not to start.
        }
    }
}
