package decaylab.ui.run;

import atlantafx.base.theme.Styles;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import decaylab.ui.base.WrapRow;
import decaylab.ui.chart.ChartBoard;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** The middle of the window: a switch of views, the one that is shown, and under each of them the timeline. */
public final class MiddleController {
    private final ObjectProperty<MiddleView> shown;
    private final ObservableBooleanValue onGraph;
    private final BooleanProperty studies;
    private final ChartBoard board;
    private final TimelineModel timeline;
    private final Texts texts;

    @FXML
    private WrapRow views;

    @FXML
    private Node moment;

    @FXML
    private Node charts;

    @FXML
    private Node schedules;

    @FXML
    private Node inside;

    @FXML
    private Node buffers;

    @FXML
    private Node world;

    @FXML
    private Node weight;

    @FXML
    private Node graph;

    @FXML
    private StackPane timelinePlace;

    /**
     * @param shown which view is
     * @param onGraph whether the current run classifies the nodes of a graph
     * @param studies whether those are on screen instead of all of it
     * @param board the charts, whose steps the timeline spans
     */
    public MiddleController(
            ObjectProperty<MiddleView> shown,
            ObservableBooleanValue onGraph,
            BooleanProperty studies,
            ChartBoard board,
            TimelineModel timeline,
            Texts texts) {
        this.shown = shown;
        this.onGraph = onGraph;
        this.studies = studies;
        this.board = board;
        this.timeline = timeline;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        Map<MiddleView, Node> nodes = new EnumMap<>(MiddleView.class);
        nodes.put(MiddleView.CHARTS, charts);
        nodes.put(MiddleView.SCHEDULES, schedules);
        nodes.put(MiddleView.INSIDE, inside);
        nodes.put(MiddleView.BUFFERS, buffers);
        nodes.put(MiddleView.ENVIRONMENT, world);
        nodes.put(MiddleView.WEIGHT, weight);
        nodes.put(MiddleView.GRAPH, graph);
        nodes.forEach((view, node) -> {
            node.visibleProperty().bind(shown.isEqualTo(view));
            node.managedProperty().bind(node.visibleProperty()); // what is not shown needs no room
            views.getChildren().add(button(view, MiddleView.WEIGHT.ordinal()));
        });
        Node toGraph = views.getChildren().get(MiddleView.GRAPH.ordinal());
        toGraph.visibleProperty().bind(onGraph);
        toGraph.managedProperty().bind(onGraph);
        Node toEnvironment =
                views.getChildren().get(MiddleView.ENVIRONMENT.ordinal()); // the row has room for one of both
        toEnvironment.visibleProperty().bind(toGraph.visibleProperty().not());
        toEnvironment.managedProperty().bind(toEnvironment.visibleProperty());
        Button toStudies = new Button(texts.of("view.studies"));
        toStudies.setId("view-studies");
        toStudies.getStyleClass().addAll(Styles.SMALL, Styles.FLAT);
        toStudies.setMinWidth(Region.USE_PREF_SIZE);
        Icons.describe(toStudies, texts.of("studies.tip"));
        toStudies.setOnAction(event -> studies.set(true));
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        views.getChildren().addAll(gap, moment, toStudies);
        timelinePlace
                .getChildren()
                .setAll(new Timeline(
                        timeline, board.viewport(), texts, new InterventionPopover(timeline, texts)::show));
    }

    /** What stands behind the last one is a button of its own. */
    private static String pill(MiddleView view, int last) {
        if (view.ordinal() > last) {
            return "view-aside";
        }
        return view.ordinal() == 0 ? Styles.LEFT_PILL : view.ordinal() == last ? Styles.RIGHT_PILL : Styles.CENTER_PILL;
    }

    /** One of the switch's; no toggle group, since one of them always is selected. */
    private ToggleButton button(MiddleView view, int last) {
        ToggleButton button = new ToggleButton(texts.of(view.key()));
        button.setId(view.key().replace('.', '-'));
        button.getStyleClass().addAll(Styles.SMALL, pill(view, last));
        Icons.describe(button, texts.of("view.tip", texts.of(view.key()), Integer.toString(view.digit())));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setSelected(shown.get() == view);
        shown.addListener((observable, before, now) -> button.setSelected(now == view));
        button.setOnAction(event -> {
            shown.set(view);
            button.setSelected(true);
        });
        return button;
    }
}
