package decaylab.ui.weight;

import atlantafx.base.theme.Styles;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import decaylab.ui.base.WrapRow;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A number with its name, its slider and its text field, and beneath them what is wrong with the text. */
final class SettingRow extends VBox {
    /** A slider is moved with a purpose from so many pixels on. */
    private static final double LEAST_TRACK = 80;

    private final Label name = new Label();

    SettingRow(Setting setting, Texts texts) {
        getStyleClass().add("weight-setting");
        String id = setting.key().replace('.', '-');
        name.setText(texts.of(setting.key()));
        Slider slider = new Slider(
                setting.scale().min(), setting.scale().max(), setting.position().get());
        slider.setId(id + "-slider");
        slider.setBlockIncrement(0.1);
        slider.valueProperty().bindBidirectional(setting.position());
        slider.setMinWidth(LEAST_TRACK);
        slider.setPrefWidth(80);
        Icons.describe(slider, texts.of(setting.key()));
        TextField text = new TextField();
        text.setId(id + "-text");
        text.getStyleClass().add("small-number");
        text.textProperty().bindBidirectional(setting.text());
        text.setOnAction(event -> setting.enter());
        text.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                setting.revert();
                event.consume();
            }
        });
        text.focusedProperty().addListener((observable, before, now) -> {
            if (!now) {
                setting.enter();
            }
        });
        Icons.describe(text, texts.of(setting.key()));
        name.setLabelFor(text);
        name.getStyleClass().add("weight-name");
        Label error = new Label();
        error.setId(id + "-error");
        error.getStyleClass().add("field-error");
        error.setWrapText(true);
        error.textProperty().bind(setting.error());
        error.visibleProperty().bind(setting.error().isNotEmpty());
        error.managedProperty().bind(error.visibleProperty());
        setting.error()
                .addListener(
                        (observable, before, now) -> text.pseudoClassStateChanged(Styles.STATE_DANGER, !now.isEmpty()));
        HBox entry = new HBox(slider, text);
        entry.getStyleClass().add("weight-line");
        HBox.setHgrow(slider, Priority.ALWAYS);
        WrapRow line = new WrapRow(); // where it is narrow, the name stands above
        line.getChildren().setAll(name, entry);
        line.getStyleClass().add("weight-line");
        HBox.setHgrow(entry, Priority.ALWAYS);
        slider.setMaxWidth(Double.MAX_VALUE);
        getChildren().setAll(line, error);
    }

    /** Calls the number otherwise. */
    void rename(String words) {
        name.setText(words);
    }
}
