package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.instrument.geometry.SmallNetworks.Point;
import decaylab.optim.FlatArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RescalingTest {
    @ParameterizedTest
    @MethodSource("decaylab.instrument.geometry.GeneralizationMeterTest#normalized")
    void theWeightsAreLargerAndTheFunctionTheSame(NetworkSpec spec) {
        Point point = SmallNetworks.point(spec);
        Examples examples = SmallNetworks.examples(point, 30);
        String second = point.layout().weights().get(1).layer();
        FlatArray scaled = Rescaling.of(point.layout(), point.parameters(), second, 7);
        WeightSet set = WeightSet.of(point.layout(), block -> block.layer().equals(second));
        double[] expected = set.gather(point.parameters());
        double[] larger = set.gather(scaled);
        for (int i = 0; i < expected.length; i++) {
            assertThat(larger[i]).isEqualTo(7 * expected[i]);
        }
        assertThat(point.at(scaled).logits(examples, () -> false))
                .containsExactly(point.analysis().logits(examples, () -> false), offset(1e-12));
    }

    @Test
    void aLayerThatIsNotThereCannotBeScaledNorByNothing() {
        Point point = SmallNetworks.point(GeneralizationMeterTest.normalized().get(0));
        assertThatThrownBy(() -> Rescaling.of(point.layout(), point.parameters(), "dense9", 2))
                .hasMessageContaining("dense9");
        assertThatThrownBy(() -> Rescaling.of(point.layout(), point.parameters(), "dense1", 0))
                .hasMessageContaining("dense1");
        assertThat(point.spec().normalization()).isEqualTo(Normalization.BATCH);
    }
}
