package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import decaylab.experiment.Activation;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bench} prints. */
class BenchCommandTest {
    @TempDir
    private Path folder;

    private record Fixed(String name, double figure) implements Benchmark {
        @Override
        public List<Map<String, Object>> measure() {
            if (figure < 0) {
                throw new BadInputException(name + " is not there yet.");
            }
            return List.of(Map.of("median_ms", figure));
        }
    }

    private static final List<Benchmark> THREE = List.of(new Fixed("a", 1), new Fixed("b", -1), new Fixed("c", 3));

    @Test
    void oneThatCannotBeMeasuredDoesNotStopTheOthers() {
        Session session = Session.of(folder, THREE, "bench", "--json");
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(session.out().lines()).containsExactly("{\"median_ms\":1.0}", "{\"median_ms\":3.0}");
        assertThat(session.errors()).containsExactly("b is not there yet.");
    }

    @Test
    void oneAlone() {
        assertThat(Session.of(folder, THREE, "bench", "--only", "c").out().lines())
                .containsExactly("median_ms 3.0");
        assertThat(Session.of(folder, THREE, "bench", "--only", "b").code()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void aNetworkIsMeasuredInThePeersFields() throws IOException {
        NetworkSpec network =
                new NetworkSpec(NetworkKind.MLP, List.of(8, 8), Activation.RELU, Normalization.BATCH_AFFINE, 1e-5);
        Benchmark benchmark = new NetworkBenchmark("small", network, new int[] {4}, 10, 3, 30, 0);
        Session session = Session.of(folder, List.of(benchmark), "bench", "--json", "--only", "small");
        List<String> modes = new ArrayList<>();
        for (String text : session.out().lines().toList()) {
            JsonNode line = new ObjectMapper().readTree(text);
            assertThat(line.get("peer").asText()).startsWith("decaylab ");
            assertThat(line.get("workload").asText()).isEqualTo("small");
            assertThat(line.get("threads").asInt()).isBetween(1, 2);
            assertThat(line.get("median_ms").asDouble()).isPositive().isLessThan(1000);
            modes.add(line.get("mode").asText());
        }
        assertThat(modes).containsExactly("bare", "instrumented", "all instruments", "all instruments, budget 5 %");
    }

    @Test
    void thePeersWorkloadsAreThere() {
        assertThat(NetworkBenchmark.all())
                .extracting(Benchmark::name)
                .containsExactly("tiny", "proto-bn", "mlp-bn", "cnn-bn", "char-lstm");
    }

    @Test
    void theMedianIsTheMiddle() {
        assertThat(NetworkBenchmark.median(new double[] {9, 1, 5})).isEqualTo(5);
        assertThat(NetworkBenchmark.median(new double[] {4, 1, 9, 2})).isEqualTo(3);
    }
}
