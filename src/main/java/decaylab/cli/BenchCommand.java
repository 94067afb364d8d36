package decaylab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import decaylab.experiment.Nearest;
import decaylab.problem.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the lab's speed. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures how fast the lab is on this machine.")
final class BenchCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final List<Benchmark> benchmarks;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(names = "--only", paramLabel = "NAME", description = "This benchmark alone.")
    private @Nullable String only;

    BenchCommand(Terminal terminal, List<Benchmark> benchmarks) {
        this.terminal = terminal;
        this.benchmarks = benchmarks;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        if (only == null) {
            for (Benchmark benchmark : benchmarks) {
                try {
                    print(benchmark.measure());
                } catch (BadInputException e) {
                    terminal.err().println(e.getMessage());
                }
            }
        } else {
            print(named(only).measure());
        }
        return ExitCode.OK;
    }

    private Benchmark named(String name) {
        List<String> names = benchmarks.stream().map(Benchmark::name).toList();
        return benchmarks.stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException("There is no benchmark " + name + Nearest.hint(name, names)
                        + "; the benchmarks are " + String.join(", ", names) + "."));
    }

    private void print(List<Map<String, Object>> lines) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        for (Map<String, Object> line : lines) {
            terminal.out()
                    .println(
                            json
                                    ? mapper.writeValueAsString(line)
                                    : line.entrySet().stream()
                                            .map(e -> e.getKey() + " " + e.getValue())
                                            .collect(Collectors.joining(", ")));
        }
    }
}
