package decaylab.ui.run;

import atlantafx.base.theme.Styles;
import decaylab.chart.Theme;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.kordamp.ikonli.material2.Material2AL;

/** Binds the list of runs. */
public final class RunsController {
    private final LabSession session;
    private final RunActions actions;
    private final Texts texts;
    private final RunDetails details;
    private final ObservableValue<Theme> theme;

    @FXML
    private Button library;

    @FXML
    private Button open;

    @FXML
    private ListView<RunEntry> list;

    /** @param theme what the window's colours are */
    public RunsController(
            LabSession session, RunDetails details, RunActions actions, ObservableValue<Theme> theme, Texts texts) {
        this.theme = theme;
        this.session = session;
        this.details = details;
        this.actions = actions;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        Icons.only(open, Material2AL.FOLDER_OPEN, texts.of("runs.open"));
        open.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        open.setOnAction(event -> actions.openRun());
        Icons.only(library, Material2AL.LIBRARY_BOOKS, texts.of("runs.library"));
        library.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        library.setOnAction(event -> actions.openLibrary());
        Label empty = new Label(texts.of("runs.empty"));
        empty.setWrapText(true);
        empty.getStyleClass().addAll(Styles.TEXT_MUTED, "placeholder");
        list.setPlaceholder(empty);
        list.setAccessibleText(texts.of("runs.title"));
        list.setMinHeight(60);
        list.setEditable(true);
        list.setItems(session.runs());
        list.setCellFactory(view -> new RunCell(session, details, actions, theme, texts));
        list.setOnKeyPressed(event -> {
            RunEntry chosen = list.getSelectionModel().getSelectedItem();
            if (chosen != null && event.getCode() == KeyCode.DELETE) {
                session.remove(chosen);
            }
        });
        session.runs().addListener((ListChangeListener<RunEntry>) change -> {
            while (change.next()) {
                if (change.wasAdded()) {
                    list.scrollTo(change.getTo() - 1);
                }
            }
        });
    }
}
