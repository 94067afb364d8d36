package decaylab.cli;

import decaylab.store.LabFolder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The command line as a test sees it: what it returned and what it printed. */
record Session(int code, String out, String err) {
    /** Runs a command whose lab folder is below the given one. */
    static Session of(Path folder, List<Benchmark> benchmarks, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        int code = new CommandLineApp(terminal, new LabFolder(folder.resolve("lab")), benchmarks, (lab, assignment) -> 0).run(arguments);
        return new Session(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Session of(Path folder, String... arguments) {
        return of(folder, List.of(), arguments);
    }

    /** The lines on standard error. */
    List<String> errors() {
        return err.lines().toList();
    }
}
