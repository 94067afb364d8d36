package decaylab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import decaylab.store.Provenance.RunOrigin;
import decaylab.store.Provenance.Sameness;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {
    private static final Map<String, String> HERE = Map.of("lab", "1", "instructionSet", "AVX2");
    private static final Map<String, String> ELSEWHERE = Map.of("lab", "1", "instructionSet", "AVX-512");
    private static final Experiment EXPERIMENT = new ExperimentYaml().parse("seed: 7", "a test");

    /** @param norm by row */
    private static SampleLog log(long rows, DoubleUnaryOperator norm, double rate) {
        SampleLog log = SampleLog.ofLayers(List.of("dense1"));
        for (long row = 0; row < rows; row++) {
            double[] values = new double[log.metrics().size()];
            Arrays.fill(values, SampleLog.EMPTY);
            for (int i = 0; i < values.length; i++) {
                Quantity quantity = log.metrics().get(i).quantity();
                values[i] = switch (quantity) {
                    case STEP -> row;
                    case LEARNING_RATE -> rate;
                    case NORM, HEAD_NORM, LAYER_NORM -> norm.applyAsDouble(row);
                    default -> SampleLog.EMPTY;
                };
            }
            log.append(values);
        }
        return log;
    }

    private static SampleLog log(long rows) {
        return log(rows, row -> 3 + row, 0.1);
    }

    private static RunOrigin origin(SampleLog log) {
        return RunOrigin.of("a", EXPERIMENT, List.of(), log, HERE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 65, 1234})
    void theSameLogIsTheSame(long rows) {
        RunOrigin origin = origin(log(rows));
        assertThat(origin.trace().digests()).hasSizeLessThanOrEqualTo(64);
        assertThat(origin.compare(log(rows), HERE)).isEqualTo(new Provenance.Outcome(Sameness.SAME, rows, 0));
        assertThat(origin.compare(log(rows + 5), HERE).sameness()).isEqualTo(Sameness.SAME);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 639, 1233})
    void oneBitOfOneRowIsNoticedAndItsStepsAreNamed(long changed) {
        RunOrigin origin = origin(log(1234));
        var outcome = origin.compare(log(1234, row -> row == changed ? Math.nextUp(3.0 + row) : 3 + row, 0.1), HERE);
        assertThat(outcome.sameness()).isEqualTo(Sameness.DIFFERENT);
        assertThat(changed)
                .isBetween(outcome.step(), outcome.step() + origin.trace().block() - 1);
    }

    @Test
    void aLogThatEndsBeforeDiffersWhereItEnds() {
        RunOrigin origin = origin(log(640));
        assertThat(origin.compare(log(300), ELSEWHERE).sameness()).isEqualTo(Sameness.DIFFERENT);
        assertThat(origin.compare(log(300), HERE).step()).isBetween(290L, 300L);
    }

    @Test
    void roundingOfAnotherMachineIsToleratedThereOnly() {
        RunOrigin origin = origin(log(1234));
        SampleLog near = log(1234, row -> (3 + row) * 1.02, 0.1);
        assertThat(origin.compare(near, HERE).sameness()).isEqualTo(Sameness.DIFFERENT);
        var outcome = origin.compare(near, ELSEWHERE);
        assertThat(outcome.sameness()).isEqualTo(Sameness.WITHIN_TOLERANCE);
        assertThat(outcome.distance()).isBetween(0.0196, 0.0197); // 0.02 of the smaller is 0.0196 of the larger
        assertThat(origin.compare(log(1234, row -> (3 + row) * 1.04, 0.1), ELSEWHERE)
                        .sameness())
                .isEqualTo(Sameness.DIFFERENT);
        assertThat(origin.compare(log(1234, row -> 3 + row, 0.2), ELSEWHERE).distance())
                .isInfinite();
        assertThat(origin.compare(log(1234, row -> row > 900 ? Double.NaN : 3 + row, 0.1), ELSEWHERE)
                        .sameness())
                .isEqualTo(Sameness.DIFFERENT);
    }

    @Test
    void aRecordComesBackFromItsText() {
        Provenance picture = Provenance.of(
                List.of(origin(log(10)), RunOrigin.of("b", EXPERIMENT.withSeed(8), List.of(), log(1234), Map.of())));
        Provenance read = Provenance.parse(picture.text(), "a test");
        assertThat(read).isEqualTo(picture);
        assertThat(read.main().read()).isEqualTo(EXPERIMENT.withSeed(8));
        assertThat(read.runs().get(0).compare(log(10), HERE).sameness()).isEqualTo(Sameness.SAME);
        assertThat(picture.caption())
                .startsWith("b: ")
                .contains("seed 8")
                .endsWith("Beside it: a. Decay Lab " + Fingerprint.labVersion());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{}",
                "[]",
                "{\"format\": 2, \"lab\": \"1\", \"runs\": []}",
                "{\"format\": 1, \"lab\": \"1\", \"runs\": []}",
                "{\"format\": 1, \"lab\": \"1\", \"runs\": [null]}",
                "{\"format\": 1, \"lab\": \"1\", \"runs\": [{\"name\": \"a\"}]}",
                "{\"format\": 1, \"lab\": \"1\", \"runs\": [{\"name\": \"a\", \"experiment\": \"\", \"fingerprint\": {},"
                        + " \"trace\": {\"rows\": 1}}]}"
            })
    void aTextThatIsNoneIsRefusedInASentence(String text) {
        assertThatThrownBy(() -> Provenance.parse(text, "the picture x.png"))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("What the picture x.png says of its runs cannot be read (");
    }
}
