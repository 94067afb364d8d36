package decaylab.ui.presenter;

import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** Binds the presenter's window. */
public final class PresenterController {
    private final PresenterModel model;

    @FXML
    private Label notes;

    @FXML
    private Label time;

    @FXML
    private Label elapsed;

    @FXML
    private FlowPane figures;

    public PresenterController(PresenterModel model) {
        this.model = model;
    }

    @FXML
    public void initialize() {
        notes.textProperty().bind(model.notes());
        time.textProperty().bind(model.time());
        elapsed.textProperty().bind(model.elapsed());
        model.figures().addListener((observable, before, now) -> show(now));
        show(model.figures().get());
    }

    /** The labels are kept, since the values change with every frame. */
    private void show(List<PresenterModel.Figure> now) {
        while (figures.getChildren().size() < now.size()) {
            Label name = new Label();
            name.getStyleClass().add("presenter-name");
            Label value = new Label();
            value.getStyleClass().add("presenter-value");
            VBox box = new VBox(name, value);
            box.getStyleClass().add("presenter-figure");
            figures.getChildren().add(box);
        }
        for (int i = 0; i < now.size(); i++) {
            VBox box = (VBox) figures.getChildren().get(i);
            ((Label) box.getChildren().get(0)).setText(now.get(i).name());
            String value = now.get(i).value();
            ((Label) box.getChildren().get(1)).setText(value.isEmpty() ? "\u2013" : value);
        }
    }
}
