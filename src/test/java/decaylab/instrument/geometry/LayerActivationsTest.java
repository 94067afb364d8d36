package decaylab.instrument.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.instrument.geometry.SmallNetworks.Point;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterBlock.Role;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class LayerActivationsTest {
    private static Point point(NetworkKind kind, Activation activation) {
        return SmallNetworks.point(new NetworkSpec(kind, List.of(5, 4), activation, Normalization.NONE, 1e-5));
    }

    /** Weights 0 and one bias of the layer above zero: that unit alone puts out something, and always the same. */
    private static List<LayerActivations> withBiases(Point point, double... biases) {
        FlatArray parameters = point.parameters().copy();
        for (ParameterBlock block : point.layout().blocks()) {
            for (int i = 0; i < block.length(); i++) {
                boolean bias = block.role() == Role.BIAS && block.layer().endsWith("1");
                parameters.set(block.offset() + i, bias ? biases[i] : 0);
            }
        }
        return LayerActivations.of(point.at(parameters), SmallNetworks.examples(point, 150), 4, () -> false);
    }

    @Test
    void deadUnitsAreThoseThatNeverPutOutAnything() {
        for (NetworkKind kind : List.of(NetworkKind.MLP, NetworkKind.CNN)) {
            List<LayerActivations> layers = withBiases(point(kind, Activation.RELU), 1, -1, 0, 4, -2);
            assertThat(layers).hasSize(2);
            assertThat(layers.get(0).units()).isEqualTo(5);
            assertThat(layers.get(0).dead()).hasValue(3.0 / 5);
            assertThat(layers.get(1).dead()).hasValue(1);
            int pixels = kind == NetworkKind.CNN ? 42 : 1;
            assertThat(layers.get(0).histogram().counts()).containsExactly(450 * pixels, 150 * pixels, 0, 150 * pixels);
            assertThat(layers.get(1).histogram().total()).isEqualTo(4 * 150 * (kind == NetworkKind.CNN ? 12 : 1));
        }
    }

    @Test
    void aUnitThatFiresAtOneExampleIsAlive() {
        Point point = point(NetworkKind.MLP, Activation.RELU);
        LayerActivations lowest = LayerActivations.of(
                        point.analysis(), SmallNetworks.examples(point, 150), 10, () -> false)
                .get(0);
        assertThat(lowest.layer()).isEqualTo("dense1");
        assertThat(lowest.dead()).hasValue(0);
        assertThat(lowest.histogram().low()).isZero();
        assertThat(lowest.histogram().counts()[0]).isGreaterThan(150).isLessThan(750);
    }

    @Test
    void unitsOfTanhDoNotDie() {
        LayerActivations lowest = withBiases(point(NetworkKind.MLP, Activation.TANH), 1, -1, 0, 4, -2)
                .get(0);
        assertThat(lowest.dead()).isEmpty();
        assertThat(lowest.histogram().high()).isEqualTo(Math.tanh(4));
    }

    @Test
    void aUnitOfNaNsIsNotDead() {
        LayerActivations lowest = withBiases(point(NetworkKind.MLP, Activation.RELU), Double.NaN, -1, 0, 4, -2)
                .get(0);
        assertThat(lowest.dead()).hasValue(3.0 / 5);
        assertThat(lowest.histogram().notFinite()).isEqualTo(150);
    }

    @Test
    void isGivenUp() {
        Point point = point(NetworkKind.MLP, Activation.RELU);
        Examples examples = SmallNetworks.examples(point, 10);
        assertThatThrownBy(() -> LayerActivations.of(point.analysis(), examples, 10, () -> true))
                .isInstanceOf(CancellationException.class);
    }
}
