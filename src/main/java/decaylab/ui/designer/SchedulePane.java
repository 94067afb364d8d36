package decaylab.ui.designer;

import decaylab.experiment.Field;
import decaylab.schedule.Every;
import decaylab.ui.base.Texts;
import java.util.Arrays;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;

/** The parameters of a schedule's kind, and its factor over the run as a small curve. */
final class SchedulePane extends VBox {
    private final Field field;
    private final DesignerModel model;
    private final Texts texts;
    private final FieldTexts fieldTexts;
    private final VBox parameters = new VBox(4);
    private final Curve curve = new Curve();

    SchedulePane(Field field, DesignerModel model, Texts texts, FieldTexts fieldTexts) {
        this.field = field;
        this.model = model;
        this.texts = texts;
        this.fieldTexts = fieldTexts;
        getStyleClass().add("schedule");
        curve.setAccessibleText(texts.of("designer.curve"));
        getChildren().setAll(parameters, curve);
        model.text(field).addListener((observable, before, now) -> showKind());
        model.experiment().addListener((observable, before, now) -> curve.requestLayout());
        showKind();
    }

    private void showKind() {
        ScheduleKind kind = ScheduleKind.ofWord(model.text(field).get());
        parameters
                .getChildren()
                .setAll(kind.parameters().stream().map(this::row).toList());
        boolean flat = kind == ScheduleKind.CONSTANT;
        setVisible(!flat);
        setManaged(!flat);
    }

    private Node row(String parameter) {
        Label name = new Label(texts.of("designer.parameter." + parameter));
        name.getStyleClass().add("field-caption");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Control editor = editor(parameter);
        editor.setId("editor-" + field.path().replace('.', '-') + "-" + parameter);
        editor.setAccessibleText(fieldTexts.label(field) + ", " + name.getText());
        name.setLabelFor(editor);
        HBox row = new HBox(8, name, space, editor);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Control editor(String parameter) {
        if (parameter.equals("every")) {
            ComboBox<String> box = new ComboBox<>();
            box.getItems()
                    .setAll(Arrays.stream(Every.values()).map(Every::toString).toList());
            box.valueProperty().bindBidirectional(model.parameter(field, parameter));
            box.setPrefWidth(124);
            box.setMinWidth(124);
            return box;
        }
        TextField box = new TextField();
        box.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        box.textProperty().bindBidirectional(model.parameter(field, parameter));
        boolean list = parameter.equals("knots") || parameter.equals("points");
        box.setPrefWidth(list ? 170 : 124);
        box.setMinWidth(list ? 170 : 124);
        if (parameter.equals("to")) {
            box.setPromptText(texts.of("designer.parameter.toPrompt"));
        }
        return box;
    }

    /** The factor over the run, from its start on the left to its end on the right; 0 at the bottom. */
    private final class Curve extends Region {
        private static final int POINTS = 120;
        private static final double HEIGHT = 34;

        private final Path line = new Path();

        Curve() {
            getStyleClass().add("schedule-curve");
            setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
            line.getStyleClass().add("schedule-line");
            line.setManaged(false);
            getChildren().setAll(line);
            setPrefHeight(HEIGHT);
            setMinHeight(HEIGHT);
        }

        @Override
        protected void layoutChildren() {
            double[] factors = model.scheduleCurve(field, POINTS);
            double top = Arrays.stream(factors).max().orElse(1);
            double scale = top > 0 ? top : 1;
            double left = snappedLeftInset();
            double width = getWidth() - left - snappedRightInset();
            double height = getHeight() - snappedTopInset() - snappedBottomInset();
            line.getElements().clear();
            for (int i = 0; i < factors.length; i++) {
                double x = left + width * i / (POINTS - 1);
                double y = snappedTopInset() + height * (1 - factors[i] / scale);
                line.getElements().add(i == 0 ? new MoveTo(x, y) : new LineTo(x, y));
            }
        }
    }
}
