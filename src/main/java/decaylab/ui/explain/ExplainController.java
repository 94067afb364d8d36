package decaylab.ui.explain;

import atlantafx.base.theme.Styles;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.kordamp.ikonli.material2.Material2AL;

/** Binds the explanation over the charts; its words have the colours of what they shade there. */
public final class ExplainController {
    private final ExplainModel model;
    private final Texts texts;

    @FXML
    private HBox explainBar;

    @FXML
    private TextFlow explainText;

    @FXML
    private Button explainClose;

    public ExplainController(ExplainModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        explainBar.visibleProperty().bind(Bindings.isNotNull(model.explanation()));
        explainBar.managedProperty().bind(explainBar.visibleProperty());
        model.explanation().addListener((observable, before, now) -> show());
        Icons.only(explainClose, Material2AL.CLOSE, texts.of("explain.close"));
        explainClose.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        explainClose.setOnAction(event -> model.dismiss());
        show();
    }

    private void show() {
        Explanation now = model.explanation().get();
        explainText.getChildren().clear();
        if (now == null) {
            return;
        }
        for (Explanation.Part part : now.parts()) {
            Text text = new Text(part.text());
            Term term = part.term();
            text.getStyleClass().addAll("explain-words", term == null ? "explain-plain" : "explain-" + term.word());
            explainText.getChildren().add(text);
        }
        explainText.setAccessibleText(now.text());
    }
}
