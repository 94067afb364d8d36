package decaylab.ui.presenter;

import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** What a presenter needs to know while the class looks at the charts. */
public final class PresenterModel {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final int DIGITS = 4;
    private static final List<Quantity> SHOWN =
            List.of(Quantity.NORM, Quantity.EFFECTIVE_LEARNING_RATE, Quantity.LOSS, Quantity.DECAY);

    private final LabSession session;
    private final Texts texts;
    private final Clock clock;
    private final ReadOnlyStringWrapper notes = new ReadOnlyStringWrapper();
    private final ReadOnlyStringWrapper time = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper elapsed = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<List<Figure>> figures = new ReadOnlyObjectWrapper<>(List.of());
    private Instant begun;

    /** A quantity's name and its value in words; empty where it has none. */
    public record Figure(String name, String value) {}

    /** @param notes of the lesson's step; empty for none */
    public PresenterModel(LabSession session, ReadOnlyStringProperty notes, Texts texts, Clock clock) {
        this.session = session;
        this.texts = texts;
        this.clock = clock;
        this.notes.bind(Bindings.when(notes.isEmpty())
                .then(texts.of("presenter.noNotes"))
                .otherwise(notes));
        begun = clock.instant();
    }

    /** What to say, or the sentence that there are no notes. */
    public ReadOnlyStringProperty notes() {
        return notes.getReadOnlyProperty();
    }

    /** The time of the day. */
    public ReadOnlyStringProperty time() {
        return time.getReadOnlyProperty();
    }

    /** How long it has gone on. */
    public ReadOnlyStringProperty elapsed() {
        return elapsed.getReadOnlyProperty();
    }

    /** The step of the current run, and what it logged there. */
    public ReadOnlyObjectProperty<List<Figure>> figures() {
        return figures.getReadOnlyProperty();
    }

    /** Lets the time begin anew. */
    public void begin() {
        begun = clock.instant();
        pulse();
    }

    /** Once a frame while it is on screen. */
    public void pulse() {
        time.set(LocalTime.now(clock).format(TIME));
        Duration passed = Duration.between(begun, clock.instant());
        elapsed.set(texts.of(
                "presenter.elapsed",
                String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        passed.toHours(),
                        passed.toMinutesPart(),
                        passed.toSecondsPart())));
        RunEntry run = session.current().get();
        long rows = run == null ? 0 : run.log().rows();
        List<Figure> now = new ArrayList<>();
        now.add(new Figure(texts.of("presenter.step"), rows == 0 ? "" : Numbers.count(rows - 1)));
        for (Quantity quantity : SHOWN) {
            double value =
                    run == null || rows == 0 ? SampleLog.EMPTY : run.log().value(quantity, rows - 1);
            now.add(new Figure(
                    texts.of(key(quantity)), SampleLog.isEmpty(value) ? "" : Numbers.rounded(value, DIGITS)));
        }
        figures.set(List.copyOf(now));
    }

    private static String key(Quantity quantity) {
        return switch (quantity) {
            case NORM -> "presenter.norm";
            case EFFECTIVE_LEARNING_RATE -> "presenter.elr";
            case LOSS -> "presenter.loss";
            default -> "presenter.decay";
        };
    }
}
