package decaylab.ui.predict;

import atlantafx.base.theme.Styles;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.material2.Material2AL;

/** Binds the line over the charts that says what to draw, and how near it came. */
public final class PredictController {
    private final PredictModel model;
    private final Texts texts;

    @FXML
    private HBox predictBar;

    @FXML
    private Label predictSentence;

    @FXML
    private Button predictDone;

    @FXML
    private Button predictAgain;

    @FXML
    private Button predictDrop;

    public PredictController(PredictModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        predictSentence.textProperty().bind(model.sentence());
        predictBar.visibleProperty().bind(model.sentence().isNotEmpty());
        predictBar.managedProperty().bind(predictBar.visibleProperty());
        predictDone.getStyleClass().add(Styles.ACCENT);
        for (Button button : new Button[] {predictDone, predictAgain}) {
            button.visibleProperty().bind(model.drawing());
            button.managedProperty().bind(button.visibleProperty());
            button.disableProperty().bind(model.drawn().not());
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        show(predictDone, "predict.doneTip", model::done);
        show(predictAgain, "predict.againTip", model::again);
        Icons.only(predictDrop, Material2AL.CLOSE, texts.of("predict.dropTip"));
        predictDrop.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        predictDrop.setOnAction(event -> model.drop());
    }

    private void show(Button button, String tip, Runnable action) {
        Icons.describe(button, texts.of(tip));
        button.setOnAction(event -> action.run());
    }
}
