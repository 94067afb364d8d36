package decaylab.ui.feedback;

import atlantafx.base.theme.Styles;
import decaylab.chart.Theme;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

/** W and B^T of a layer as they are drawn, and beside them how near they come. */
public final class FeedbackController {
    private final FeedbackModel model;
    private final ChartBoard charts;
    private final ObservableValue<Theme> theme;
    private final Texts texts;
    private final FeedbackPane pane = new FeedbackPane();

    @FXML
    private Label layerLabel;

    @FXML
    private ComboBox<String> layer;

    @FXML
    private Label caption;

    @FXML
    private Label note;

    @FXML
    private Label waiting;

    @FXML
    private StackPane picture;

    @FXML
    private StackPane chartsPlace;

    /**
     * @param charts angles and differences of the runs that the window shows
     * @param theme what the window's colours are
     */
    public FeedbackController(FeedbackModel model, ChartBoard charts, ObservableValue<Theme> theme, Texts texts) {
        this.model = model;
        this.charts = charts;
        this.theme = theme;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        layer.getStyleClass().add(Styles.SMALL);
        layer.setItems(model.layers());
        layer.valueProperty().bindBidirectional(model.layer());
        layer.disableProperty().bind(model.pair().isNull());
        layerLabel.setLabelFor(layer);
        Icons.describe(layer, texts.of("feedback.layerTip"));
        caption.textProperty().bind(model.caption());
        note.textProperty().bind(model.note());
        waiting.textProperty().bind(model.waiting());
        waiting.visibleProperty().bind(model.waiting().isNotEmpty());
        picture.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        picture.accessibleTextProperty().bind(model.caption());
        picture.getChildren().add(0, pane);
        pane.titles(texts.of("feedback.weights"), texts.of("feedback.matrix"), texts.of("feedback.scale", "{0}"));
        chartsPlace.getChildren().setAll(charts);
        model.pair().addListener((observable, before, now) -> draw());
        theme.addListener((observable, before, now) -> draw());
        draw();
    }

    private void draw() {
        pane.show(model.pair().get(), theme.getValue());
    }
}
