package decaylab.cli;

import decaylab.data.DataCatalogue;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Nearest;
import decaylab.experiment.Presets;
import decaylab.problem.BadInputException;
import decaylab.problem.LabFailure;
import decaylab.store.LabFolder;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** All sub-commands, and how they fail: one line that says what is wrong and what to do, and an exit code. */
public final class CommandLineApp {
    private final Terminal terminal;
    private final LabFolder labFolder;
    private final List<Benchmark> benchmarks;

    /**
     * @param benchmarks what {@code bench} can measure
     */
    public CommandLineApp(Terminal terminal, LabFolder labFolder, List<Benchmark> benchmarks) {
        this.terminal = terminal;
        this.labFolder = labFolder;
        this.benchmarks = List.copyOf(benchmarks);
    }

    /** Runs a command; returns the exit code. */
    public int run(String... arguments) {
        ExperimentYaml yaml = new ExperimentYaml();
        Presets presets = new Presets(yaml);
        DataCatalogue catalogue = new DataCatalogue();
        CommandLine line = new CommandLine(new RootCommand())
                .addSubcommand(new RunCommand(terminal, labFolder, yaml, presets, catalogue))
                .addSubcommand(new ListCommand(terminal, presets, catalogue))
                .addSubcommand(new BenchCommand(terminal, benchmarks));
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, args) -> say(parameterSentence(e, args), ExitCode.BAD_INPUT));
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof BadInputException) {
                return say(e.getMessage(), ExitCode.BAD_INPUT);
            }
            if (e instanceof LabFailure) {
                return say(e.getMessage(), ExitCode.FAILURE);
            }
            return say(
                    "The command failed: " + e + "; please report this with the command that you gave.",
                    ExitCode.FAILURE);
        });
        return line.execute(arguments);
    }

    private int say(@Nullable String sentence, int code) {
        terminal.err().println(String.valueOf(sentence).replaceAll("\\s*\\R\\s*", " "));
        return code;
    }

    private static String parameterSentence(CommandLine.ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        if (line.getParent() == null && arguments.length > 0 && !arguments[0].startsWith("-")) {
            List<String> names = List.copyOf(line.getSubcommands().keySet());
            return "There is no command " + arguments[0] + Nearest.hint(arguments[0], names) + "; the commands are "
                    + String.join(", ", names) + ".";
        }
        String message = String.valueOf(e.getMessage());
        return (message.endsWith(".") ? message : message + ".") + " See '"
                + line.getCommandSpec().qualifiedName() + " --help'.";
    }
}
