package decaylab.ui.run;

import atlantafx.base.theme.Styles;
import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2MZ;

/** A run in the list: its colour, name and state, an eye that shows or hides it, and a menu. */
final class RunCell extends ListCell<RunEntry> {
    private final RunDetails details;
    private final Texts texts;
    private final ObservableValue<Theme> theme;
    private final Rectangle swatch = new Rectangle(6, 30);
    private final Label name = new Label();
    private final TextField editor = new TextField();
    private final Label detail = new Label();
    private final ToggleButton eye = new ToggleButton();
    private final MenuButton more = new MenuButton();
    private final HBox content;
    private @Nullable RunEntry bound;

    RunCell(LabSession session, RunDetails details, RunActions actions, ObservableValue<Theme> theme, Texts texts) {
        this.details = details;
        this.texts = texts;
        this.theme = theme;
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        getStyleClass().add("run-cell");
        swatch.setArcWidth(4);
        swatch.setArcHeight(4);
        name.getStyleClass().add(Styles.TEXT_BOLD);
        detail.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
        eye.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON, "small-icon", "run-eye");
        more.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON, "no-arrow", "small-icon", "run-more");
        more.setGraphic(new FontIcon(Material2MZ.MORE_VERT));
        more.getItems()
                .setAll(
                        item("runs.useSettings", () -> actions.useSettings(getItem())),
                        item("runs.transplant", () -> actions.transplant(getItem())),
                        item("runs.rename", this::startEdit),
                        item("runs.exportCsv", () -> actions.exportCsv(getItem())),
                        item("runs.goBack", () -> session.goBackTo(getItem())),
                        item("runs.off", () -> session.remove(getItem())));
        VBox words = new VBox(1, name, editor, detail);
        words.setMinWidth(0);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        eye.setMinWidth(Region.USE_PREF_SIZE);
        more.setMinWidth(Region.USE_PREF_SIZE);
        content = new HBox(swatch, words, eye, more);
        content.setAlignment(Pos.CENTER_LEFT);
        HBox.setMargin(swatch, new javafx.geometry.Insets(0, 8, 0, 0));
        setPrefWidth(0); // as wide as the list
        eye.selectedProperty().addListener((observable, before, now) -> showEye(now));
        showEditor(false);
        editor.setOnAction(event -> commit());
        editor.focusedProperty().addListener((observable, before, now) -> {
            if (!now && isEditing()) {
                commit();
            }
        });
        editor.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                cancelEdit();
                event.consume();
            }
        });
    }

    private MenuItem item(String key, Runnable action) {
        MenuItem item = new MenuItem(texts.of(key));
        item.setOnAction(event -> action.run());
        return item;
    }

    @Override
    protected void updateItem(@Nullable RunEntry run, boolean empty) {
        super.updateItem(run, empty);
        if (run == bound && !empty) {
            return;
        }
        release();
        if (empty || run == null) {
            setGraphic(null);
            return;
        }
        bound = run;
        swatch.fillProperty().bind(Bindings.createObjectBinding(() -> colour(run), theme));
        name.textProperty().bind(run.nameProperty());
        detail.textProperty().bind(details.of(run));
        eye.selectedProperty().bindBidirectional(run.visibleProperty());
        showEye(run.visibleProperty().get());
        more.setAccessibleText(texts.of("runs.actions", run.name()));
        setAccessibleText(run.name());
        setGraphic(content);
    }

    private Paint colour(RunEntry run) {
        int rgb = Palette.colour(run.colour(), theme.getValue());
        return Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    private void release() {
        RunEntry before = bound;
        bound = null;
        name.textProperty().unbind();
        swatch.fillProperty().unbind();
        detail.textProperty().unbind();
        if (before != null) {
            eye.selectedProperty().unbindBidirectional(before.visibleProperty());
        }
    }

    private void showEye(boolean visible) {
        RunEntry run = bound;
        Icons.only(
                eye,
                visible ? Material2MZ.VISIBILITY : Material2MZ.VISIBILITY_OFF,
                texts.of(visible ? "runs.hide" : "runs.show", run == null ? "" : run.name()));
        swatch.setOpacity(visible ? 1 : 0.25);
        name.setOpacity(visible ? 1 : 0.5);
    }

    @Override
    public void startEdit() {
        super.startEdit();
        if (isEditing()) {
            editor.setText(getItem().name());
            showEditor(true);
            editor.requestFocus();
            editor.selectAll();
        }
    }

    private void commit() {
        String wanted = editor.getText().strip();
        RunEntry run = getItem();
        if (run != null && !wanted.isEmpty()) {
            run.nameProperty().set(wanted);
        }
        cancelEdit();
    }

    @Override
    public void cancelEdit() {
        super.cancelEdit();
        showEditor(false);
    }

    private void showEditor(boolean editing) {
        editor.setVisible(editing);
        editor.setManaged(editing);
        name.setVisible(!editing);
        name.setManaged(!editing);
    }
}
