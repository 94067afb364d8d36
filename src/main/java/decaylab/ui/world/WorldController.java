package decaylab.ui.world;

import atlantafx.base.theme.Styles;
import decaylab.chart.Theme;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.StackPane;

/** The environment as it is drawn, and beside it what is earned in it. */
public final class WorldController {
    private final WorldModel model;
    private final ChartBoard charts;
    private final ObservableValue<Theme> theme;
    private final Texts texts;
    private final WorldPane pane = new WorldPane();

    @FXML
    private ToggleButton best;

    @FXML
    private Label caption;

    @FXML
    private Label values;

    @FXML
    private Label waiting;

    @FXML
    private StackPane picture;

    @FXML
    private StackPane chartsPlace;

    /**
     * @param charts what is earned, of the runs that the window shows
     * @param theme what the window's colours are
     */
    public WorldController(WorldModel model, ChartBoard charts, ObservableValue<Theme> theme, Texts texts) {
        this.model = model;
        this.charts = charts;
        this.theme = theme;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        best.getStyleClass().add(Styles.SMALL);
        Icons.describe(best, texts.of("world.bestTip"));
        best.selectedProperty().bindBidirectional(model.showingBest());
        best.disableProperty().bind(model.bestKnown().not());
        caption.textProperty().bind(model.caption());
        values.textProperty().bind(model.values());
        waiting.textProperty().bind(model.waiting());
        waiting.visibleProperty().bind(model.waiting().isNotEmpty());
        picture.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        picture.accessibleTextProperty().bind(model.caption());
        picture.getChildren().add(0, pane);
        chartsPlace.getChildren().setAll(charts);
        model.scene().addListener((observable, before, now) -> draw());
        theme.addListener((observable, before, now) -> draw());
        draw();
    }

    private void draw() {
        pane.show(model.scene().get(), theme.getValue());
    }
}
