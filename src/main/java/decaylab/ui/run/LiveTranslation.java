package decaylab.ui.run;

import decaylab.data.DataSet;
import decaylab.experiment.NetworkKind;
import decaylab.train.Checkpoint;
import decaylab.train.DataSource;
import decaylab.train.LiveRun;
import decaylab.train.RunState;
import decaylab.train.Snapshot;
import decaylab.train.Translation;
import decaylab.train.Translator;
import decaylab.ui.base.BackgroundTasks;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the current run makes of a word as it trains, where it translates. The training thread only copies its parameters; the
 * translation is made on a worker, one at a time, when the word or the step is another than the last. A run that is over is asked by
 * its last checkpoint.
 */
public final class LiveTranslation {
    private static final String FIRST = "siebenundzwanzig";
    private static final long LEAST_NANOS = 400_000_000L;

    private final LabSession session;
    private final DataSource data;
    private final BackgroundTasks worker;
    private final StringProperty word = new SimpleStringProperty(FIRST);
    private final ReadOnlyBooleanWrapper meaningful = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Answer> answer = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private boolean busy;
    private long lastAsked;
    private @Nullable Question asked;

    // Of the worker alone.
    private @Nullable Translator translator;
    private @Nullable RunEntry translated;

    /**
     * A translation.
     *
     * @param step how many steps were done
     * @param translation what was made of the word then
     */
    public record Answer(long step, Translation translation) {}

    private record Question(RunEntry entry, long rows, boolean ended, String word) {}

    /**
     * @param data where the data of a run comes from that was opened from its folder
     * @param worker one thread, where translations are made
     */
    public LiveTranslation(LabSession session, DataSource data, BackgroundTasks worker) {
        this.session = session;
        this.data = data;
        this.worker = worker;
    }

    /** Whether the current run translates. */
    public ReadOnlyBooleanProperty meaningful() {
        return meaningful.getReadOnlyProperty();
    }

    /** The word to be translated. */
    public StringProperty word() {
        return word;
    }

    /** The latest translation of the current run; null until there is one, and where the word cannot be translated. */
    public ReadOnlyObjectProperty<@Nullable Answer> answer() {
        return answer.getReadOnlyProperty();
    }

    /** The sentence about a word that cannot be translated; empty where it can. */
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /**
     * Asks for another translation where one is due.
     *
     * @param now nanoseconds
     */
    public void pulse(long now) {
        RunEntry entry = session.current().get();
        boolean fits = entry != null && entry.experiment().network().kind() == NetworkKind.ENCODER_DECODER;
        Question last = asked;
        if (last != null && last.entry != entry) {
            asked = null;
            answer.set(null);
            problem.set("");
        }
        meaningful.set(fits);
        if (entry == null || !fits || busy) {
            return;
        }
        RunState state = entry.live().map(run -> run.status().state()).orElse(null);
        boolean ended = state == null || state.ended();
        Question question =
                new Question(entry, entry.log().rows(), ended, word.get().strip());
        boolean sameWord = last != null && last.word.equals(question.word);
        if (state == RunState.PREPARING || question.equals(asked) || sameWord && now - lastAsked < LEAST_NANOS) {
            return;
        }
        busy = true;
        asked = question;
        lastAsked = now;
        worker.run(
                () -> translate(question),
                found -> taken(question, found.orElse(null), ""),
                sentence -> taken(question, null, sentence));
    }

    private void taken(Question question, @Nullable Answer found, String sentence) {
        busy = false;
        if (session.current().get() == question.entry) {
            problem.set(sentence);
            if (found != null || !sentence.isEmpty()) {
                answer.set(found);
            }
        }
    }

    private Optional<Answer> translate(Question question) throws InterruptedException {
        RunEntry entry = question.entry;
        Translator made = translator;
        if (made == null || translated != entry) {
            if (made != null) {
                made.close();
            }
            translator = null;
            DataSet known = entry.live().flatMap(LiveRun::data).orElseGet(() -> data.load(entry.experiment()));
            made = new Translator(entry.experiment(), known);
            translator = made;
            translated = entry;
        }
        LiveRun live = entry.live().orElse(null);
        if (live != null && !question.ended) {
            try {
                Snapshot now = live.snapshot().get();
                return Optional.of(new Answer(now.step(), made.translate(now.parameters(), question.word)));
            } catch (ExecutionException e) {
                // It ended meanwhile.
            }
        }
        Checkpoint newest = entry.pastUntil(entry.log().rows(), damaged -> {}).checkpoint();
        return newest == null
                ? Optional.empty()
                : Optional.of(new Answer(newest.step(), made.translate(newest.parameters(), question.word)));
    }
}
