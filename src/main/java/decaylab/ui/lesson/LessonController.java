package decaylab.ui.lesson;

import atlantafx.base.theme.Styles;
import decaylab.lesson.Assignment;
import decaylab.lesson.Expectation;
import decaylab.lesson.Lesson;
import decaylab.lesson.LessonStep;
import decaylab.lesson.Question;
import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import decaylab.ui.base.WordRuns;
import java.util.ArrayList;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;

/** The pane of a lesson: the list to choose from, or the step with what is to be done. */
public final class LessonController {
    /** What stands left and right of the words of a row: paddings of the list and of the button. */
    private static final double ROW_SIDES = 52;

    private final LessonModel model;
    private final FileDialogs files;
    private final Texts texts;
    private final MarkdownView markdown = new MarkdownView();
    private final Runnable opened = this::focusFirst;

    @FXML
    private Label title;

    @FXML
    private Label place;

    @FXML
    private Button close;

    @FXML
    private ProgressBar progress;

    @FXML
    private ScrollPane scroll;

    @FXML
    private VBox content;

    @FXML
    private Label goal;

    @FXML
    private HBox foot;

    @FXML
    private Button previous;

    @FXML
    private Button next;

    /** @param files asks for a teacher's own lesson */
    public LessonController(LessonModel model, FileDialogs files, Texts texts) {
        this.model = model;
        this.files = files;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        Icons.only(close, Material2AL.CLOSE, texts.of("lesson.close"));
        close.setOnAction(event -> close());
        previous.setOnAction(event -> model.previous());
        next.setOnAction(event -> model.next());
        goal.textProperty().bind(model.goal());
        goal.managedProperty().bind(goal.textProperty().isNotEmpty());
        model.lesson().addListener((observable, before, now) -> show());
        model.step().addListener((observable, before, now) -> show());
        model.answer().addListener((observable, before, now) -> show());
        model.done().addListener((observable, before, now) -> mark());
        model.open().addListener((observable, before, now) -> show());
        content.sceneProperty().addListener((observable, before, now) -> {
            if (now != null) { // it was opened, and can be focused once it is laid out
                now.addPostLayoutPulseListener(opened);
            }
        });
        content.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        show();
    }

    /** A lesson gives way to the list, the list to what was there before. */
    private void close() {
        if (model.lesson().get() == null) {
            model.open().set(false);
        } else {
            model.leave();
        }
    }

    private void show() {
        Lesson lesson = model.lesson().get();
        boolean chosen = lesson != null;
        for (Node node : List.of(place, progress, foot)) {
            node.setVisible(chosen);
            node.setManaged(chosen);
        }
        if (lesson == null) {
            showList();
        } else {
            showStep(lesson);
        }
        scroll.setVvalue(0);
        mark();
    }

    /** Whoever opened the list by keyboard goes on in it. */
    private void focusFirst() {
        Scene scene = content.getScene();
        if (scene != null) {
            scene.removePostLayoutPulseListener(opened);
        }
        if (model.open().get() && model.lesson().get() == null) {
            focus(0);
        }
    }

    /** Up and down go through the list, Enter opens; the other arrows stay in it. */
    private void pressed(KeyEvent event) {
        int at = content.getChildren().indexOf(event.getTarget());
        if (model.lesson().get() != null || at < 0) {
            return;
        }
        switch (event.getCode()) {
            case UP -> focus(at - 1);
            case DOWN -> focus(at + 1);
            case LEFT, RIGHT -> {}
            case ENTER -> ((Button) content.getChildren().get(at)).fire();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void focus(int wanted) {
        if (wanted < 0 || wanted >= content.getChildren().size()) {
            return;
        }
        Node row = content.getChildren().get(wanted);
        row.requestFocus();
        double hidden = content.getHeight() - scroll.getViewportBounds().getHeight();
        if (hidden > 0) { // what has the focus is seen
            double top = row.getBoundsInParent().getMinY();
            double bottom = row.getBoundsInParent().getMaxY()
                    - scroll.getViewportBounds().getHeight();
            scroll.setVvalue(Math.max(bottom, Math.min(top, scroll.getVvalue() * hidden)) / hidden);
        }
    }

    private void showList() {
        title.setText(texts.of("lesson.choose"));
        List<Node> rows = new ArrayList<>();
        if (model.open().get()) { // the files are read when somebody looks
            for (Lesson each : model.choices()) {
                rows.add(row(each));
            }
            Button own = new Button(texts.of("lesson.openFile"));
            own.setId("lesson-file");
            own.getStyleClass().add("lesson-entry");
            own.setOnAction(event -> files.open(FileDialogs.Kind.LESSON, texts.of("lesson.openFile"))
                    .ifPresent(file -> model.open(Assignment.of(file.toString()))));
            rows.add(own);
        }
        content.getChildren().setAll(rows);
    }

    private Button row(Lesson lesson) {
        Label name = new Label(WordRuns.apart(lesson.title()));
        name.getStyleClass().add("lesson-name");
        name.setWrapText(true);
        Label minutes = new Label(texts.of("lesson.minutes", Integer.toString(lesson.minutes())));
        minutes.getStyleClass().add("lesson-minutes");
        Label summary = new Label(WordRuns.apart(lesson.summary()));
        summary.setWrapText(true);
        Button row = new Button();
        row.setId("lesson-" + lesson.name());
        VBox words = new VBox(name, minutes, summary) {
            @Override
            protected double computePrefHeight(double width) { // a button asks without a width
                return super.computePrefHeight(width < 0 ? getPrefWidth() : width);
            }
        };
        words.prefWidthProperty().bind(content.widthProperty().subtract(ROW_SIDES)); // lines break at a known width
        row.setGraphic(words);
        row.getStyleClass().addAll("lesson-row", "lesson-entry", Styles.FLAT);
        row.setMaxWidth(Double.MAX_VALUE);
        row.setAccessibleText(lesson.title() + ". " + minutes.getText() + ". " + lesson.summary());
        row.setOnAction(event -> model.open(new Assignment(lesson.name(), null, "")));
        return row;
    }

    private void showStep(Lesson lesson) {
        LessonStep step = lesson.steps().get(model.step().get());
        int number = model.step().get() + 1;
        boolean last = number == lesson.steps().size();
        title.setText(WordRuns.apart(lesson.title()));
        place.setText(texts.of(
                "lesson.place",
                Integer.toString(number),
                Integer.toString(lesson.steps().size())));
        progress.setProgress((double) number / lesson.steps().size());
        previous.setDisable(number == 1);
        next.setText(texts.of(last ? "lesson.finish" : "lesson.next"));
        List<Node> parts = new ArrayList<>();
        if (number == 1 && !lesson.introduction().isEmpty()) {
            parts.add(markdown.of(lesson.introduction()));
        }
        Label heading = new Label(WordRuns.apart(step.title()));
        heading.getStyleClass().add("lesson-heading");
        heading.setWrapText(true);
        parts.add(heading);
        parts.add(markdown.of(step.text()));
        addWork(step, parts);
        Question question = step.question();
        if (question != null) {
            addQuestion(question, parts);
        }
        if (last && !lesson.expectations().isEmpty()) {
            addExpectations(lesson, parts);
        }
        content.getChildren().setAll(parts);
    }

    private void addWork(LessonStep step, List<Node> parts) {
        if (step.prediction() != null) {
            parts.add(work("lesson-predict", "lesson.predict", () -> model.predict()));
        }
        if (!step.race().isEmpty()) {
            parts.add(work("lesson-race", "lesson.race", () -> model.race()));
        }
    }

    private Button work(String id, String key, Runnable action) {
        Button button = new Button(texts.of(key));
        button.setId(id);
        button.getStyleClass().add(Styles.ACCENT);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setOnAction(event -> action.run());
        return button;
    }

    private void addQuestion(Question question, List<Node> parts) {
        int chosen = model.answer().get();
        boolean answered = chosen != LessonModel.UNANSWERED;
        for (int i = 0; i < question.choices().size(); i++) {
            int choice = i;
            Button button = new Button(WordRuns.apart(question.choices().get(i)));
            button.setId("lesson-choice-" + (i + 1));
            button.setWrapText(true);
            button.setMaxWidth(Double.MAX_VALUE);
            button.getStyleClass().add("lesson-choice");
            if (answered && i == question.right()) {
                button.getStyleClass().add("right-choice");
                button.setGraphic(new FontIcon(Material2AL.CHECK));
            } else if (i == chosen) {
                button.getStyleClass().add("wrong-choice");
                button.setGraphic(new FontIcon(Material2AL.CLOSE));
            }
            button.setOnAction(event -> model.answer(choice));
            parts.add(button);
        }
        if (answered) {
            Label told = new Label(
                    texts.of(chosen == question.right() ? "lesson.right" : "lesson.wrong", question.because()));
            told.setId("lesson-because");
            told.getStyleClass().add("lesson-because");
            told.setWrapText(true);
            parts.add(told);
        }
    }

    private void addExpectations(Lesson lesson, List<Node> parts) {
        Label head = new Label(texts.of("lesson.expected"));
        head.getStyleClass().add("lesson-heading");
        head.setWrapText(true);
        parts.add(head);
        for (Expectation expectation : lesson.expectations()) {
            Label line = new Label(WordRuns.apart(expectation.says()));
            line.setWrapText(true);
            line.setGraphic(new FontIcon(Material2AL.CHECK));
            line.getStyleClass().add("lesson-expectation");
            parts.add(line);
        }
    }

    /** What is done makes the way on stand out; who wants to go on without may. */
    private void mark() {
        @Nullable LessonStep step = model.current();
        boolean done = step != null && model.done().get();
        next.getStyleClass().remove(Styles.ACCENT);
        goal.getStyleClass().remove("goal-done");
        if (done) {
            next.getStyleClass().add(Styles.ACCENT);
            goal.getStyleClass().add("goal-done");
        }
    }
}
