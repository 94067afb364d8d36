package decaylab;

import decaylab.cli.Benchmark;
import decaylab.cli.CommandLineApp;
import decaylab.cli.ExitCode;
import decaylab.cli.NetworkBenchmark;
import decaylab.cli.Terminal;
import decaylab.cli.UnlockingBenchmark;
import decaylab.cli.UpdateBenchmark;
import decaylab.lesson.Assignment;
import decaylab.problem.BadInputException;
import decaylab.store.LabFolder;
import decaylab.ui.LabApp;
import decaylab.ui.chart.ChartBenchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the command line, or the window where there is no command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Logs.apply();
        NativeChoice.apply();
        LabFolder folder = LabFolder.ofUser(
                System.getenv(), Path.of(System.getProperty("user.home")), System.getProperty("os.name"));
        if (args.length == 0) {
            System.exit(window(folder, null));
        }
        if (args.length == 1 && args[0].endsWith(Assignment.ENDING)) { // as the system opens such a file
            System.exit(commandLine(folder, new String[] {"lesson", args[0]}));
        }
        if (args.length == 2 && args[0].equals("--lab")) {
            System.exit(window(new LabFolder(Path.of(args[1])), null));
        }
        System.exit(commandLine(folder, args));
    }

    private static int commandLine(LabFolder folder, String[] args) {
        List<Benchmark> benchmarks = new ArrayList<>(NetworkBenchmark.all());
        benchmarks.add(new UpdateBenchmark());
        benchmarks.add(new UnlockingBenchmark());
        benchmarks.add(new WindowBenchmark());
        return new CommandLineApp(Terminal.ofProcess(), folder, benchmarks, Main::window).run(args);
    }

    /** Opens the window and waits until it is closed; returns the exit code. */
    private static int window(LabFolder folder, @Nullable Assignment assignment) {
        try {
            LabApp.open(folder, assignment);
            return ExitCode.OK;
        } catch (BadInputException e) {
            System.err.println(e.getMessage());
            return ExitCode.BAD_INPUT;
        }
    }

    /** The window's benchmark as the command line sees it: the two fronts do not know each other. */
    private static final class WindowBenchmark implements Benchmark {
        @Override
        public String name() {
            return "charts";
        }

        @Override
        public List<Map<String, Object>> measure() {
            return new ChartBenchmark().measure();
        }
    }
}
