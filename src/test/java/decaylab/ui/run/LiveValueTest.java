package decaylab.ui.run;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.experiment.Change;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveValueTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<Change> sent = new ArrayList<>();
    private long now;
    private final LiveValue value = new LiveValue("lambda", new LogScale(-6, 0), sent::add, () -> now);

    @BeforeEach
    void start() {
        value.reset(0.005);
    }

    @Test
    void showsWhatIsInForce() {
        value.pulse(0.02);
        assertThat(value.text().get()).isEqualTo("0.02");
        assertThat(value.scale().value(value.position().get())).isEqualTo(0.02);
        assertThat(sent).isEmpty();
    }

    @Test
    void aDragIsOneChange() {
        value.hold(true);
        for (double position = -2; position > -4; position -= 0.1) {
            value.position().set(position);
            now += SECOND;
            value.pulse(0.005);
        }
        value.position().set(-4);
        assertThat(sent).isEmpty();
        value.hold(false);
        assertThat(sent).containsExactly(new Change.SetLambda(1e-4));
    }

    @Test
    void arrowKeysAreSentWhenTheyRest() {
        value.position().set(-2.5);
        value.position().set(-3);
        value.pulse(0.005);
        assertThat(sent).isEmpty();
        now += SECOND;
        value.pulse(0.005);
        assertThat(sent).containsExactly(new Change.SetLambda(1e-3));
    }

    @Test
    void doesNotJumpBackWhileAChangeIsOnItsWay() {
        value.position().set(-3);
        now += SECOND;
        value.pulse(0.005);
        value.pulse(0.005);
        assertThat(value.text().get()).isEqualTo("0.001");
        value.pulse(0.001);
        value.pulse(0.3);
        assertThat(value.text().get()).isEqualTo("0.3");
    }

    @Test
    void textIsTakenExactly() {
        value.text().set(" 1.23456789e-3 ");
        value.enter();
        assertThat(sent).containsExactly(new Change.SetLambda(1.23456789e-3));
        assertThat(value.error().get()).isEmpty();
    }

    @Test
    void textBeyondTheSliderIsTakenToo() {
        value.text().set("250");
        value.enter();
        assertThat(sent).containsExactly(new Change.SetLambda(250));
        assertThat(value.position().get()).isEqualTo(0);
    }

    @Test
    void textThatCannotBeUsedHasTheEnginesSentence() {
        value.text().set("-1");
        value.enter();
        assertThat(value.error().get()).isEqualTo("lambda=-1.0 cannot be used; it must be a number of at least 0.");
        assertThat(sent).isEmpty();
        value.revert();
        assertThat(value.text().get()).isEqualTo("0.005");
        assertThat(value.error().get()).isEmpty();
    }

    @Test
    void theSameTextAgainIsNoChange() {
        value.enter();
        assertThat(sent).isEmpty();
    }

    @Test
    void whatIsBeingTypedIsNotOverwritten() {
        value.text().set("0.0");
        value.pulse(0.005);
        assertThat(value.text().get()).isEqualTo("0.0");
    }
}
