package decaylab.ui.graph;

import atlantafx.base.theme.Styles;
import decaylab.chart.Theme;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import javafx.beans.binding.Bindings;
import javafx.beans.property.DoubleProperty;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;

/** The graph as it is drawn, what is told of it, and beside it the charts of the run. */
public final class GraphController {
    private static final double TIP_WIDTH = 420;

    private final GraphModel model;
    private final ChartBoard charts;
    private final ObservableValue<Theme> theme;
    private final Texts texts;
    private final GraphPane pane = new GraphPane();

    @FXML
    private ToggleButton hopByHop;

    @FXML
    private Slider hop;

    @FXML
    private Label hopText;

    @FXML
    private Label caption;

    @FXML
    private Slider edgeNoise;

    @FXML
    private Label edgeNoiseText;

    @FXML
    private Slider labelNoise;

    @FXML
    private Label labelNoiseText;

    @FXML
    private Label identity;

    @FXML
    private Label decoupled;

    @FXML
    private Label waiting;

    @FXML
    private StackPane picture;

    @FXML
    private StackPane chartsPlace;

    /**
     * @param charts of the runs that the window shows
     * @param theme what the window's colours are
     */
    public GraphController(GraphModel model, ChartBoard charts, ObservableValue<Theme> theme, Texts texts) {
        this.model = model;
        this.charts = charts;
        this.theme = theme;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        hopByHop.getStyleClass().add(Styles.SMALL);
        Icons.describe(hopByHop, texts.of("graph.hopByHopTip"));
        hopByHop.selectedProperty().bindBidirectional(model.hopByHop());
        hop.maxProperty().bind(model.hops());
        hop.valueProperty().bindBidirectional(model.hop());
        hop.disableProperty().bind(model.hopByHop().not());
        hop.setAccessibleText(texts.of("graph.hopTip"));
        hopText.textProperty().bind(model.hopText());
        noise(edgeNoise, edgeNoiseText, model.edgeNoise(), "graph.edgeNoise");
        noise(labelNoise, labelNoiseText, model.labelNoise(), "graph.labelNoise");
        caption.textProperty().bind(model.caption());
        identity.textProperty().bind(model.identity());
        explain(identity, "graph.identityTip");
        explain(decoupled, "graph.decoupledTip");
        waiting.textProperty().bind(model.waiting());
        waiting.visibleProperty().bind(model.waiting().isNotEmpty());
        picture.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        picture.accessibleTextProperty().bind(model.caption());
        picture.getChildren().add(0, pane);
        chartsPlace.getChildren().setAll(charts);
        model.picture().addListener((observable, before, now) -> draw());
        model.hop().addListener((observable, before, now) -> draw());
        model.hopByHop().addListener((observable, before, now) -> draw());
        theme.addListener((observable, before, now) -> draw());
        draw();
    }

    /** What a short note means at length: under the pointer, and for those who have it read to them. */
    private void explain(Label note, String key) {
        Tooltip tip = new Tooltip(texts.of(key));
        tip.setWrapText(true);
        tip.setMaxWidth(TIP_WIDTH);
        note.setTooltip(tip);
        note.setAccessibleHelp(texts.of(key));
    }

    private void noise(Slider slider, Label text, DoubleProperty value, String key) {
        slider.valueProperty().bindBidirectional(value);
        slider.disableProperty().bind(model.meaningful().not());
        Icons.describe(slider, texts.of(key + "Tip"));
        text.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.of(key, Numbers.rounded(Math.round(100 * value.get()), 3)), value));
        text.setLabelFor(slider);
    }

    private void draw() {
        GraphPicture now = model.picture().get();
        pane.show(now, now == null ? new int[0] : model.told(now), theme.getValue());
    }
}
