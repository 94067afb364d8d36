package decaylab.ui.journal;

import decaylab.instrument.Quantity;
import decaylab.journal.ClassChart;
import decaylab.journal.Curve;
import decaylab.journal.Journal;
import decaylab.journal.JournalPage;
import decaylab.journal.JournalPrediction;
import decaylab.journal.JournalRun;
import decaylab.lesson.Lesson;
import decaylab.lesson.LessonStep;
import decaylab.lesson.Question;
import decaylab.store.Fingerprint;
import decaylab.store.LabFolder;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.base.WordRuns;
import decaylab.ui.chart.ChartRun;
import decaylab.ui.explain.Explanation;
import decaylab.ui.predict.PredictedCurve;
import decaylab.ui.predict.PredictionOutcome;
import decaylab.ui.predict.PredictionScore;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The journal of this session. It follows the runs, is told of predictions and explanations, and is written to the lab's folder
 * as it goes, so that it is there whatever ends the window.
 */
public final class JournalModel {
    /** Between two writings. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final String FOLDER = "journals";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter IN_NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

    private final LabSession session;
    private final BackgroundTasks tasks;
    private final FileDialogs files;
    private final Notices notices;
    private final Texts texts;
    private final Path kept;
    private final String begun;
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final StringProperty author = new SimpleStringProperty("");
    private final StringProperty notes = new SimpleStringProperty("");
    private final ObservableList<Line> lines = FXCollections.observableArrayList();
    private final Map<String, Seen> runs = new LinkedHashMap<>();
    private final List<JournalPrediction> predictions = new ArrayList<>();
    private final List<Journal.Explained> explanations = new ArrayList<>();
    private final Map<String, Journal.LessonDone> lessons = new LinkedHashMap<>();
    private final String id;
    private @Nullable Journal written;
    private long lastLook;
    private boolean failureTold;

    /** A run as it was seen last, and by what it is told whether there is more. */
    private record Seen(Object mark, JournalRun run) {}

    /** What a line of the journal is about. */
    public enum About {
        LESSON,
        RUN,
        PREDICTION,
        EXPLANATION
    }

    /**
     * A line of the journal on screen.
     *
     * @param title in bold
     * @param words under it
     */
    public record Line(About about, String title, String words) {}

    /**
     * @param lab journals are kept in a folder there
     * @param tasks reads and writes files
     * @param clock the time of day
     */
    public JournalModel(
            LabSession session,
            LabFolder lab,
            BackgroundTasks tasks,
            FileDialogs files,
            Notices notices,
            Texts texts,
            Clock clock) {
        this.session = session;
        this.tasks = tasks;
        this.files = files;
        this.notices = notices;
        this.texts = texts;
        LocalDateTime now = LocalDateTime.now(clock);
        begun = DAY.format(now);
        id = now + "-"
                + ProcessHandle.current().pid(); // to the part of a second: a class that starts together is told apart
        kept = lab.root().resolve(FOLDER).resolve("journal-" + IN_NAME.format(now) + ".html");
        open.addListener((observable, before, opened) -> {
            if (opened) {
                look();
            }
        });
    }

    /** Whether it is on screen. */
    public BooleanProperty open() {
        return open;
    }

    /** The student's name. */
    public StringProperty author() {
        return author;
    }

    /** The student's own words. */
    public StringProperty notes() {
        return notes;
    }

    /** What is in it: runs, predictions, explanations. */
    public ObservableList<Line> lines() {
        return lines;
    }

    /** Where it is written as it goes. */
    public Path kept() {
        return kept;
    }

    /** Takes a prediction in. */
    public void predicted(PredictionOutcome outcome) {
        List<PredictedCurve.Point> drawn = outcome.curve().points();
        List<PredictionScore.Measured> measured = outcome.measured();
        predictions.add(new JournalPrediction(
                outcome.run().name(),
                WordRuns.outside(outcome.quantity()),
                outcome.curve().logarithmic(),
                Curve.thinned(
                        drawn.stream().map(point -> Math.round(point.step())).toList(),
                        drawn.stream().map(PredictedCurve.Point::value).toList()),
                Curve.thinned(
                        measured.stream().map(PredictionScore.Measured::step).toList(),
                        measured.stream().map(PredictionScore.Measured::value).toList()),
                outcome.score().map(PredictionScore::points).orElse(null),
                WordRuns.outside(outcome.sentence())));
    }

    /** Takes an explanation in. */
    public void explained(ChartRun run, Explanation explanation) {
        Journal.Explained made =
                new Journal.Explained(run.name(), run.log().rows(), WordRuns.outside(explanation.text()));
        if (!explanations.contains(made)) {
            explanations.add(made);
        }
    }

    /**
     * Takes in how far somebody is in a lesson, and what was answered.
     *
     * @param step the step that is shown, from 0
     * @param choice the answer to its question, from 0; negative for none
     */
    public void taught(Lesson lesson, int step, int choice) {
        Journal.LessonDone before = lessons.get(lesson.name());
        int reached = Math.max(step + 1, before == null ? 0 : before.reached());
        List<Journal.Answer> answers = new ArrayList<>(before == null ? List.of() : before.answers());
        LessonStep at = lesson.steps().get(step);
        Question question = at.question();
        if (question != null && choice >= 0) {
            Journal.Answer answer =
                    new Journal.Answer(at.title(), question.choices().get(choice), choice == question.right());
            if (answers.isEmpty() || !answers.get(answers.size() - 1).equals(answer)) {
                answers.add(answer);
            }
        }
        lessons.put(
                lesson.name(),
                new Journal.LessonDone(
                        lesson.name(), lesson.title(), reached, lesson.steps().size(), answers));
    }

    /**
     * Writes it every few seconds where there is something new.
     *
     * @param now nanoseconds
     */
    public void pulse(long now) {
        if (now - lastLook >= PAUSE_NANOS) {
            lastLook = now;
            keep();
        }
    }

    /** Writes it where there is something new; at the end of a session too. */
    public void keep() {
        Journal now = look();
        if (now.isEmpty() || now.equals(written)) {
            return;
        }
        written = now;
        tasks.run(
                () -> {
                    new JournalPage().write(now, kept);
                    return kept;
                },
                done -> {},
                sentence -> {
                    if (!failureTold) { // once, not every few seconds
                        failureTold = true;
                        notices.warn(sentence);
                    }
                });
    }

    /** The journal as it is now. */
    public Journal look() {
        for (RunEntry run : session.runs()) {
            Object mark = List.of(
                    run.name(),
                    run.log().rows(),
                    run.state(),
                    run.interventions().size());
            Seen seen = runs.get(run.id());
            if (run.log().rows() > 0 && (seen == null || !seen.mark().equals(mark))) {
                runs.put(
                        run.id(),
                        new Seen(
                                mark,
                                JournalRun.of(
                                        run.name(), run.experiment(), run.log(), run.interventions(), run.state())));
            }
        }
        Journal now = new Journal(
                id,
                texts.tag(),
                author.get().strip(),
                begun,
                Fingerprint.labVersion(),
                runs.values().stream().map(Seen::run).toList(),
                predictions,
                explanations,
                lessons.values().stream().toList(),
                notes.get());
        List<Line> shown = shown(now);
        if (!shown.equals(lines)) {
            lines.setAll(shown);
        }
        return now;
    }

    private List<Line> shown(Journal journal) {
        List<Line> shown = new ArrayList<>();
        for (Journal.LessonDone lesson : journal.lessons()) {
            shown.add(new Line(
                    About.LESSON,
                    texts.of(
                            "journal.lesson",
                            lesson.title(),
                            Integer.toString(lesson.reached()),
                            Integer.toString(lesson.steps())),
                    lesson.answers().stream()
                            .map(answer -> texts.of(
                                    answer.right() ? "journal.right" : "journal.wrong",
                                    answer.question(),
                                    answer.chosen()))
                            .collect(Collectors.joining("\n"))));
        }
        for (JournalRun run : journal.runs()) {
            shown.add(new Line(
                    About.RUN,
                    texts.of("journal.run", run.name(), Numbers.count(run.steps())),
                    texts.of(
                            "journal.runEnd",
                            run.tried(),
                            Numbers.rounded(run.last(Quantity.NORM), 3),
                            accuracy(run.last(Quantity.TEST_ACCURACY)))));
        }
        for (JournalPrediction prediction : journal.predictions()) {
            shown.add(new Line(
                    About.PREDICTION,
                    texts.of("journal.prediction", WordRuns.inside(prediction.quantity()), prediction.run()),
                    WordRuns.inside(prediction.sentence())));
        }
        for (Journal.Explained explained : journal.explanations()) {
            shown.add(new Line(
                    About.EXPLANATION,
                    texts.of("journal.explained", explained.run(), Numbers.count(explained.step())),
                    WordRuns.inside(explained.text())));
        }
        return shown;
    }

    private static String accuracy(double value) {
        return Double.isNaN(value) ? "\u2013" : Numbers.rounded(value, 3);
    }

    /** Asks where, and saves it as a page to hand in. */
    public void save() {
        Journal now = look();
        if (now.isEmpty()) {
            notices.warn(texts.of("journal.empty"));
            return;
        }
        String name = now.author().isEmpty() ? "" : "-" + LabFolder.folderName(now.author());
        files.save(FileDialogs.Kind.JOURNAL, texts.of("journal.save"), "journal" + name + ".html")
                .ifPresent(file -> tasks.run(
                        () -> {
                            new JournalPage().write(now, file);
                            return file;
                        },
                        done -> notices.tell(texts.of("designer.saved", String.valueOf(done.getFileName()))),
                        notices::warn));
    }

    /** Asks for a folder of journals, and where their class chart is to go. */
    public void drawClass() {
        files.folder(texts.of("journal.classFolder"))
                .flatMap(folder -> files.save(FileDialogs.Kind.IMAGE, texts.of("journal.classSave"), "class.png")
                        .map(file -> Map.entry(folder, file)))
                .ifPresent(chosen -> tasks.run(
                        () -> {
                            ClassChart chart = ClassChart.ofFolder(chosen.getKey());
                            chart.write(chosen.getValue());
                            return chart;
                        },
                        chart -> notices.tell(texts.of(
                                "journal.classDone",
                                Integer.toString(chart.size()),
                                String.valueOf(chosen.getValue().getFileName()))),
                        notices::warn));
    }
}
