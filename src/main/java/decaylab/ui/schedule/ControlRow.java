package decaylab.ui.schedule;

import decaylab.experiment.ControlQuantity;
import decaylab.experiment.ControlSpec;
import decaylab.experiment.DecaySpec;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import decaylab.train.ControlVerdict;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The automatic schedule: what is to be held, at what, with how much lambda at most, and how that goes. */
final class ControlRow extends VBox {
    private final ScheduleModel model;
    private final Texts texts;
    private final ComboBox<ControlQuantity> quantity = new ComboBox<>();
    private final TextField target = field("controlTarget");
    private final TextField max = field("controlMax");
    private final Button start = new Button();
    private final Label verdict = new Label();
    private String problem = "";

    ControlRow(ScheduleModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        getStyleClass().add("control-row");
        quantity.getItems().setAll(ControlQuantity.values());
        quantity.setId("controlQuantity");
        quantity.valueProperty().bindBidirectional(model.quantity());
        Icons.describe(quantity, texts.of("schedules.hold.quantityTip"));
        Icons.describe(target, texts.of("schedules.hold.targetTip"));
        Icons.describe(max, texts.of("schedules.hold.maxTip"));
        max.setText("0.1");
        target.setOnAction(event -> attempt(() -> model.setTarget(target.getText())));
        target.focusedProperty().addListener((observable, before, focused) -> {
            if (!focused && !target.getText().equals(targetText())) {
                attempt(() -> model.setTarget(target.getText()));
            }
        });
        start.setId("controlStart");
        start.setMinWidth(Region.USE_PREF_SIZE);
        start.setOnAction(event -> attempt(this::startOrStop));
        verdict.setId("controlVerdict");
        verdict.getStyleClass().add("group-note");
        verdict.setMinWidth(0);
        Label title = new Label(texts.of("schedules.hold"));
        title.getStyleClass().add("group-title");
        HBox line =
                new HBox(title, quantity, label("schedules.hold.at"), target, label("schedules.hold.max"), max, start);
        line.getStyleClass().add("control-line");
        HBox.setHgrow(verdict, Priority.ALWAYS);
        verdict.setWrapText(true);
        verdict.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().setAll(line, verdict);
        model.subject().addListener((observable, before, now) -> another(before, now));
        model.drawing().addListener((observable, before, now) -> showTarget());
        showTarget();
        another(null, model.subject().get());
    }

    private static TextField field(String id) {
        TextField field = new TextField();
        field.setId(id);
        field.getStyleClass().add("small-number");
        return field;
    }

    private Label label(String key) {
        Label label = new Label(texts.of(key));
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private void another(@Nullable Subject before, @Nullable Subject now) {
        setDisable(now == null);
        ControlSpec control = control(now);
        if (now != null && control != null && !control.equals(control(before))) {
            max.setText(Numbers.exact(control.max()));
        }
        start.setText(texts.of(control == null ? "schedules.hold.start" : "schedules.hold.stop"));
        pulse();
    }

    private static @Nullable ControlSpec control(@Nullable Subject subject) {
        return subject == null ? null : subject.inForce().decay().control();
    }

    private String targetText() {
        Curve drawn = model.drawing().get().target();
        return drawn.isLevel() ? Numbers.exact(drawn.knots().get(0).value()) : texts.of("schedules.hold.drawn");
    }

    private void showTarget() {
        target.setText(targetText());
    }

    private void startOrStop() {
        if (control(model.subject().get()) == null) {
            model.hold(max.getText());
        } else {
            model.letGo();
        }
    }

    private void attempt(Runnable action) {
        try {
            problem = "";
            action.run();
        } catch (BadInputException e) {
            problem = String.valueOf(e.getMessage());
        }
        pulse();
    }

    /** Says how it goes. */
    void pulse() {
        String sentence = problem.isEmpty() ? sentence(model.subject().get()) : problem;
        if (!verdict.getText().equals(sentence)) {
            verdict.setText(sentence);
        }
    }

    private String sentence(@Nullable Subject subject) {
        ControlSpec control = control(subject);
        if (subject == null || control == null) {
            return texts.of("schedules.hold.what");
        }
        DecaySpec decay = subject.inForce().decay();
        if (decay.gate() != Gate.AUTO) {
            return texts.of("schedules.hold.gate");
        }
        return subject.log() == null
                ? texts.of("schedules.hold.later")
                : ControlVerdict.of(
                                control,
                                subject.log(),
                                ControlVerdict.since(subject.interventions()),
                                subject.horizon())
                        .sentence();
    }
}
