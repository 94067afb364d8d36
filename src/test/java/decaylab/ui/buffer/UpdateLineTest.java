package decaylab.ui.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.optim.Coupling;
import decaylab.optim.DecayEntry;
import decaylab.optim.StepRule;
import decaylab.ui.buffer.UpdateLine.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpdateLineTest {
    private static final StepRule ADAM = new StepRule.Adam(0.9, 0.999, 1e-8);

    private static boolean enters(List<UpdateLine> lines, Part part) {
        return lines.stream().anyMatch(line -> line.part() == part && line.decayEnters());
    }

    /** What is marked is what the kernel's entry says. */
    @ParameterizedTest
    @EnumSource(DecayEntry.class)
    void decayIsMarkedWhereItEntersAdam(DecayEntry entry) {
        List<UpdateLine> lines = UpdateLine.of(ADAM, entry, Coupling.LEARNING_RATE);
        assertThat(enters(lines, Part.FIRST)).isEqualTo(entry.intoM());
        assertThat(enters(lines, Part.SECOND)).isEqualTo(entry.intoV());
        assertThat(enters(lines, Part.DIVISION)).isEqualTo(entry.beforeDivision() || entry.twin());
        assertThat(enters(lines, Part.STEP)).isEqualTo(entry.atStep());
        assertThat(enters(lines, Part.TWIN_SECOND)).isEqualTo(entry.twin());
        assertThat(lines.get(0).part()).isEqualTo(Part.GRADIENT);
        assertThat(lines.get(lines.size() - 1).part()).isEqualTo(Part.STEP);
        assertThat(lines.stream().anyMatch(line -> line.part() == Part.PENALTY)).isEqualTo(entry != DecayEntry.NONE);
    }

    @Test
    void momentumIsShownAsItIsDone() {
        List<UpdateLine> heavyBall =
                UpdateLine.of(new StepRule.Momentum(0.9, false), DecayEntry.L2, Coupling.LEARNING_RATE);
        assertThat(enters(heavyBall, Part.MOMENTUM)).isTrue();
        assertThat(enters(heavyBall, Part.STEP)).isFalse();
        List<UpdateLine> nesterov =
                UpdateLine.of(new StepRule.Momentum(0.9, true), DecayEntry.L2, Coupling.LEARNING_RATE);
        assertThat(enters(nesterov, Part.STEP)).isTrue(); // the present gradient is in the step itself too
        List<UpdateLine> plain = UpdateLine.of(new StepRule.Momentum(0, false), DecayEntry.L2, Coupling.LEARNING_RATE);
        assertThat(plain).hasSize(3);
        List<UpdateLine> sgdW = UpdateLine.of(new StepRule.Momentum(0.9, false), DecayEntry.DECOUPLED, Coupling.NONE);
        assertThat(sgdW.get(sgdW.size() - 1).plain()).endsWith("\u2212 l");
    }
}
