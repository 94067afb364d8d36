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
import javafx.beans.value.ObservableValue;
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
    private final ObservableValue<Boolean> modules;
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
    private Node synthetic;

    @FXML
    private Node weight;

    @FXML
    private StackPane timelinePlace;

    /**
     * @param shown which view is
     * @param studies whether those are on screen instead of all of it
     * @param modules whether the current run has modules of synthetic gradients, which have a view of their own
     * @param board the charts, whose steps the timeline spans
     */
    public MiddleController(
            ObjectProperty<MiddleView> shown,
            BooleanProperty studies,
            ObservableValue<Boolean> modules,
            ChartBoard board,
            TimelineModel timeline,
            Texts texts) {
        this.shown = shown;
        this.studies = studies;
        this.modules = modules;
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
        nodes.put(MiddleView.SYNTHETIC, synthetic);
        nodes.put(MiddleView.WEIGHT, weight);
        nodes.forEach((view, node) -> {
            node.visibleProperty().bind(shown.isEqualTo(view));
            node.managedProperty().bind(node.visibleProperty()); // what is not shown needs no room
            ToggleButton button = button(view, nodes.size() - 1);
            views.getChildren().add(button);
            if (view == MiddleView.SYNTHETIC || view == MiddleView.ENVIRONMENT) {
                modules.addListener((observable, before, now) -> show(button, now == (view == MiddleView.SYNTHETIC)));
            }
            if (view == MiddleView.SYNTHETIC) {
                show(button, modules.getValue());
            }
        });
        modules.addListener((observable, before, now) -> {
            if (!now && shown.get() == MiddleView.SYNTHETIC) {
                shown.set(MiddleView.CHARTS);
            }
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

    /** A run either has modules or may act, never both: the two views share the room for one. */
    private static void show(ToggleButton button, boolean now) {
        button.setVisible(now);
        button.setManaged(now);
    }

    /** One of the switch's; no toggle group, since one of them always is selected. */
    private ToggleButton button(MiddleView view, int last) {
        ToggleButton button = new ToggleButton(texts.of(view.key()));
        button.setId(view.key().replace('.', '-'));
        button.getStyleClass()
                .addAll(
                        Styles.SMALL,
                        view.ordinal() == 0
                                ? Styles.LEFT_PILL
                                : view.ordinal() == last ? Styles.RIGHT_PILL : Styles.CENTER_PILL);
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
