package decaylab.ui.weight;

import atlantafx.base.theme.Styles;
import decaylab.chart.Theme;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2MZ;

/** What decay does to one weight: the picture, and beside it what steers the steps and what they come to. */
public final class WeightController {
    /** How far an arrow key moves the start, in units of the axes. */
    private static final double NUDGE = 0.1;

    private final WeightModel model;
    private final ObservableValue<Theme> theme;
    private final Texts texts;
    private final WeightPane pane;
    private final NormPlot plot;
    private final Map<Readout, Label> names = new EnumMap<>(Readout.class);
    private final Map<Readout, Label> values = new EnumMap<>(Readout.class);

    @FXML
    private HBox kinds;

    @FXML
    private ToggleButton decay;

    @FXML
    private Button step;

    @FXML
    private Button play;

    @FXML
    private Button again;

    @FXML
    private StackPane picture;

    @FXML
    private Label sentence;

    @FXML
    private Label note;

    @FXML
    private VBox settings;

    @FXML
    private StackPane chart;

    @FXML
    private GridPane numbers;

    /** @param theme the window's */
    public WeightController(WeightModel model, ObservableValue<Theme> theme, Texts texts) {
        this.model = model;
        this.theme = theme;
        this.texts = texts;
        pane = new WeightPane(texts);
        plot = new NormPlot(texts);
    }

    @FXML
    public void initialize() {
        for (LossKind kind : LossKind.values()) {
            kinds.getChildren().add(choice(kind));
        }
        bindButtons();
        bindPicture();
        SettingRow steep = new SettingRow(model.steep(), texts);
        SettingRow flat = new SettingRow(model.flat(), texts);
        flat.visibleProperty().bind(model.kind().isEqualTo(LossKind.TWO));
        flat.managedProperty().bind(flat.visibleProperty());
        settings.getChildren()
                .setAll(new SettingRow(model.rate(), texts), new SettingRow(model.lambda(), texts), steep, flat);
        chart.getChildren().setAll(plot);
        for (Readout readout : Readout.values()) {
            addRow(readout);
        }
        model.kind().addListener((observable, before, now) -> name(steep, now));
        name(steep, model.kind().get());
        model.walk().addListener((observable, before, now) -> show());
        theme.addListener((observable, before, now) -> show());
        show();
    }

    private void name(SettingRow steep, LossKind kind) {
        steep.rename(texts.of(kind.key() + ".curvature"));
        note.setText(texts.of(kind.key() + ".note"));
    }

    /** One of the switch's; no toggle group, since one of them always is selected. */
    private ToggleButton choice(LossKind kind) {
        ToggleButton button = new ToggleButton(texts.of(kind.key()));
        button.setId(kind.key().replace('.', '-'));
        boolean first = kind.ordinal() == 0;
        boolean last = kind.ordinal() == LossKind.values().length - 1;
        button.getStyleClass()
                .addAll(Styles.SMALL, first ? Styles.LEFT_PILL : last ? Styles.RIGHT_PILL : Styles.CENTER_PILL);
        Icons.describe(button, texts.of(kind.key() + ".tip"));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setSelected(model.kind().get() == kind);
        model.kind().addListener((observable, before, now) -> button.setSelected(now == kind));
        button.setOnAction(event -> {
            model.kind().set(kind);
            button.setSelected(true);
        });
        return button;
    }

    private void bindButtons() {
        decay.selectedProperty().bindBidirectional(model.decays());
        model.decays().addListener((observable, before, now) -> showDecay(now));
        showDecay(model.decays().get());
        Icons.describe(decay, texts.of("weight.decayTip"));
        step.setGraphic(new FontIcon(Material2MZ.SKIP_NEXT));
        step.setOnAction(event -> {
            model.playing().set(false);
            model.step();
        });
        Icons.describe(step, texts.of("weight.stepTip"));
        play.setOnAction(event -> model.playing().set(!model.playing().get()));
        model.playing().addListener((observable, before, now) -> showPlaying(now));
        showPlaying(model.playing().get());
        again.setGraphic(new FontIcon(Material2MZ.REPLAY));
        again.setOnAction(event -> model.startAgain());
        Icons.describe(again, texts.of("weight.againTip"));
    }

    private void showDecay(boolean on) {
        decay.setText(texts.of(on ? "weight.decayOn" : "weight.decayOff"));
    }

    private void showPlaying(boolean on) {
        play.setText(texts.of(on ? "weight.pause" : "weight.play"));
        play.setGraphic(new FontIcon(on ? Material2MZ.PAUSE : Material2MZ.PLAY_ARROW));
        Icons.describe(play, texts.of(on ? "weight.pauseTip" : "weight.playTip"));
    }

    private void bindPicture() {
        pane.setId("weightPicture");
        pane.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        pane.setAccessibleHelp(texts.of("weight.pictureHelp"));
        pane.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pointed);
        pane.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::pointed);
        pane.setOnKeyPressed(this::nudged);
        picture.getChildren().setAll(pane);
    }

    private void pointed(MouseEvent event) {
        if (event.isPrimaryButtonDown()) {
            pane.requestFocus();
            model.placeStart(pane.weightsAt(event.getX(), event.getY()));
            event.consume();
        }
    }

    private void nudged(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> model.moveStart(-NUDGE, 0);
            case RIGHT -> model.moveStart(NUDGE, 0);
            case UP -> model.moveStart(0, NUDGE);
            case DOWN -> model.moveStart(0, -NUDGE);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void addRow(Readout readout) {
        Label name = new Label();
        name.getStyleClass().add("weight-name");
        name.setWrapText(true);
        name.setMinHeight(Region.USE_PREF_SIZE);
        Label value = new Label();
        value.setId(readout.key().replace('.', '-'));
        value.getStyleClass().add("weight-value");
        value.setMinWidth(Region.USE_PREF_SIZE);
        names.put(readout, name);
        values.put(readout, value);
        numbers.addRow(readout.ordinal(), name, value);
    }

    private void show() {
        Walk now = model.walk().get();
        pane.show(now, theme.getValue());
        plot.show(now, model.settledLength(now.descent()), theme.getValue());
        names.forEach((readout, label) -> label.setText(model.name(readout)));
        values.forEach((readout, label) -> label.setText(model.value(readout)));
        sentence.setText(model.sentence());
        pane.setAccessibleText(texts.of(
                "weight.spoken",
                texts.of(now.kind().key()),
                model.value(Readout.STEP),
                model.value(Readout.WEIGHT),
                model.value(Readout.LOSS),
                model.value(Readout.NORM),
                model.value(Readout.SETTLES),
                model.sentence()));
    }
}
