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
    private final BooleanProperty studies;
    private final ChartBoard board;
    private final TimelineModel timeline;
    private final Map<MiddleView, ? extends ObservableBooleanValue> where;
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
    private Node feedback;

    @FXML
    private Node synthetic;

    @FXML
    private Node capacity;

    @FXML
    private Node weight;

    @FXML
    private Node graph;

    @FXML
    private StackPane timelinePlace;

    /**
     * @param shown which view is
     * @param studies whether those are on screen instead of all of it
     * @param board the charts, whose steps the timeline spans
     * @param where views that belong to a kind of run, and whether the current one is of that kind
     */
    public MiddleController(
            ObjectProperty<MiddleView> shown,
            BooleanProperty studies,
            ChartBoard board,
            TimelineModel timeline,
            Map<MiddleView, ? extends ObservableBooleanValue> where,
            Texts texts) {
        this.shown = shown;
        this.studies = studies;
        this.board = board;
        this.timeline = timeline;
        this.where = where;
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
        nodes.put(MiddleView.FEEDBACK, feedback);
        nodes.put(MiddleView.SYNTHETIC, synthetic);
        nodes.put(MiddleView.CAPACITY, capacity);
        nodes.put(MiddleView.WEIGHT, weight);
        nodes.put(MiddleView.GRAPH, graph);
        nodes.forEach((view, node) -> {
            node.visibleProperty().bind(shown.isEqualTo(view));
            node.managedProperty().bind(node.visibleProperty()); // what is not shown needs no room
            views.getChildren().add(place(view, button(view)));
        });
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

    /** Those of every run are one switch; one that belongs to a kind of run stands beside it. */
    private static String pill(MiddleView view) {
        if (view.compareTo(MiddleView.WEIGHT) > 0) {
            return "view-aside";
        }
        return view == MiddleView.CHARTS
                ? Styles.LEFT_PILL
                : view == MiddleView.WEIGHT ? Styles.RIGHT_PILL : Styles.CENTER_PILL;
    }

    /** Where a button stands: lessons hide buttons by themselves, so it is their place that comes and goes with the run. */
    private Node place(MiddleView view, ToggleButton button) {
        ObservableBooleanValue belongs = where.get(view);
        if (belongs == null) {
            return button;
        }
        StackPane place = new StackPane(button);
        place.visibleProperty().bind(belongs);
        place.managedProperty().bind(belongs);
        belongs.addListener((observable, before, now) -> {
            if (!now && shown.get() == view) {
                shown.set(MiddleView.CHARTS);
            }
        });
        return place;
    }

    /** One of the switch's; no toggle group, since one of them always is selected. */
    private ToggleButton button(MiddleView view) {
        ToggleButton button = new ToggleButton(texts.of(view.key()));
        button.setId(view.key().replace('.', '-'));
        button.getStyleClass().addAll(Styles.SMALL, pill(view));
        Icons.describe(button, texts.of("view.tip", texts.of(view.key()), view.keyName()));
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
