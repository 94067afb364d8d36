package decaylab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
        List<Benchmark> chosen = benchmarks.stream()
                .filter(b -> only == null || b.name().equals(only))
                .toList();
        if (chosen.isEmpty()) {
            throw new BadInputException("There is no benchmark " + only + "; the benchmarks are "
                    + benchmarks.stream().map(Benchmark::name).collect(Collectors.joining(", ")) + ".");
        }
        ObjectMapper mapper = new ObjectMapper();
        for (Benchmark benchmark : chosen) {
            for (Map<String, Object> line : benchmark.measure()) {
                terminal.out()
                        .println(
                                json
                                        ? mapper.writeValueAsString(line)
                                        : line.entrySet().stream()
                                                .map(e -> e.getKey() + " " + e.getValue())
                                                .collect(Collectors.joining(", ")));
            }
        }
        return ExitCode.OK;
    }
}
