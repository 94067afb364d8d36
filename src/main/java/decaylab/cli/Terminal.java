package decaylab.cli;

import java.io.Console;
import java.io.PrintStream;

/**
 * Where the command line writes.
 *
 * @param out results
 * @param err progress and the one line that says what went wrong
 * @param interactive true where somebody watches, so that a progress bar makes sense
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {
    /** The process's own streams. */
    public static Terminal ofProcess() {
        return new Terminal(System.out, System.err, isTerminal());
    }

    /** Before Java 22 a console exists on a terminal only; since then it says itself what it is. */
    @SuppressWarnings("SystemConsoleNull") // the lab runs on Java 17 too
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
