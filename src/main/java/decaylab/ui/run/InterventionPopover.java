package decaylab.ui.run;

import atlantafx.base.controls.Popover;
import atlantafx.base.theme.Styles;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import decaylab.train.Intervention;
import decaylab.ui.base.Popovers;
import decaylab.ui.base.Texts;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** What can be done with an intervention: another step, another value, or none at all. */
final class InterventionPopover {
    private static final double FIELD_WIDTH = 110;

    private final TimelineModel model;
    private final Texts texts;

    InterventionPopover(TimelineModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
    }

    /** Opens beside a node; Escape or a click elsewhere closes. */
    void show(Node owner, Intervention intervention) {
        Label title = new Label(model.nameOf(intervention));
        title.getStyleClass().add(Styles.TEXT_BOLD);
        TextField step = new TextField(Long.toString(intervention.step()));
        step.setId("interventionStep");
        step.setPrefWidth(FIELD_WIDTH);
        Supplier<String> value;
        Control valueField;
        if (intervention.what().equals("decay")) {
            ComboBox<String> positions = new ComboBox<>();
            positions
                    .getItems()
                    .setAll(Arrays.stream(Gate.values())
                            .map(gate -> gate.name().toLowerCase(Locale.ROOT))
                            .toList());
            positions.setValue(intervention.to());
            value = positions::getValue;
            valueField = positions;
        } else {
            TextField number = new TextField(intervention.to());
            value = number::getText;
            valueField = number;
        }
        valueField.setId("interventionValue");
        valueField.setPrefWidth(FIELD_WIDTH);
        GridPane fields = new GridPane(8, 8);
        fields.addRow(0, labelled("timeline.step", step), step);
        fields.addRow(1, labelled("timeline.value", valueField), valueField);
        Label problem = new Label();
        problem.setId("interventionProblem");
        problem.getStyleClass().add("field-error");
        problem.setWrapText(true);
        problem.setManaged(false);
        problem.setMaxWidth(280);
        Button apply = new Button(texts.of("timeline.apply"));
        apply.setId("interventionApply");
        apply.setDefaultButton(true);
        apply.getStyleClass().add(Styles.ACCENT);
        Button takeBack = new Button(texts.of("timeline.takeBack"));
        takeBack.setId("interventionTakeBack");
        HBox buttons = new HBox(8, apply, takeBack);
        buttons.setAlignment(Pos.CENTER_LEFT);
        VBox content = new VBox(10, title, fields, problem, buttons);
        content.getStyleClass().add("definition-content");

        Popover popover = Popovers.of(content);
        popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_CENTER);
        apply.setOnAction(
                event -> close(popover, problem, () -> model.edit(intervention, step.getText(), value.get())));
        takeBack.setOnAction(event -> close(popover, problem, () -> model.takeBack(intervention)));
        popover.show(owner);
    }

    private Label labelled(String key, Node field) {
        Label label = new Label(texts.of(key));
        label.setLabelFor(field);
        return label;
    }

    private static void close(Popover popover, Label problem, Runnable action) {
        try {
            action.run();
            popover.hide();
        } catch (BadInputException e) {
            problem.setText(e.getMessage());
            problem.setManaged(true);
            problem.setVisible(true);
        }
    }
}
