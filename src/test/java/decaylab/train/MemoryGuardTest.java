package decaylab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.net.EncoderDecoder;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryGuardTest {
    private static final TaskShape IMAGE = TaskShape.classification(new int[] {1, 28, 28}, 10);
    private static final TaskShape TOKENS = new TaskShape(new int[] {64}, 65, 64, 65);
    private static final TaskShape BAG = new TaskShape(new int[] {6}, 1000, 1, 2);
    private static final long PLENTY = Long.MAX_VALUE;

    private static Experiment with(Map<String, String> settings) {
        return new ExperimentYaml().with(Experiment.defaults(), settings);
    }

    private static String refused(Experiment experiment, long available) {
        return refused(experiment, IMAGE, available);
    }

    private static String refused(Experiment experiment, TaskShape task, long available) {
        try {
            MemoryGuard.require(experiment, task, 500, available);
            return "";
        } catch (BadInputException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mlp, none",
        "mlp, batch",
        "mlp, batch-affine",
        "cnn, none",
        "cnn, batch",
        "cnn, batch-affine",
        "all-cnn, batch",
        "resnet, none",
        "resnet, batch-affine",
        "lstm, none",
        "bag, none",
        "bag, batch",
    })
    void theEstimateCoversTheParametersThatTheNetworkHas(String kind, String normalization) {
        Experiment experiment = with(
                Map.of("network.kind", kind, "network.normalization", normalization, "network.widths", "[64, 32, 16]"));
        TaskShape task = kind.equals("lstm") ? TOKENS : kind.equals("bag") ? BAG : IMAGE;
        Matcher estimate = Pattern.compile("makes (\\d+) parameters").matcher(refused(experiment, task, 0));
        assertThat(estimate.find()).isTrue();
        try (TrainableNetwork network =
                new TrainableNetwork(experiment.network(), task, experiment.precision(), Team.of(1))) {
            long real = network.layout().length();
            // A layer's bias or statistics are counted as the four numbers a channel that the most of them have.
            long channels = network.layout().weights().stream()
                    .mapToInt(weights -> weights.length() / weights.fanIn())
                    .sum();
            assertThat(Long.parseLong(estimate.group(1))).isBetween(real, real + 4 * channels);
        }
    }

    @Test
    void theParametersOfATranslatorAreCountedExactly() {
        Experiment experiment = with(
                Map.of("network.kind", "encoder-decoder", "network.normalization", "none", "network.widths", "[24]"));
        TaskShape task = new TaskShape(new int[] {42}, 21, 43, 26, true);
        assertThat(refused(experiment, task, 0))
                .contains("makes "
                        + EncoderDecoder.layout(experiment.network(), task).length() + " parameters");
    }

    @Test
    void aNetworkThatFitsIsLetThrough() {
        assertThatCode(() -> MemoryGuard.require(with(Map.of()), IMAGE, 500, 1L << 30))
                .doesNotThrowAnyException();
    }

    @Test
    void widthsThatNeedAHundredGigabytesAreRefusedInASentence() {
        assertThatThrownBy(() -> MemoryGuard.require(
                        with(Map.of("network.widths", "[80000, 80000]")), IMAGE, 500, 4_000_000_000L))
                .isInstanceOf(BadInputException.class)
                .hasMessageMatching(
                        "network\\.widths is \\[80000, 80000], which makes \\d+ parameters and needs 1\\d\\d GB "
                                + "of memory, but the lab may use 4\\.0 GB; make the widths smaller\\.");
    }

    @Test
    void moreParametersThanAnArrayHoldsAreRefusedHoweverMuchMemoryThereIs() {
        assertThat(refused(with(Map.of("network.widths", "[50000, 50000]")), PLENTY))
                .contains("make the widths smaller");
        assertThat(refused(with(Map.of("network.widths", "[1000000, 1000000, 1000000]")), PLENTY))
                .contains("make the widths smaller");
    }

    @Test
    void adamNeedsAnotherBufferAndDoublesTwiceTheSpace() {
        Map<String, String> wide = Map.of("network.widths", "[4000, 2000]");
        long plain = need(with(wide));
        long parameters = (784 + 4) * 4000L + (4000 + 4) * 2000 + 2001L * IMAGE.classes();
        assertThat(plain).isGreaterThan(4 * 4 * parameters);
        assertThat(need(with(Map.of("network.widths", "[4000, 2000]", "optimizer.kind", "adam"))))
                .isEqualTo(plain + 4 * parameters);
        assertThat(need(with(Map.of("network.widths", "[4000, 2000]", "precision", "double"))))
                .isEqualTo(2 * plain);
    }

    /** The least memory in which the network is let through. */
    private static long need(Experiment experiment) {
        long low = 0;
        long high = 1L << 40;
        while (high - low > 1) {
            long middle = (low + high) / 2;
            if (refused(experiment, middle).isEmpty()) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
