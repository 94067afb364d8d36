package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.study.Arm;
import decaylab.study.Claim;
import decaylab.study.Figures;
import decaylab.study.Protocol;
import decaylab.study.Studies;
import decaylab.study.Study;
import decaylab.study.TrainedRun;
import decaylab.train.ExperimentData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class StudyCommandTest {
    @TempDir
    private Path folder;

    @Test
    void findingsAreWrittenAndTold() throws IOException {
        Path out = folder.resolve("out");
        Session session = Session.of(folder, "study", "metrics", "--seeds", "1", "--out", out.toString());
        assertThat(session.code()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(out.resolve("findings.json"))).contains("\"seeds\" : 1", "\"id\" : \"B3\"");
        assertThat(session.out()).contains("B1 met: ").contains("written to " + out.resolve("findings.json"));
        assertThat(session.errors().get(0)).startsWith("metrics: 4 runs of 4 arms and 1 seeds, about ");
        assertThat(session.errors()).last().isEqualTo("part 1000 of 1000, 0 s left");
        assertThat(Files.readString(out.resolve("report.html"))).contains("<td class=\"id\">B3</td>");
        Session again = Session.of(folder, "study", "metrics", "--seeds", "1", "--out", out.toString());
        assertThat(again.errors().get(0)).endsWith("4 of them are there already.");
        assertThat(again.out()).isEqualTo(session.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metrix | 2 | 1 | There is no study metrix (did you mean metrics?); the studies are early-decay, metrics, "
                        + "norm-growth, adam-buffers, tuning, tuning-plain-mlp, tuning-number-words, tuning-cart-pole, rare-tokens, "
                        + "translation, dqn, dqn-grid-world, three-mechanisms, capacity, weight-transport, synthetic-gradients, "
                        + "graph, graph-cora, early-decay-glyphs, norm-growth-glyphs, metrics-glyphs, early-decay-mnist, "
                        + "norm-growth-mnist, metrics-mnist, early-decay-cifar10-cnn, norm-growth-cifar10-cnn, "
                        + "metrics-cifar10-cnn, early-decay-cifar10-resnet8, metrics-cifar10-resnet8, "
                        + "early-decay-cifar10-resnet18.",
                "metrics | 0 | 1 | --seeds is 0; it must be between 1 and 1000.",
                "metrics | 2 | 0 | --workers is 0; it must be between 1 and 256."
            })
    void whatCannotBeRunIsRefusedBeforeAnythingIsWritten(String name, String seeds, String workers, String sentence) {
        Path out = folder.resolve("out");
        Session session =
                Session.of(folder, "study", name, "--seeds", seeds, "--workers", workers, "--out", out.toString());
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.errors()).containsExactly(sentence);
        assertThat(out).doesNotExist();
    }

    @Test
    void aClaimThatIsNotMetIsTheExitCode() {
        Study failing = new Study() {
            @Override
            public Protocol protocol() {
                List<Arm> arms =
                        List.of(new Arm("one", new ExperimentYaml().with(Experiment.defaults(), Map.of("steps", "2"))));
                return new Protocol("failing", "For tests.", "", List.of(), "", arms, List.of(), 1, 0);
            }

            @Override
            public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
                return Map.of();
            }

            @Override
            public List<Claim> claims(Figures figures) {
                return List.of(Claim.asserted("F1", "Two is one.", "2 == 1", Map.of("two", 2.0), false));
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        StudyCommand command = new StudyCommand(
                new Terminal(stream, stream, false),
                new Studies(new ExperimentYaml(), List.of(failing)),
                new ExperimentData(new DataCatalogue()));
        int code = new CommandLine(command).execute("failing", "--seeds", "1", "--out", folder.toString());
        assertThat(code).isEqualTo(4);
        assertThat(folder.resolve("findings.json")).content().contains("not met");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("F1 not met: Two is one.");
    }

    @Test
    void findingsThatAreThereStay() throws IOException {
        Path file = Files.writeString(folder.resolve("findings.json"), "precious");
        Session session = Session.of(folder, "study", "metrics", "--seeds", "1", "--out", folder.toString());
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.err()).contains("already holds findings");
        assertThat(file).hasContent("precious");
    }
}
