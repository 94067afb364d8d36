package decaylab.ui;

import atlantafx.base.theme.Styles;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;

/** Binds the buttons for the moment that the current run is at. */
public final class MomentToolsController {
    private final MomentActions actions;
    private final Texts texts;

    @FXML
    private Button predict;

    @FXML
    private Button explain;

    @FXML
    private Button race;

    MomentToolsController(MomentActions actions, Texts texts) {
        this.actions = actions;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        bind(predict, "predict.tip", actions::predict);
        bind(explain, "explain.tip", actions::explain);
        bind(race, "race.tip", actions::race);
    }

    private void bind(Button button, String tip, Runnable action) {
        button.getStyleClass().addAll(Styles.SMALL, Styles.FLAT);
        button.setMinWidth(Region.USE_PREF_SIZE);
        Icons.describe(button, texts.of(tip));
        button.setOnAction(event -> action.run());
    }
}
