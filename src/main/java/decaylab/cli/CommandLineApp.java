package decaylab.cli;

import decaylab.data.DataCatalogue;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Nearest;
import decaylab.experiment.Presets;
import decaylab.lesson.Assignment;
import decaylab.lesson.Lessons;
import decaylab.problem.BadInputException;
import decaylab.problem.LabFailure;
import decaylab.store.LabFolder;
import decaylab.study.Studies;
import decaylab.train.DataSource;
import decaylab.train.ExperimentData;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine;

/** All sub-commands, and how they fail: one line that says what is wrong and what to do, and an exit code. */
public final class CommandLineApp {
    private final Terminal terminal;
    private final LabFolder labFolder;
    private final List<Benchmark> benchmarks;
    private final BiFunction<LabFolder, Assignment, Integer> window;

    /**
     * @param terminal where results and failures are written
     * @param labFolder where runs go that are told no other place
     * @param benchmarks what {@code bench} can measure
     * @param window opens the window in a lesson, on the lab's folder
     */
    public CommandLineApp(
            Terminal terminal,
            LabFolder labFolder,
            List<Benchmark> benchmarks,
            BiFunction<LabFolder, Assignment, Integer> window) {
        this.window = window;
        this.terminal = terminal;
        this.labFolder = labFolder;
        this.benchmarks = List.copyOf(benchmarks);
    }

    /** Runs a command; returns the exit code. */
    public int run(String... arguments) {
        ExperimentYaml yaml = new ExperimentYaml();
        Presets presets = new Presets(yaml);
        DataCatalogue catalogue = new DataCatalogue();
        Studies studies = Studies.ofLab(yaml, presets);
        RootCommand root = new RootCommand();
        Supplier<LabFolder> lab = () -> root.lab(labFolder);
        DataSource data = new ExperimentData(catalogue, () -> lab.get().datasets());
        Lessons lessons = new Lessons(yaml, presets);
        CommandLine line = new CommandLine(root)
                .addSubcommand(new RunCommand(terminal, lab, yaml, presets, data))
                .addSubcommand(new ReplayCommand(terminal, data))
                .addSubcommand(new BranchCommand(terminal, lab, data))
                .addSubcommand(new ResumeCommand(terminal, data))
                .addSubcommand(new ListCommand(terminal, presets, catalogue, studies, lessons))
                .addSubcommand(new LessonCommand(
                        terminal, lessons, data, assignment -> window.apply(lab.get(), assignment)))
                .addSubcommand(new ChartCommand(terminal))
                .addSubcommand(new StudyCommand(terminal, studies, data))
                .addSubcommand(new SweepCommand(terminal, yaml, presets, data))
                .addSubcommand(new ScoreboardCommand(terminal, data))
                .addSubcommand(new FetchCommand(terminal, lab, System.getenv()))
                .addSubcommand(new BenchCommand(terminal, benchmarks));
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((e, args) -> say(parameterSentence(e, args), ExitCode.BAD_INPUT));
        line.setExecutionExceptionHandler((e, command, result) -> failed(e, root.debug()));
        try {
            return line.execute(arguments);
        } catch (Error e) { // the library hands on exceptions only, but memory and native libraries fail with errors
            return failed(e, root.debug());
        }
    }

    private int failed(Throwable e, boolean debug) {
        if (debug) {
            e.printStackTrace(terminal.err());
        }
        if (e instanceof BadInputException) {
            return say(String.valueOf(e.getMessage()), ExitCode.BAD_INPUT);
        }
        if (e instanceof InvalidPathException path) {
            return say(
                    "'" + path.getInput() + "' is not a path (" + path.getReason()
                            + "); give the path of a file or folder.",
                    ExitCode.BAD_INPUT);
        }
        if (e instanceof LabFailure) {
            return say(String.valueOf(e.getMessage()), ExitCode.FAILURE);
        }
        if (e instanceof OutOfMemoryError) {
            return say(
                    String.format(
                            Locale.ROOT,
                            "The memory of %.1f GB that the lab may use is not enough; make data.trainSize, batchSize or "
                                    + "network.widths smaller, or give it more with JAVA_OPTS=-Xmx8g.",
                            Runtime.getRuntime().maxMemory() / 1e9),
                    ExitCode.FAILURE);
        }
        if (e instanceof LinkageError) {
            return say(
                    "A library of the lab cannot be loaded (" + e
                            + "); install the lab again, for this system and processor.",
                    ExitCode.FAILURE);
        }
        return say(
                "The command failed unexpectedly (" + e + "); please report it with the output of the same command and "
                        + "--debug.",
                ExitCode.FAILURE);
    }

    private int say(String sentence, int code) {
        terminal.err().println(sentence.replaceAll("\\s*\\R\\s*", " "));
        return code;
    }

    private static String parameterSentence(CommandLine.ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        if (line.getParent() == null) {
            List<String> names = List.copyOf(line.getSubcommands().keySet());
            String commands = "; the commands are " + String.join(", ", names) + ".";
            if (arguments.length > 0 && !arguments[0].startsWith("-")) {
                return "There is no command " + arguments[0] + Nearest.hint(arguments[0], names) + commands;
            }
            if (arguments.length == 0) {
                return "A command is missing" + commands;
            }
        }
        String message = String.valueOf(e.getMessage());
        return (message.endsWith(".") ? message : message + ".") + " See '"
                + line.getCommandSpec().qualifiedName() + " --help'.";
    }
}
