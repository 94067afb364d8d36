package decaylab.ui.journal;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.data.DataCatalogue;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.journal.Journal;
import decaylab.journal.JournalPage;
import decaylab.lesson.Lesson;
import decaylab.lesson.Lessons;
import decaylab.store.LabFolder;
import decaylab.train.ExperimentData;
import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Texts;
import decaylab.ui.base.WorkerTasks;
import decaylab.ui.run.LabSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal's files, without a window. */
class JournalModelTest {
    private static final Clock MORNING = Clock.fixed(Instant.parse("2026-03-02T08:15:30Z"), ZoneOffset.UTC);
    private static final long LATER = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path folder;

    private final Texts texts = new Texts();
    private final List<String> told = new ArrayList<>();
    private final List<String> warned = new ArrayList<>();
    private final Notices notices = new Notices() {
        @Override
        public void offer(String sentence, String action, Runnable done) {}

        @Override
        public void tell(String sentence) {
            told.add(sentence);
        }

        @Override
        public void warn(String sentence) {
            warned.add(sentence);
        }

        @Override
        public void tellWithUndo(String sentence, Runnable undo) {}
    };
    private final LabSession session = new LabSession(new ExperimentData(new DataCatalogue()), notices, texts, 1);
    private Path saved;
    private JournalModel model;

    private final class Answers implements FileDialogs {
        @Override
        public Optional<Path> open(Kind kind, String title) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> save(Kind kind, String title, String name) {
            return Optional.of(saved);
        }

        @Override
        public Optional<Path> folder(String title) {
            return Optional.of(folder);
        }
    }

    @BeforeEach
    void make() {
        saved = folder.resolve("mine.html");
        model = model(folder.resolve("lab"));
    }

    @AfterEach
    void close() {
        session.close();
    }

    private JournalModel model(Path lab) {
        return new JournalModel(
                session,
                new LabFolder(lab),
                new WorkerTasks(Runnable::run, Runnable::run),
                new Answers(),
                notices,
                texts,
                MORNING);
    }

    @Test
    void aLessonIsTakenInWithItsAnswers() {
        Presets presets = new Presets(new ExperimentYaml());
        Lesson lesson = new Lessons(new ExperimentYaml(), presets).get("switch-it-off", "en");
        model.taught(lesson, 0, -1);
        model.taught(lesson, 4, 0);
        model.taught(lesson, 4, 2);
        model.taught(lesson, 3, -1); // back
        Journal.LessonDone done = model.look().lessons().get(0);
        assertThat(done.reached()).isEqualTo(5);
        assertThat(done.answers()).extracting(Journal.Answer::right).containsExactly(false, true);
        assertThat(model.lines().get(0).title()).isEqualTo("Lesson: Switch it off in the middle, step 5 of 7");
        assertThat(model.lines().get(0).words()).contains("(not right)\n").endsWith("(right)");
    }

    @Test
    void nothingIsWrittenBeforeThereIsSomething() {
        model.pulse(LATER);
        model.save();
        assertThat(model.kept()).doesNotExist();
        assertThat(saved).doesNotExist();
        assertThat(warned).containsExactly("The journal is empty; run, predict or write something first.");
    }

    @Test
    void whatIsTypedIsOnTheDiskWithinSeconds() {
        model.notes().set("I expect the norm to fall.");
        model.pulse(LATER);
        assertThat(model.kept()).hasFileName("journal-2026-03-02-081530.html");
        assertThat(new JournalPage().read(model.kept()).notes()).isEqualTo("I expect the norm to fall.");
        assertThat(new JournalPage().read(model.kept()).begun()).isEqualTo("2026-03-02 08:15");
        model.notes().set("It did.");
        model.pulse(LATER + 1); // too soon
        assertThat(new JournalPage().read(model.kept()).notes()).isEqualTo("I expect the norm to fall.");
        model.pulse(2 * LATER);
        assertThat(new JournalPage().read(model.kept()).notes()).isEqualTo("It did.");
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldOnce() throws IOException {
        JournalModel blocked = model(Files.writeString(folder.resolve("file"), "in the way"));
        blocked.notes().set("one");
        blocked.pulse(LATER);
        blocked.notes().set("two");
        blocked.pulse(2 * LATER);
        assertThat(warned).hasSize(1);
        assertThat(warned.get(0)).startsWith("The journal " + blocked.kept() + " cannot be written (");
    }

    @Test
    void aClassChartComesFromTheJournalsOfAFolder() throws IOException {
        model.notes().set("words alone");
        model.save();
        assertThat(told).containsExactly("mine.html was saved.");
        saved = folder.resolve("class.png");
        model.drawClass();
        assertThat(warned).hasSize(1);
        assertThat(warned.get(0)).contains("hold no run and no prediction");
        assertThat(saved).doesNotExist();
    }
}
