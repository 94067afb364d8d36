package decaylab.ui.run;

import atlantafx.base.theme.Styles;
import decaylab.chart.ChartKind;
import decaylab.experiment.Instrument;
import decaylab.instrument.QuantityTexts;
import decaylab.net.LayerNames;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.StringConverter;
import org.controlsfx.control.CheckComboBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

/** Binds the charts and the tools over them. */
public final class ChartsController {
    private static final double KINDS_WIDTH = 112;
    private static final double LAYER_WIDTH = 104;
    private static final int MOST_LAYERS_SHOWN = 16;

    private final ChartBoard board;
    private final LabSession session;
    private final Texts texts;
    private final QuantityTexts quantities;
    private final Runnable exporter;
    private final TwinModel twins;
    private final InstrumentsModel instruments;

    @FXML
    private ComboBox<String> layer;

    @FXML
    private ToggleButton equilibrium;

    @FXML
    private Label sentence;

    @FXML
    private ToggleButton twin;

    @FXML
    private HBox twinBar;

    @FXML
    private Label twinCaption;

    @FXML
    private Button twinRepeat;

    @FXML
    private ProgressBar twinProgress;

    @FXML
    private CheckComboBox<ChartKind> kinds;

    @FXML
    private Label smoothingLabel;

    @FXML
    private Slider smoothing;

    @FXML
    private ToggleButton mechanisms;

    /** What was shown before the charts of the mechanisms. */
    private final List<ChartKind> shownBefore = new ArrayList<>();

    @FXML
    private ToggleButton bands;

    @FXML
    private Button resetZoom;

    @FXML
    private Button export;

    @FXML
    private StackPane place;

    /** @param exporter asks what to export, and does it */
    public ChartsController(
            ChartBoard board,
            LabSession session,
            TwinModel twins,
            InstrumentsModel instruments,
            Texts texts,
            QuantityTexts quantities,
            Runnable exporter) {
        this.twins = twins;
        this.instruments = instruments;
        this.quantities = quantities;
        this.board = board;
        this.session = session;
        this.texts = texts;
        this.exporter = exporter;
    }

    @FXML
    public void initialize() {
        place.getChildren().setAll(board);
        bindKinds();
        smoothing.valueProperty().bindBidirectional(board.smoothing());
        Icons.describe(smoothing, texts.of("charts.smoothingTip"));
        smoothingLabel.setLabelFor(smoothing);
        smoothingLabel.setMinWidth(Region.USE_PREF_SIZE);
        bands.setText(texts.of("charts.bands"));
        Icons.describe(bands, texts.of("charts.bandsTip"));
        bands.getStyleClass().add("chart-button");
        bands.selectedProperty().bindBidirectional(board.bands());
        tool(resetZoom, Material2MZ.ZOOM_OUT_MAP, "charts.resetZoom");
        resetZoom.setOnAction(event -> board.resetZoom());
        resetZoom
                .disableProperty()
                .bind(Bindings.createBooleanBinding(() -> board.viewport().get().follows(), board.viewport()));
        tool(export, Material2AL.IMAGE, "charts.export");
        export.setOnAction(event -> exporter.run());
        bindTwin();
        bindInstruments();
        bindMechanisms();
        session.runs().addListener((ListChangeListener<RunEntry>) change -> {
            while (change.next()) {
                change.getAddedSubList()
                        .forEach(run -> run.visibleProperty().addListener((observable, before, now) -> showRuns()));
            }
            showRuns();
        });
        session.current().addListener((observable, before, now) -> showRuns());
        showRuns();
    }

    /** A button that shows the charts of the mechanisms of decay, where a run is about them, and then those of before again. */
    private void bindMechanisms() {
        mechanisms.setText(texts.of("charts.mechanisms"));
        Icons.describe(mechanisms, texts.of("charts.mechanismsTip"));
        mechanisms.getStyleClass().add("chart-button");
        mechanisms.setMinWidth(Region.USE_PREF_SIZE);
        mechanisms.managedProperty().bind(mechanisms.visibleProperty());
        mechanisms
                .visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> {
                            RunEntry entry = session.current().get();
                            return entry != null
                                    && (entry.experiment()
                                                    .optimizer()
                                                    .curvature()
                                                    .isOn()
                                            || entry.experiment().decay().transplant() != null);
                        },
                        session.current()));
        mechanisms.selectedProperty().addListener((observable, before, now) -> {
            if (now) {
                shownBefore.clear();
                shownBefore.addAll(kinds.getCheckModel().getCheckedItems());
                RunEntry entry = session.current().get();
                check(ChartKind.ofMechanisms(entry != null
                        && entry.experiment().optimizer().curvature().isOn()));
            } else {
                check(shownBefore);
            }
        });
    }

    private void check(List<ChartKind> wanted) {
        List<ChartKind> copy = List.copyOf(wanted);
        kinds.getCheckModel().clearChecks();
        copy.forEach(kinds.getCheckModel()::check);
    }

    private void bindInstruments() {
        equilibrium.setText(texts.of("equilibrium.toggle"));
        Icons.describe(equilibrium, texts.of("equilibrium.tip"));
        equilibrium.getStyleClass().add("chart-button");
        equilibrium.selectedProperty().bindBidirectional(instruments.chosen(Instrument.EQUILIBRIUM));
        List.of(equilibrium, twin, bands).forEach(button -> button.setMinWidth(Region.USE_PREF_SIZE));
        layer.setMinWidth(LAYER_WIDTH);
        layer.setPrefWidth(LAYER_WIDTH);
        layer.setMaxWidth(LAYER_WIDTH);
        sentence.textProperty().bind(instruments.sentence());
        sentence.visibleProperty().bind(instruments.sentence().isNotEmpty());
        sentence.managedProperty().bind(sentence.visibleProperty());
        Icons.describe(layer, texts.of("charts.layerTip"));
        layer.setOnAction(event -> {
            String chosen = layer.getValue();
            board.layer().set(texts.of("charts.network").equals(chosen) ? null : chosen);
        });
        layer.setVisibleRowCount(MOST_LAYERS_SHOWN);
        layer.managedProperty().bind(layer.visibleProperty());
        board.kinds().addListener((ListChangeListener<ChartKind>) change -> showLayers());
        session.current().addListener((observable, before, now) -> showLayers());
        showLayers();
    }

    /** The layers of the current run, where a chart is shown that can be of one of them. */
    private void showLayers() {
        RunEntry entry = session.current().get();
        List<String> choices = new ArrayList<>(List.of(texts.of("charts.network")));
        if (entry != null) {
            choices.addAll(LayerNames.of(entry.experiment().network()));
        }
        if (!choices.equals(layer.getItems())) {
            layer.getItems().setAll(choices);
            String now = board.layer().get();
            layer.setValue(now != null && choices.contains(now) ? now : choices.get(0));
        }
        layer.setVisible(board.kinds().stream().anyMatch(ChartKind::hasLayers));
    }

    private void bindTwin() {
        twin.setText(texts.of("twin.toggle"));
        Icons.describe(twin, texts.of("twin.tip"));
        twin.getStyleClass().add("chart-button");
        twin.selectedProperty().bindBidirectional(session.twinning());
        session.pair().addListener((observable, before, now) -> showRuns());
        twinCaption.textProperty().bind(twins.caption());
        twinBar.visibleProperty().bind(twins.caption().isNotEmpty());
        twinBar.managedProperty().bind(twinBar.visibleProperty());
        twinRepeat
                .textProperty()
                .bind(Bindings.when(twins.repeating())
                        .then(texts.of("twin.cancel"))
                        .otherwise(texts.of("twin.repeat")));
        Icons.describe(twinRepeat, texts.of("twin.repeatTip"));
        twinRepeat
                .disableProperty()
                .bind(twins.repeatable().or(twins.repeating()).not());
        twinRepeat.setMinWidth(Region.USE_PREF_SIZE);
        twinRepeat.setOnAction(event -> {
            if (twins.repeating().get()) {
                twins.cancel();
            } else {
                twins.repeat();
            }
        });
        twinProgress.progressProperty().bind(twins.progress());
        twinProgress.visibleProperty().bind(twins.repeating());
        twinProgress.managedProperty().bind(twins.repeating());
    }

    private void bindKinds() {
        kinds.getItems().setAll(ChartKind.values());
        kinds.setConverter(new StringConverter<>() {
            @Override
            public String toString(ChartKind kind) {
                return kind == null ? "" : kind.title(quantities);
            }

            @Override
            public ChartKind fromString(String text) {
                throw new UnsupportedOperationException("the list is not editable");
            }
        });
        board.kinds().forEach(kinds.getCheckModel()::check);
        kinds.setShowCheckedCount(false);
        kinds.setMinWidth(KINDS_WIDTH);
        kinds.setPrefWidth(KINDS_WIDTH);
        kinds.setMaxWidth(KINDS_WIDTH);
        kinds.setTitle(texts.of("charts.kinds"));
        Icons.describe(kinds, texts.of("charts.kindsTip"));
        kinds.getCheckModel().getCheckedItems().addListener((ListChangeListener<ChartKind>) change -> showKinds());
        showKinds();
    }

    private void showKinds() {
        List<ChartKind> chosen = new ArrayList<>();
        for (ChartKind kind : ChartKind.values()) {
            if (kinds.getCheckModel().isChecked(kind)) {
                chosen.add(kind);
            }
        }
        board.kinds().setAll(chosen);
    }

    /** The visible runs, the current one painted last. */
    private void showRuns() {
        List<RunEntry> shown = new ArrayList<>(
                session.runs().filtered(run -> run.visibleProperty().get()));
        RunEntry current = session.current().get();
        if (current != null && shown.remove(current)) {
            shown.add(current);
        }
        board.runs().setAll(shown);
    }

    private void tool(Button button, Ikon icon, String key) {
        Icons.only(button, icon, texts.of(key));
        button.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
    }
}
