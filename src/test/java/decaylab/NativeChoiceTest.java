package decaylab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeChoiceTest {
    private static final Map<String, String> HASWELL =
            Map.of("UseAVX", "2", "UseFMA", "true", "UseBMI2Instructions", "true");

    @Test
    void takesTheFastBuildFromHaswellOn() {
        assertThat(NativeChoice.extension(HASWELL::get)).isEqualTo("-onednn-avx2");
    }

    @Test
    void takesTheFastBuildWhereThereIsMore() {
        Map<String, String> more = Map.of("UseAVX", "3", "UseFMA", "true", "UseBMI2Instructions", "true");
        assertThat(NativeChoice.extension(more::get)).isEqualTo("-onednn-avx2");
    }

    @Test
    void takesTheGenericBuildWithoutAvx2() {
        Map<String, String> sandyBridge = Map.of("UseAVX", "1", "UseFMA", "false", "UseBMI2Instructions", "false");
        assertThat(NativeChoice.extension(sandyBridge::get)).isEmpty();
    }

    @Test
    void takesTheGenericBuildWhereAnInstructionOfTheFastOneIsMissing() {
        Map<String, String> noFma = Map.of("UseAVX", "2", "UseFMA", "false", "UseBMI2Instructions", "true");
        assertThat(NativeChoice.extension(noFma::get)).isEmpty();
    }

    @Test
    void takesTheGenericBuildOnAnotherProcessorThanX86() {
        assertThat(NativeChoice.extension(option -> null)).isEmpty();
    }
}
