package decaylab;

import decaylab.cli.Benchmark;
import decaylab.cli.CommandLineApp;
import decaylab.cli.NetworkBenchmark;
import decaylab.cli.Terminal;
import decaylab.store.LabFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the command line, or the window where there is no command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Logs.apply();
        NativeChoice.apply();
        LabFolder folder = LabFolder.ofUser(
                System.getenv(), Path.of(System.getProperty("user.home")), System.getProperty("os.name"));
        List<Benchmark> benchmarks = new ArrayList<>(NetworkBenchmark.all());
        System.exit(new CommandLineApp(Terminal.ofProcess(), folder, benchmarks).run(args));
    }
}
