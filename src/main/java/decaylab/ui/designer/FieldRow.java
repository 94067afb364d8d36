package decaylab.ui.designer;

import atlantafx.base.controls.ToggleSwitch;
import atlantafx.base.theme.Styles;
import decaylab.experiment.Field;
import decaylab.ui.base.DefinitionPopover;
import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import decaylab.ui.base.WordRuns;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.StringProperty;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.material2.Material2AL;

/** A field of an experiment: name, unit and range, editor, "?", and the sentence that says what is wrong with it. */
final class FieldRow extends VBox {
    private static final double EDITOR_WIDTH = 124;

    private final Field field;
    private final DesignerModel model;
    private final FileDialogs dialogs;
    private final Texts texts;
    private final FieldTexts fieldTexts;

    FieldRow(
            Field field,
            DesignerModel model,
            List<String> choices,
            FileDialogs dialogs,
            Texts texts,
            FieldTexts fieldTexts,
            DefinitionPopover definitions) {
        this.field = field;
        this.model = model;
        this.dialogs = dialogs;
        this.texts = texts;
        this.fieldTexts = fieldTexts;
        getStyleClass().add("field-row");
        setId("field-" + field.path().replace('.', '-'));

        Label name = new Label(WordRuns.apart(fieldTexts.label(field)));
        name.setMinWidth(0);
        name.setWrapText(true);
        Button help = new Button();
        help.getStyleClass().addAll(Styles.FLAT, "help");
        help.setMinWidth(Region.USE_PREF_SIZE);
        Icons.only(help, Material2AL.HELP_OUTLINE, texts.of("designer.help", fieldTexts.label(field)));
        help.setOnAction(event -> definitions.show(help, fieldTexts.of(field)));
        HBox title = new HBox(name, help);
        title.setAlignment(Pos.CENTER_LEFT);
        title.setMinWidth(0);
        HBox.setHgrow(title, Priority.ALWAYS);
        Label caption = new Label();
        caption.getStyleClass().add("field-caption");
        caption.setWrapText(true);
        caption.setMinHeight(USE_PREF_SIZE);

        Node editor = editor(choices);
        HBox line = new HBox(6, title, editor);
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(line, caption);
        if (DesignerModel.isSchedule(field)) {
            getChildren().add(new SchedulePane(field, model, texts, fieldTexts));
        }
        Label error = new Label();
        error.getStyleClass().add("field-error");
        error.setWrapText(true);
        error.setMinHeight(USE_PREF_SIZE);
        error.textProperty().bind(model.error(field));
        error.visibleProperty().bind(model.error(field).isNotEmpty());
        error.managedProperty().bind(error.visibleProperty());
        getChildren().add(error);
        model.error(field)
                .addListener((observable, before, now) ->
                        editor.pseudoClassStateChanged(Styles.STATE_DANGER, !now.isEmpty()));
        model.experiment().addListener((observable, before, now) -> showUse(caption));
        showUse(caption);
    }

    /** Unit and range; or why the field makes no difference in this experiment. */
    private void showUse(Label caption) {
        String unused =
                model.unused(field).map(use -> texts.of(use.key(), use.by())).orElse("");
        String text = unused.isEmpty() ? fieldTexts.caption(field) : unused;
        caption.setText(WordRuns.apart(text));
        caption.setVisible(!text.isEmpty());
        caption.setManaged(!text.isEmpty());
        setOpacity(unused.isEmpty() ? 1 : 0.55);
    }

    private Node editor(List<String> choices) {
        StringProperty text = model.text(field);
        if (!choices.isEmpty()) {
            ComboBox<String> box = new ComboBox<>();
            box.getItems().setAll(choices);
            box.setEditable(field == Field.DECAY_LAYERS || field == Field.SYNTHETIC_AT); // names of layers are written
            box.valueProperty().bindBidirectional(text);
            return sized(box);
        }
        if (field.isSwitch()) {
            ToggleSwitch toggle = new ToggleSwitch();
            toggle.setSelected(Boolean.parseBoolean(text.get()));
            toggle.selectedProperty().addListener((observable, before, now) -> text.set(Boolean.toString(now)));
            text.addListener((observable, before, now) -> toggle.setSelected(Boolean.parseBoolean(now)));
            describe(toggle);
            return toggle;
        }
        TextField box = new TextField();
        box.textProperty().bindBidirectional(text);
        if (field != Field.DATA_FOLDER) {
            return sized(box);
        }
        Button browse = new Button();
        Icons.only(browse, Material2AL.FOLDER_OPEN, texts.of("designer.browse"));
        browse.getStyleClass().addAll(Styles.BUTTON_ICON);
        browse.setMinWidth(Region.USE_PREF_SIZE);
        browse.setOnAction(event ->
                dialogs.folder(texts.of("designer.browse")).map(Path::toString).ifPresent(text::set));
        sized(box);
        box.setMinWidth(0);
        HBox both = new HBox(4, box, browse);
        both.setAlignment(Pos.CENTER_RIGHT);
        both.setPrefWidth(EDITOR_WIDTH);
        both.setMinWidth(EDITOR_WIDTH);
        return both;
    }

    private Control sized(Control editor) {
        editor.setPrefWidth(EDITOR_WIDTH);
        editor.setMinWidth(EDITOR_WIDTH);
        editor.setMaxWidth(EDITOR_WIDTH);
        describe(editor);
        return editor;
    }

    private void describe(Control editor) {
        editor.setId("editor-" + field.path().replace('.', '-'));
        String caption = fieldTexts.caption(field);
        editor.setAccessibleText(fieldTexts.label(field) + (caption.isEmpty() ? "" : ", " + caption));
        editor.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT); // what the file has, in every language
        Tooltip tooltip = new Tooltip(field.path() + ": " + field.allowed());
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(360);
        editor.setTooltip(tooltip);
    }
}
