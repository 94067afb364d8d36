package decaylab.ui.journal;

import atlantafx.base.theme.Styles;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

/** Binds the page with the journal. */
public final class JournalController {
    private final JournalModel model;
    private final Texts texts;

    @FXML
    private Button journalClose;

    @FXML
    private Button journalClass;

    @FXML
    private Button journalSave;

    @FXML
    private VBox journalLines;

    @FXML
    private Label journalEmpty;

    @FXML
    private TextField journalAuthor;

    @FXML
    private TextArea journalNotes;

    @FXML
    private Label journalKept;

    public JournalController(JournalModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        Icons.only(journalClose, Icons.back(texts), texts.of("journal.close"));
        journalClose.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        journalClose.setOnAction(event -> model.open().set(false));
        Icons.describe(journalClass, texts.of("journal.classTip"));
        journalClass.setOnAction(event -> model.drawClass());
        journalSave.getStyleClass().add(Styles.ACCENT);
        Icons.describe(journalSave, texts.of("journal.saveTip"));
        journalSave.setOnAction(event -> model.save());
        journalAuthor.textProperty().bindBidirectional(model.author());
        journalNotes.textProperty().bindBidirectional(model.notes());
        journalKept.setText(texts.of("journal.kept", model.kept().toString()));
        journalEmpty.visibleProperty().bind(Bindings.isEmpty(model.lines()));
        journalEmpty.managedProperty().bind(journalEmpty.visibleProperty());
        model.lines().addListener((ListChangeListener<JournalModel.Line>) change -> show());
        show();
    }

    private void show() {
        journalLines.getChildren().setAll(journalEmpty);
        for (JournalModel.Line line : model.lines()) {
            Label title = new Label(line.title());
            title.getStyleClass().add("journal-title");
            title.setGraphic(new FontIcon(
                    switch (line.about()) {
                        case LESSON -> Material2MZ.SCHOOL;
                        case RUN -> Material2AL.DIRECTIONS_RUN;
                        case PREDICTION -> Material2AL.EDIT;
                        case EXPLANATION -> Material2AL.CHAT_BUBBLE_OUTLINE;
                    }));
            Text words = new Text(line.words());
            words.getStyleClass().add("markdown-text");
            VBox box = new VBox(title, new TextFlow(words)); // a label draws Arabic lines beyond its edge
            box.getStyleClass().add("journal-line");
            journalLines.getChildren().add(box);
        }
    }
}
