package decaylab.ui.inspect;

import atlantafx.base.theme.Styles;
import decaylab.instrument.QuantityTexts;
import decaylab.instrument.geometry.FairComparison;
import decaylab.instrument.geometry.Histogram;
import decaylab.train.LayerLook;
import decaylab.ui.base.Definition;
import decaylab.ui.base.DefinitionPopover;
import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** Binds the inside of a network. */
public final class InspectController {
    private static final int COLUMNS = 3;
    private static final double TABLE_HEIGHT = 150;
    private static final double LAYER_WIDTH = 104;

    private final InspectModel model;
    private final Texts texts;
    private final QuantityTexts quantities;
    private final DefinitionPopover definitions;
    private final FileDialogs files;
    private final BarsPlot weights;
    private final BarsPlot activations;
    private final BarsPlot spectrum;
    private final BarsPlot first;
    private final BarsPlot second;
    private final BarsPlot decay;

    @FXML
    private ComboBox<String> layer;

    @FXML
    private Label compareLabel;

    @FXML
    private TextField compareStep;

    @FXML
    private Label note;

    @FXML
    private GridPane plots;

    @FXML
    private FlowPane figures;

    @FXML
    private Label factorLabel;

    @FXML
    private TextField factor;

    @FXML
    private Button rescale;

    @FXML
    private Label invariance;

    @FXML
    private Button measure;

    @FXML
    private ProgressBar progress;

    @FXML
    private Label remaining;

    @FXML
    private Button export;

    @FXML
    private Label refusal;

    @FXML
    private TableView<Measurement> measurements;

    public InspectController(
            InspectModel model,
            Texts texts,
            QuantityTexts quantities,
            DefinitionPopover definitions,
            FileDialogs files) {
        this.model = model;
        this.texts = texts;
        this.quantities = quantities;
        this.definitions = definitions;
        this.files = files;
        weights = new BarsPlot(texts.of("inspect.weights"), texts.orientation());
        activations = new BarsPlot(texts.of("inspect.activations"), texts.orientation());
        spectrum = new BarsPlot(texts.of("inspect.spectrum"), texts.orientation());
        first = new BarsPlot(texts.of("inspect.firstBuffer"), texts.orientation());
        second = new BarsPlot(texts.of("inspect.secondBuffer"), texts.orientation());
        decay = new BarsPlot(texts.of("inspect.decay"), texts.orientation());
    }

    @FXML
    public void initialize() {
        layer.setItems(model.layers());
        layer.valueProperty().bindBidirectional(model.layer());
        Icons.describe(layer, texts.of("inspect.layerTip"));
        layer.setMinWidth(LAYER_WIDTH);
        compareLabel.setLabelFor(compareStep);
        compareLabel.setMinWidth(Region.USE_PREF_SIZE);
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(model.note());
        note.setTooltip(whole);
        compareStep.textProperty().bindBidirectional(model.compareStep());
        compareStep.setPromptText(texts.of("inspect.comparePrompt"));
        note.textProperty().bind(model.note());
        List<BarsPlot> all = List.of(weights, activations, spectrum, first, second, decay);
        for (int i = 0; i < all.size(); i++) {
            plots.add(all.get(i), i % COLUMNS, i / COLUMNS);
            GridPane.setHgrow(all.get(i), Priority.ALWAYS);
        }
        model.looks().addListener((observable, before, now) -> show(now));
        show(null);
        bindInvariance();
        bindMeasurements();
    }

    private void bindInvariance() {
        factorLabel.setLabelFor(factor);
        factor.textProperty().bindBidirectional(model.factor());
        factor.setOnAction(event -> model.rescale());
        Icons.describe(rescale, texts.of("inspect.rescaleTip"));
        rescale.setOnAction(event -> model.rescale());
        invariance.textProperty().bind(model.invariance());
        invariance.managedProperty().bind(model.invariance().isNotEmpty());
    }

    private void bindMeasurements() {
        measure.textProperty()
                .bind(Bindings.when(model.measuring())
                        .then(texts.of("inspect.stop"))
                        .otherwise(texts.of("inspect.measure")));
        measure.disableProperty().bind(model.refusal().isNotEmpty());
        measure.setMinWidth(Region.USE_PREF_SIZE);
        measure.setOnAction(event -> {
            if (model.measuring().get()) {
                model.cancel();
            } else {
                model.measure();
            }
        });
        progress.progressProperty().bind(model.progress());
        progress.visibleProperty().bind(model.measuring());
        remaining.textProperty().bind(model.remaining());
        refusal.textProperty().bind(model.refusal());
        refusal.managedProperty().bind(model.refusal().isNotEmpty());
        export.setText(texts.of("inspect.export"));
        export.disableProperty().bind(Bindings.isEmpty(model.measurements()));
        export.setOnAction(event -> files.save(FileDialogs.Kind.CSV, texts.of("inspect.export"), "measures.csv")
                .ifPresent(model::export));
        measurements.setAccessibleText(texts.of("inspect.measures"));
        measurements.setItems(model.measurements());
        measurements.setPlaceholder(new Label(texts.of("inspect.noMeasurements")));
        measurements.setPrefHeight(TABLE_HEIGHT);
        measurements.getStyleClass().addAll(Styles.DENSE, "measurements");
        measurements.getColumns().add(column(texts.of("inspect.run"), Measurement::run, 110));
        measurements.getColumns().add(column(texts.of("inspect.step"), each -> Numbers.count(each.step()), 66));
        measurements
                .getColumns()
                .add(column(
                        texts.of("inspect.loss"),
                        each -> Numbers.rounded(each.metrics().trainLoss(), 3),
                        104));
        InspectModel.columns(quantities)
                .forEach(each -> measurements.getColumns().add(measureColumn(each)));
        measurements
                .getSelectionModel()
                .selectedItemProperty()
                .addListener((observable, before, now) -> measurements.refresh());
    }

    private static TableColumn<Measurement, String> column(
            String title, Function<Measurement, String> value, double width) {
        TableColumn<Measurement, String> column = new TableColumn<>(title);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        column.setPrefWidth(width);
        column.setSortable(false);
        return column;
    }

    /** A measure, with its ratio to the chosen row's; greyed where the comparison would be unfair. */
    private TableColumn<Measurement, Measurement> measureColumn(InspectModel.Column measure) {
        TableColumn<Measurement, Measurement> column = new TableColumn<>();
        Hyperlink head = new Hyperlink(measure.metric().key());
        head.setId("measure-" + measure.metric().key().toLowerCase(Locale.ROOT));
        head.setTooltip(new Tooltip(measure.text().title()));
        head.setOnAction(event -> definitions.show(
                head,
                new Definition(
                        measure.text().title(),
                        measure.text().definition(),
                        measure.text().formula(),
                        measure.text().source())));
        column.setGraphic(head);
        column.setSortable(false);
        column.setPrefWidth(118);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setCellFactory(of -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Measurement item, boolean empty) {
                super.updateItem(item, empty);
                getStyleClass().remove("unfair");
                setTooltip(null);
                if (empty || item == null) {
                    setText("");
                    return;
                }
                double value = item.value(measure.metric());
                boolean some = item.metrics().value(measure.metric()).isPresent();
                Measurement reference = measurements.getSelectionModel().getSelectedItem();
                String text = some ? Numbers.rounded(value, 3) : texts.of("inspect.none");
                if (some && reference != null && !reference.equals(item)) {
                    FairComparison comparison = item.comparedWith(reference);
                    text += "  \u00d7" + Numbers.rounded(value / reference.value(measure.metric()), 3);
                    setTooltip(new Tooltip(comparison.sentence()));
                    if (!comparison.fair()) {
                        getStyleClass().add("unfair");
                    }
                }
                setText(text);
            }
        });
        return column;
    }

    private void show(@Nullable Looks looks) {
        LayerLook now = looks == null ? null : looks.now();
        LayerLook then = looks == null ? null : looks.then();
        String nothing = now == null ? texts.of("inspect.willAppear") : "";
        show(weights, now, then, LayerLook.Part.WEIGHTS, nothing);
        show(
                activations,
                now,
                then,
                LayerLook.Part.ACTIVATIONS,
                now == null ? nothing : texts.of("inspect.noActivations"));
        spectrum.show(
                now == null ? null : Bars.of(now.singularValues()),
                then == null ? null : Bars.of(then.singularValues()),
                nothing);
        boolean adam = now != null && now.histograms().containsKey(LayerLook.Part.FIRST_MOMENT);
        show(
                first,
                now,
                then,
                adam ? LayerLook.Part.FIRST_MOMENT : LayerLook.Part.MOMENTUM,
                now == null ? nothing : texts.of("inspect.noBuffer"));
        show(
                second,
                now,
                then,
                adam ? LayerLook.Part.ROOT_OF_SECOND_MOMENT : LayerLook.Part.PENALTY_OF_MOMENTUM,
                now == null ? nothing : texts.of("inspect.noShadow"));
        show(decay, now, then, LayerLook.Part.EFFECTIVE_DECAY, now == null ? nothing : texts.of("inspect.noDecay"));
        figures.getChildren().clear();
        if (now != null) {
            figure("inspect.norm", now.norm(), then == null ? Double.NaN : then.norm(), 4);
            figure(
                    "inspect.spectralNorm",
                    now.singularValues()[0],
                    then == null ? Double.NaN : then.singularValues()[0],
                    4);
            figure("inspect.stableRank", now.stableRank(), then == null ? Double.NaN : then.stableRank(), 3);
            if (now.dead().isPresent()) {
                double before = then == null ? Double.NaN : then.dead().orElse(Double.NaN);
                figure("inspect.dead", 100 * now.dead().getAsDouble(), 100 * before, 3);
            } else {
                figures.getChildren().add(new Label(texts.of("inspect.noDead")));
            }
        }
    }

    private static void show(
            BarsPlot plot, @Nullable LayerLook now, @Nullable LayerLook then, LayerLook.Part part, String why) {
        plot.show(bars(now, part), bars(then, part), why);
    }

    private static @Nullable Bars bars(@Nullable LayerLook look, LayerLook.Part part) {
        Histogram histogram = look == null ? null : look.histograms().get(part);
        return histogram == null || histogram.total() == 0 ? null : Bars.of(histogram);
    }

    private void figure(String key, double now, double then, int digits) {
        String text = Double.isNaN(then)
                ? texts.of(key, Numbers.rounded(now, digits))
                : texts.of("inspect.was", texts.of(key, Numbers.rounded(now, digits)), Numbers.rounded(then, digits));
        figures.getChildren().add(new Label(text));
    }
}
