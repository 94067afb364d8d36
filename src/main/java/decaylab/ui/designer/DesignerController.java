package decaylab.ui.designer;

import atlantafx.base.theme.Styles;
import decaylab.data.DataCatalogue;
import decaylab.environment.EnvironmentKind;
import decaylab.experiment.Field;
import decaylab.ui.base.DefinitionPopover;
import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import decaylab.ui.base.WordRuns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

/** Makes a row for each field of an experiment, in sections that fold, and binds them. */
public final class DesignerController {
    private final DesignerModel model;
    private final DataCatalogue catalogue;
    private final DesignerActions actions;
    private final FileDialogs dialogs;
    private final Texts texts;
    private final FieldTexts fieldTexts;
    private final DefinitionPopover definitions;

    @FXML
    private Button open;

    @FXML
    private Button save;

    @FXML
    private ComboBox<String> preset;

    @FXML
    private Label presetDescription;

    @FXML
    private ScrollPane scroll;

    @FXML
    private VBox sections;

    @FXML
    private Label problem;

    @FXML
    private Button start;

    public DesignerController(
            DesignerModel model,
            DataCatalogue catalogue,
            DesignerActions actions,
            FileDialogs dialogs,
            Texts texts,
            FieldTexts fieldTexts,
            DefinitionPopover definitions) {
        this.model = model;
        this.catalogue = catalogue;
        this.actions = actions;
        this.dialogs = dialogs;
        this.texts = texts;
        this.fieldTexts = fieldTexts;
        this.definitions = definitions;
    }

    @FXML
    public void initialize() {
        Icons.only(open, Material2AL.FOLDER_OPEN, texts.of("designer.open"));
        Icons.only(save, Material2MZ.SAVE, texts.of("designer.save"));
        open.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        save.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        open.setOnAction(event -> actions.openExperiment());
        save.setOnAction(event -> actions.saveExperiment());
        start.setOnAction(event -> actions.startExperiment());
        start.disableProperty().bind(model.experiment().isNull());
        start.setTooltip(new Tooltip(texts.of("designer.startTip")));
        problem.textProperty().bind(model.problem());
        problem.visibleProperty().bind(model.problem().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        scroll.setFocusTraversable(false);
        bindPresets();
        makeSections();
    }

    private void bindPresets() {
        preset.getItems().setAll(model.presetNames());
        preset.setButtonCell(new ChosenPreset());
        presetDescription.setMinHeight(Region.USE_PREF_SIZE);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        Icons.describe(preset, texts.of("designer.preset"));
        preset.setOnAction(event -> {
            String chosen = preset.getValue();
            if (chosen != null && !chosen.equals(model.name().get())) {
                model.loadPreset(chosen);
            }
        });
        model.name().addListener((observable, before, now) -> showPreset(now));
        showPreset(model.name().get());
    }

    /** The preset that the form still is, and what it shows; or from where it was changed. */
    private void showPreset(String name) {
        boolean known = model.presetNames().contains(name);
        preset.setValue(known ? name : null);
        presetDescription.setText(
                known
                        ? WordRuns.apart(fieldTexts.preset(name, model.presetDescription(name)))
                        : texts.of(name.endsWith("*") ? "designer.changed" : "designer.from", name.replace("*", "")));
    }

    /** The list's own cell, which says what to do while nothing is chosen; the prompt text vanishes after the first choice. */
    private final class ChosenPreset extends ListCell<String> {
        @Override
        protected void updateItem(@Nullable String name, boolean empty) {
            super.updateItem(name, empty);
            setText(empty || name == null ? texts.of("designer.presetPrompt") : name);
        }
    }

    private void makeSections() {
        Map<String, VBox> bodies = new LinkedHashMap<>();
        for (Field field : model.fields()) {
            VBox body = bodies.computeIfAbsent(section(field), this::section);
            FieldRow row = new FieldRow(field, model, choices(field), dialogs, texts, fieldTexts, definitions);
            body.getChildren().add(row);
        }
    }

    private VBox section(String name) {
        VBox body = new VBox();
        body.getStyleClass().add("section-body");
        TitledPane pane = new TitledPane(texts.of("designer.section." + name), body);
        pane.getStyleClass().addAll(Styles.DENSE, "section");
        pane.setAnimated(false);
        pane.setExpanded(name.equals("decay"));
        sections.getChildren().add(pane);
        return body;
    }

    private static String section(Field field) {
        int dot = field.path().indexOf('.');
        return dot < 0 ? "run" : field.path().substring(0, dot);
    }

    private List<String> choices(Field field) {
        return switch (field) {
            case DATA_NAME ->
                Stream.concat(
                                catalogue.entries().stream().map(DataCatalogue.Entry::name),
                                EnvironmentKind.words().stream())
                        .toList();
            case OPTIMIZER_SCHEDULE, DECAY_SCHEDULE ->
                java.util.Arrays.stream(ScheduleKind.values())
                        .map(ScheduleKind::word)
                        .toList();
            default -> field.choices();
        };
    }
}
