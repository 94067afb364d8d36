package decaylab.ui.schedule;

import atlantafx.base.controls.Popover;
import atlantafx.base.theme.Styles;
import decaylab.experiment.DecaySpec;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Popovers;
import decaylab.ui.base.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

/** Binds the tracks of the editor and the tools around them. */
public final class SchedulesController {
    private static final double FIELD_WIDTH = 96;

    private final ScheduleModel model;
    private final Texts texts;
    private final List<TrackPane> panes = new ArrayList<>();
    private long pointed = -1;

    @FXML
    private VBox root;

    @FXML
    private Button undo;

    @FXML
    private Button redo;

    @FXML
    private Button addKnot;

    @FXML
    private Button removeKnot;

    @FXML
    private MenuButton segments;

    @FXML
    private MenuButton shapes;

    @FXML
    private MenuButton copy;

    @FXML
    private ToggleButton snap;

    @FXML
    private ToggleButton log;

    @FXML
    private Button revert;

    @FXML
    private Button apply;

    @FXML
    private VBox tracks;

    @FXML
    private TextField knotStep;

    @FXML
    private TextField knotValue;

    @FXML
    private Label knotStepLabel;

    @FXML
    private Label knotValueLabel;

    @FXML
    private Label readout;

    @FXML
    private Label about;

    @FXML
    private VBox rows;

    public SchedulesController(ScheduleModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        makeTracks();
        tool(undo, Material2MZ.UNDO, "schedules.undo", model::undo);
        undo.disableProperty().bind(model.undoable().not());
        tool(redo, Material2MZ.REDO, "schedules.redo", model::redo);
        redo.disableProperty().bind(model.redoable().not());
        tool(addKnot, Material2AL.ADD, "schedules.addKnot", model::addKnot);
        tool(removeKnot, Material2MZ.REMOVE, "schedules.removeKnot", model::removeKnot);
        removeKnot.disableProperty().bind(model.selected().lessThan(0));
        fillSegments();
        fillShapes();
        fillCopy();
        toggle(snap, "schedules.snap");
        snap.selectedProperty().bindBidirectional(model.snapping());
        toggle(log, "schedules.log");
        model.active().addListener((observable, before, now) -> {
            log.selectedProperty().unbindBidirectional(model.logarithmic(before));
            log.selectedProperty().bindBidirectional(model.logarithmic(now));
            fillCopy();
        });
        log.selectedProperty()
                .bindBidirectional(model.logarithmic(model.active().get()));
        revert.setOnAction(event -> model.revert());
        revert.disableProperty().bind(model.changed().not());
        Icons.describe(revert, texts.of("schedules.revertTip"));
        apply.setOnAction(event -> model.apply());
        apply.disableProperty().bind(model.changed().not());
        Icons.describe(apply, texts.of("schedules.applyTip"));
        bindKnot();
        about.setMinHeight(Region.USE_PREF_SIZE);
        ControlRow control = new ControlRow(model, texts);
        rows.getChildren().setAll(new MaskRow(model, texts), control);
        model.now().addListener((observable, before, now) -> {
            control.pulse();
            showReadout();
        });
        model.drawing().addListener((observable, before, now) -> showReadout());
        model.subject().addListener((observable, before, now) -> {
            showAbout();
            showReadout();
        });
        model.changed().addListener((observable, before, now) -> showAbout());
        showAbout();
        showReadout();
        root.disableProperty().bind(Bindings.isNull(model.subject()));
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::typed);
    }

    private void makeTracks() {
        for (Track track : Track.values()) {
            TrackPane pane = new TrackPane(track, model, texts, this::point, track == Track.TARGET);
            VBox.setVgrow(pane, Priority.ALWAYS);
            panes.add(pane);
        }
        tracks.getChildren().setAll(panes);
    }

    private void point(long step) {
        pointed = step;
        panes.forEach(pane -> pane.showPointer(step));
        showReadout();
    }

    private void tool(Button button, Ikon icon, String key, Runnable action) {
        Icons.only(button, icon, texts.of(key));
        button.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON, "small-icon");
        button.setOnAction(event -> action.run());
    }

    private void toggle(ToggleButton button, String key) {
        button.setText(texts.of(key));
        Icons.describe(button, texts.of(key + "Tip"));
        button.getStyleClass().add("chart-button");
    }

    private void fillSegments() {
        segments.setText(texts.of("schedules.segments"));
        Icons.describe(segments, texts.of("schedules.segmentsTip"));
        for (Segment segment : Segment.values()) {
            segments.getItems().add(item(segment.key(), () -> askSegment(segment)));
        }
    }

    private void fillShapes() {
        shapes.setText(texts.of("schedules.shapes"));
        Icons.describe(shapes, texts.of("schedules.shapesTip"));
        for (Shape shape : Shape.values()) {
            MenuItem item = item(shape.key(), () -> {
                if (shape == Shape.WINDOW) {
                    askWindow();
                } else {
                    model.shape(shape, 0, 0);
                }
            });
            if (shape.followsRate()) {
                item.disableProperty().bind(model.active().isEqualTo(Track.RATE));
            }
            shapes.getItems().add(item);
        }
    }

    private void fillCopy() {
        copy.setText(texts.of("schedules.copy"));
        Icons.describe(copy, texts.of("schedules.copyTip"));
        copy.getItems()
                .setAll(
                        item("schedules.copy.toRate", () -> copy(Track.DECAY, Track.RATE)),
                        item("schedules.copy.toDecay", () -> copy(Track.RATE, Track.DECAY)));
    }

    private void copy(Track from, Track to) {
        model.active().set(to);
        model.copyFrom(from);
    }

    private MenuItem item(String key, Runnable action) {
        MenuItem item = new MenuItem(texts.of(key));
        item.setMnemonicParsing(false);
        item.setOnAction(event -> action.run());
        return item;
    }

    private void askSegment(Segment segment) {
        long from = Math.max(model.now().get(), model.selected().get());
        long to = model.curve().knots().stream()
                .mapToLong(Knot::step)
                .filter(step -> step > from)
                .min()
                .orElse(model.last());
        TextField first = field("segmentFrom", Long.toString(from));
        TextField firstValue =
                field("segmentFromValue", Numbers.rounded(model.curve().value(from), 3));
        TextField last = field("segmentTo", Long.toString(to));
        TextField lastValue =
                field("segmentToValue", Numbers.rounded(model.curve().value(to), 3));
        GridPane fields = new GridPane(8, 8);
        fields.addRow(0, named("schedules.fromStep", first), first, named("schedules.value", firstValue), firstValue);
        fields.addRow(1, named("schedules.toStep", last), last, named("schedules.value", lastValue), lastValue);
        ask(
                segments,
                texts.of(segment.key()),
                fields,
                () -> model.segment(
                        segment, first.getText(), firstValue.getText(), last.getText(), lastValue.getText()));
    }

    private void askWindow() {
        TextField from = field("windowFrom", Long.toString(model.now().get()));
        TextField width = field("windowWidth", Long.toString(Math.max(1, model.last() / 4)));
        GridPane fields = new GridPane(8, 8);
        fields.addRow(0, named("schedules.windowFrom", from), from);
        fields.addRow(1, named("schedules.windowWidth", width), width);
        ask(shapes, texts.of(Shape.WINDOW.key()), fields, () -> {
            try {
                long steps = Long.parseLong(width.getText().strip());
                long begin = Long.parseLong(from.getText().strip());
                if (begin >= 0 && steps > 0) {
                    model.shape(Shape.WINDOW, begin, steps);
                    return;
                }
            } catch (NumberFormatException e) {
                throw new BadInputException(texts.of("schedules.windowProblem"), e);
            }
            throw new BadInputException(texts.of("schedules.windowProblem"));
        });
    }

    private TextField field(String id, String text) {
        TextField field = new TextField(text);
        field.setId(id);
        field.setPrefWidth(FIELD_WIDTH);
        return field;
    }

    private Label named(String key, Node field) {
        Label label = new Label(texts.of(key));
        label.setLabelFor(field);
        return label;
    }

    private void ask(Node owner, String heading, GridPane fields, Runnable action) {
        Label title = new Label(heading.replace("...", ""));
        title.getStyleClass().add(Styles.TEXT_BOLD);
        Label problem = new Label();
        problem.setId("askProblem");
        problem.getStyleClass().add("field-error");
        problem.setWrapText(true);
        problem.setMaxWidth(320);
        problem.setManaged(false);
        Button draw = new Button(texts.of("schedules.draw"));
        draw.setId("askDraw");
        draw.setDefaultButton(true);
        draw.getStyleClass().add(Styles.ACCENT);
        VBox content = new VBox(10, title, fields, problem, draw);
        content.setAlignment(Pos.TOP_LEFT);
        content.getStyleClass().add("definition-content");
        Popover popover = Popovers.of(content);
        popover.setArrowLocation(Popover.ArrowLocation.TOP_CENTER);
        draw.setOnAction(event -> {
            try {
                action.run();
                popover.hide();
            } catch (BadInputException e) {
                problem.setText(e.getMessage());
                problem.setManaged(true);
            }
        });
        popover.show(owner);
    }

    private void bindKnot() {
        knotStepLabel.setLabelFor(knotStep);
        knotValueLabel.setLabelFor(knotValue);
        for (Region fixed : List.of(knotStepLabel, knotValueLabel)) {
            fixed.setMinWidth(Region.USE_PREF_SIZE);
        }
        Icons.describe(knotStep, texts.of("schedules.knotTip"));
        Icons.describe(knotValue, texts.of("schedules.knotTip"));
        knotStep.setOnAction(event -> setKnot());
        knotValue.setOnAction(event -> setKnot());
        model.selected().addListener((observable, before, now) -> showKnot());
        model.drawing().addListener((observable, before, now) -> showKnot());
        showKnot();
    }

    private void showKnot() {
        model.chosen().ifPresent(knot -> {
            knotStep.setText(Long.toString(knot.step()));
            knotValue.setText(Numbers.rounded(knot.value(), 6));
        });
    }

    private void setKnot() {
        try {
            model.setKnot(knotStep.getText(), knotValue.getText());
        } catch (BadInputException e) {
            readout.setText(e.getMessage());
        }
    }

    /** eta lambda, half-life and norm at the step under the pointer, at the chosen knot, or at the next step. */
    private void showReadout() {
        Subject subject = model.subject().get();
        if (subject == null) {
            readout.setText("");
            return;
        }
        long step = pointed >= 0
                ? pointed
                : Math.max(model.now().get(), model.selected().get());
        Readout at = Readout.at(
                step, subject, model.drawing().get(), model.forecast().get());
        readout.setText(at.text(texts));
    }

    private void showAbout() {
        Subject subject = model.subject().get();
        if (subject == null) {
            about.setText(texts.of("schedules.none"));
            return;
        }
        String words = subject.run() == null
                ? texts.of("schedules.aboutExperiment", subject.name())
                : texts.of("schedules.aboutRun", subject.name());
        DecaySpec decay = subject.inForce().decay();
        String but = decay.gate() != Gate.AUTO
                ? " " + texts.of("schedules.overruled")
                : decay.control() != null ? " " + texts.of("schedules.held") : "";
        about.setText(words + but);
    }

    private void typed(KeyEvent event) {
        boolean again = event.getCode() == KeyCode.Y || event.getCode() == KeyCode.Z && event.isShiftDown();
        if (event.isShortcutDown() && again) {
            model.redo();
            event.consume();
        } else if (event.isShortcutDown() && event.getCode() == KeyCode.Z) {
            model.undo(); // here, and not the run's last intervention
            event.consume();
        }
    }
}
