package decaylab.ui.race;

import atlantafx.base.theme.Styles;
import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.experiment.Field;
import decaylab.train.RunState;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.util.StringConverter;
import org.controlsfx.control.CheckComboBox;
import org.kordamp.ikonli.material2.Material2AL;

/** Binds the form of a race and the lanes under it. */
public final class RaceController {
    private final RaceModel model;
    private final ObservableBooleanValue dark;
    private final Texts texts;
    private final List<LaneNodes> shown = new ArrayList<>();

    @FXML
    private VBox racePane;

    @FXML
    private ComboBox<RaceModel.Kind> raceKind;

    @FXML
    private FlowPane raceTimings;

    @FXML
    private HBox raceValuesRow;

    @FXML
    private ComboBox<Field> raceField;

    @FXML
    private TextField raceValues;

    @FXML
    private CheckComboBox<String> racePresets;

    @FXML
    private Button raceStart;

    @FXML
    private Button raceClose;

    @FXML
    private HBox raceLanes;

    @FXML
    private Label raceVerdict;

    public RaceController(RaceModel model, ObservableBooleanValue dark, Texts texts) {
        this.model = model;
        this.dark = dark;
        this.texts = texts;
    }

    /** The labels of a lane, kept as long as its run takes part. */
    private record LaneNodes(VBox box, Rectangle swatch, Label name, Label figures, Label elr, Label leads) {}

    @FXML
    public void initialize() {
        racePane.visibleProperty().bind(model.open());
        racePane.managedProperty().bind(model.open());
        raceKind.getItems().setAll(RaceModel.Kind.values());
        raceKind.setConverter(words(kind -> texts.of("race.kind." + kind.name().toLowerCase(Locale.ROOT))));
        raceKind.valueProperty().bindBidirectional(model.kind());
        Icons.describe(raceKind, texts.of("race.kindTip"));
        bindTimings();
        raceField.getItems().setAll(model.fields());
        raceField.setConverter(words(Field::label));
        raceField.valueProperty().bindBidirectional(model.field());
        Icons.describe(raceField, texts.of("race.fieldTip"));
        raceValues.textProperty().bindBidirectional(model.values());
        raceValues.setOnAction(event -> model.start());
        Icons.describe(raceValues, texts.of("race.valuesTip"));
        racePresets.getItems().setAll(model.presets());
        model.chosen().forEach(racePresets.getCheckModel()::check);
        racePresets.getCheckModel().getCheckedItems().addListener((ListChangeListener<String>)
                change -> model.chosen().setAll(racePresets.getCheckModel().getCheckedItems()));
        Icons.describe(racePresets, texts.of("race.presetsTip"));
        only(raceTimings, RaceModel.Kind.TIMING);
        only(raceValuesRow, RaceModel.Kind.VALUES);
        only(racePresets, RaceModel.Kind.PRESETS);
        raceStart.getStyleClass().add(Styles.ACCENT);
        raceStart.setMinWidth(Region.USE_PREF_SIZE);
        Icons.describe(raceStart, texts.of("race.startTip"));
        raceStart.setOnAction(event -> model.start());
        Icons.only(raceClose, Material2AL.CLOSE, texts.of("race.close"));
        raceClose.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        raceClose.setOnAction(event -> model.close());
        raceVerdict.textProperty().bind(model.verdict());
        raceVerdict.visibleProperty().bind(model.verdict().isNotEmpty());
        raceVerdict.managedProperty().bind(raceVerdict.visibleProperty());
        model.lanes().addListener((ListChangeListener<Lane>) change -> showLanes());
        dark.addListener((observable, before, now) -> showLanes());
        showLanes();
    }

    private void bindTimings() {
        for (RaceField.Timing timing : RaceField.Timing.values()) {
            CheckBox box = new CheckBox(texts.of("race." + timing.name().toLowerCase(Locale.ROOT)));
            box.setId("race-" + timing.name().toLowerCase(Locale.ROOT));
            box.setSelected(model.timings().contains(timing));
            box.setOnAction(event -> {
                if (box.isSelected()) {
                    model.timings().add(timing);
                } else {
                    model.timings().remove(timing);
                }
            });
            raceTimings.getChildren().add(box);
        }
    }

    private void only(Node node, RaceModel.Kind kind) {
        node.visibleProperty().bind(model.kind().isEqualTo(kind));
        node.managedProperty().bind(node.visibleProperty());
    }

    private static <T> StringConverter<T> words(Function<T, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : words.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("nothing is typed");
            }
        };
    }

    private void showLanes() {
        List<Lane> lanes = model.lanes();
        while (shown.size() < lanes.size()) {
            shown.add(make(shown.size()));
        }
        while (shown.size() > lanes.size()) {
            shown.remove(shown.size() - 1);
        }
        raceLanes.getChildren().setAll(shown.stream().map(LaneNodes::box).toList());
        raceLanes.setVisible(!lanes.isEmpty());
        raceLanes.setManaged(!lanes.isEmpty());
        for (int i = 0; i < lanes.size(); i++) {
            fill(shown.get(i), lanes.get(i));
        }
    }

    private static LaneNodes make(int place) {
        Rectangle swatch = new Rectangle(10, 10);
        Label name = new Label();
        name.getStyleClass().add("lane-name");
        HBox head = new HBox(swatch, name);
        head.getStyleClass().add("lane-head");
        Label figures = new Label();
        Label elr = new Label();
        Label leads = new Label();
        leads.getStyleClass().add("lane-leads");
        leads.setWrapText(true);
        leads.setMinHeight(Region.USE_PREF_SIZE);
        VBox box = new VBox(head, figures, elr, leads);
        box.setId("lane-" + place);
        box.getStyleClass().add("lane");
        box.setMinWidth(0);
        box.setPrefWidth(0);
        HBox.setHgrow(box, Priority.ALWAYS);
        return new LaneNodes(box, swatch, name, figures, elr, leads);
    }

    private void fill(LaneNodes nodes, Lane lane) {
        int rgb = Palette.colour(lane.run().colour(), dark.get() ? Theme.DARK : Theme.LIGHT);
        nodes.swatch().setFill(Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF));
        nodes.name().setText(lane.run().name());
        nodes.figures().setText(texts.of("race.figures", number(lane.norm()), number(lane.accuracy())));
        nodes.elr().setText(texts.of("race.elr", number(lane.elr())));
        nodes.leads()
                .setText(
                        lane.run().state() == RunState.DIVERGED
                                ? texts.of("race.diverged", Numbers.count(lane.rows() - 1))
                                : leads(lane));
        nodes.box()
                .setAccessibleText(String.join(
                        ", ",
                        nodes.name().getText(),
                        nodes.figures().getText(),
                        nodes.elr().getText(),
                        nodes.leads().getText()));
    }

    private String leads(Lane lane) {
        return lane.leads().isEmpty()
                ? ""
                : texts.of(
                        "race.ahead",
                        lane.leads().stream()
                                .map(lead -> texts.of("race.lead." + lead.name().toLowerCase(Locale.ROOT)))
                                .collect(Collectors.joining(", ")));
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? Numbers.rounded(value.getAsDouble(), 3) : "\u2013";
    }
}
