package decaylab.ui.capacity;

import atlantafx.base.theme.Styles;
import decaylab.chart.ChartKind;
import decaylab.chart.Theme;
import decaylab.experiment.Constraint;
import decaylab.instrument.SampleLog;
import decaylab.optim.NormBall;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import decaylab.ui.chart.ChartRun;
import decaylab.ui.run.LiveValue;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.geometry.NodeOrientation;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Binds the view of the capacity: the ball's controls, the norms, the bound as a product, and the charts beside them. */
public final class CapacityController {
    private static final int DIGITS = 3;
    /** More factors than that are told as their product. */
    private static final int MOST_FACTORS = 6;

    private final CapacityModel model;
    private final ChartBoard board;
    private final ObservableList<ChartRun> runs;
    private final ObservableValue<Theme> theme;
    private final Texts texts;
    private final CapacityPane pane;

    @FXML
    private GridPane root;

    @FXML
    private ComboBox<Constraint> constraint;

    @FXML
    private HBox radiusBox;

    @FXML
    private TextField radiusText;

    @FXML
    private Slider radiusSlider;

    @FXML
    private Label radiusError;

    @FXML
    private StackPane picture;

    @FXML
    private FlowPane terms;

    @FXML
    private Label note;

    @FXML
    private StackPane chartsPlace;

    /**
     * @param board draws the charts of this view alone
     * @param runs that the window shows
     * @param theme what the window's colours are
     */
    public CapacityController(
            CapacityModel model,
            ChartBoard board,
            ObservableList<ChartRun> runs,
            ObservableValue<Theme> theme,
            Texts texts) {
        this.model = model;
        this.board = board;
        this.runs = runs;
        this.theme = theme;
        this.texts = texts;
        pane = new CapacityPane(texts);
    }

    @FXML
    public void initialize() {
        constraint.getItems().setAll(Constraint.values());
        Icons.describe(constraint, texts.of("capacity.constraintTip"));
        constraint.setValue(model.constraint().get());
        model.constraint().addListener((observable, before, now) -> constraint.setValue(now));
        constraint.setOnAction(event -> {
            Constraint chosen = constraint.getValue();
            if (chosen != null) {
                model.choose(chosen);
            }
        });
        constraint.disableProperty().bind(model.changeable().not());
        bindRadius();
        note.textProperty().bind(model.note());
        terms.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        picture.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        picture.getChildren().setAll(pane);
        chartsPlace.getChildren().setAll(board);
        board.kinds().setAll(ChartKind.CAPACITY_BOUNDS, ChartKind.GAP);
        model.shown().bind(root.visibleProperty());
        root.visibleProperty().addListener((observable, before, now) -> showRuns());
        showRuns();
        model.picture().addListener((observable, before, now) -> show(now));
        theme.addListener((observable, before, now) -> show(model.picture().get()));
        show(model.picture().get());
    }

    /** A board that is not looked at draws nothing. */
    private void showRuns() {
        if (root.isVisible()) {
            Bindings.bindContent(board.runs(), runs);
        } else {
            Bindings.unbindContent(board.runs(), runs);
            board.runs().clear();
        }
    }

    private void bindRadius() {
        LiveValue value = model.radius();
        radiusBox.visibleProperty().bind(model.constraint().isNotEqualTo(Constraint.NONE));
        radiusBox.managedProperty().bind(radiusBox.visibleProperty());
        radiusBox.disableProperty().bind(model.changeable().not());
        radiusSlider.setMin(value.scale().lowest()); // a radius of 0, the place below, is none
        radiusSlider.setMax(value.scale().highest());
        radiusSlider.setMajorTickUnit(1);
        radiusSlider.setMinorTickCount(0);
        radiusSlider.setShowTickMarks(true);
        radiusSlider.setShowTickLabels(true);
        radiusSlider.setBlockIncrement(0.05);
        radiusSlider.setLabelFormatter(new PowerLabels());
        radiusSlider.valueProperty().bindBidirectional(value.position());
        radiusSlider.valueChangingProperty().addListener((observable, before, now) -> value.hold(now));
        radiusSlider.setOnMousePressed(event -> value.hold(true));
        radiusSlider.setOnMouseReleased(event -> value.hold(false));
        Icons.describe(radiusSlider, texts.of("capacity.radiusSlider"));
        radiusText.textProperty().bindBidirectional(value.text());
        radiusText.setOnAction(event -> value.enter());
        radiusText.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                value.revert();
                event.consume();
            }
        });
        radiusText.focusedProperty().addListener((observable, before, now) -> {
            if (!now) {
                value.enter();
            }
        });
        Icons.describe(radiusText, texts.of("capacity.radiusText"));
        radiusError.textProperty().bind(value.error());
        radiusError.visibleProperty().bind(value.error().isNotEmpty());
        radiusError.managedProperty().bind(radiusError.visibleProperty());
        value.error()
                .addListener((observable, before, now) ->
                        radiusText.pseudoClassStateChanged(Styles.STATE_DANGER, !now.isEmpty()));
    }

    private void show(@Nullable CapacityPicture now) {
        pane.show(now, theme.getValue());
        terms.getChildren().setAll(now == null ? List.of() : terms(now));
        picture.setAccessibleText(now == null ? model.note().get() : words(now));
    }

    /** The bound, read from left to right. */
    private List<Node> terms(CapacityPicture now) {
        List<Node> all = new ArrayList<>();
        if (now.bounded()) {
            List<Double> factors = now.factors();
            int last = factors.size() - 1;
            all.add(term(factors.get(last), texts.of("capacity.term.output"), "output"));
            if (last > MOST_FACTORS) {
                double product = factors.subList(0, last).stream().reduce(1.0, (a, b) -> a * b);
                all.add(operator("\u00d7"));
                all.add(term(product, texts.of("capacity.term.layers", Integer.toString(last)), "layers"));
            }
            for (int l = 0; l < last && last <= MOST_FACTORS; l++) {
                all.add(operator("\u00d7"));
                all.add(term(
                        factors.get(l),
                        texts.of("capacity.term.layer", now.layers().get(l)),
                        "layer"));
            }
            all.add(operator("\u00d7 ("));
            all.add(term(now.depth(), texts.of("capacity.term.depth"), "depth"));
            all.add(operator("+"));
            all.add(term(now.input(), texts.of("capacity.term.input"), "input"));
            all.add(operator(") ="));
            all.add(term(
                    now.bound(), texts.of("capacity.term.bound", now.shown().toString()), "bound"));
            if (!SampleLog.isEmpty(now.ballBound())) {
                all.add(operator("\u2264"));
                all.add(term(now.ballBound(), texts.of("capacity.term.ball"), "ball"));
            }
        }
        if (!SampleLog.isEmpty(now.gap())) {
            all.add(term(now.gap(), texts.of("capacity.term.gap"), "gap"));
        }
        return all;
    }

    private static Node term(double value, String caption, String name) {
        Label number = new Label(Numbers.rounded(value, DIGITS));
        number.getStyleClass().add("capacity-number");
        Label words = new Label(caption);
        words.getStyleClass().add("capacity-caption");
        VBox box = new VBox(number, words);
        box.getStyleClass().addAll("capacity-term", "capacity-" + name);
        box.setMinWidth(Region.USE_PREF_SIZE);
        box.setAccessibleText(caption + ": " + number.getText());
        return box;
    }

    private static Node operator(String sign) {
        Label label = new Label(sign);
        label.getStyleClass().add("capacity-operator");
        return label;
    }

    private String words(CapacityPicture now) {
        StringBuilder words = new StringBuilder(model.note().get());
        now.norms().forEach((NormBall ball, List<Double> norms) -> {
            words.append(' ').append(ball).append(':');
            for (int l = 0; l < norms.size(); l++) {
                words.append(' ').append(now.layers().get(l)).append(' ').append(Numbers.rounded(norms.get(l), DIGITS));
            }
            words.append('.');
        });
        return words.toString();
    }

    /** Powers of ten under the slider. */
    private static final class PowerLabels extends StringConverter<Double> {
        @Override
        public String toString(Double position) {
            return Numbers.rounded(Math.pow(10, Math.round(position)), 1);
        }

        @Override
        public Double fromString(String text) {
            throw new UnsupportedOperationException("labels are only shown");
        }
    }
}
