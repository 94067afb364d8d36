package decaylab.ui.run;

import decaylab.chart.Theme;
import decaylab.train.Translation;
import decaylab.ui.base.CanvasWords;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.geometry.NodeOrientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/**
 * A word, what the current run makes of it, and the attention as a matrix: a row for each letter of the translation, a column for each
 * of the word. Hidden where the run does not translate.
 */
public final class TranslationController {
    private static final double MARGIN = 16;
    private static final double LARGEST_CELL = 15;
    private static final double HEIGHT = 230;
    /** Below that letters cannot be read. */
    private static final double LEAST_LETTER = 6;

    private static final Color ON_LIGHT = Color.web("#0072B2");
    private static final Color ON_DARK = Color.web("#56B4E9");

    private final LiveTranslation model;
    private final ObservableValue<Theme> theme;
    private final Texts texts;
    private final Canvas canvas = new Canvas();
    private final CanvasWords lettering = new CanvasWords();

    @FXML
    private VBox root;

    @FXML
    private Label step;

    @FXML
    private TextField word;

    @FXML
    private Label translation;

    @FXML
    private StackPane place;

    /**
     * @param theme what the window's colours are
     */
    public TranslationController(LiveTranslation model, ObservableValue<Theme> theme, Texts texts) {
        this.model = model;
        this.theme = theme;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        root.visibleProperty().bind(model.meaningful());
        root.managedProperty().bind(model.meaningful());
        word.textProperty().bindBidirectional(model.word());
        word.setAccessibleText(texts.of("translation.word"));
        place.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        Matrix matrix = new Matrix();
        place.getChildren().setAll(matrix);
        place.setMinHeight(HEIGHT);
        place.setMaxHeight(HEIGHT);
        model.answer().addListener((observable, before, now) -> show());
        model.problem().addListener((observable, before, now) -> show());
        theme.addListener((observable, before, now) -> show());
        show();
    }

    private void show() {
        LiveTranslation.Answer answer = model.answer().get();
        if (answer == null) {
            step.setText("");
            String problem = model.problem().get();
            translation.setText(problem.isEmpty() ? texts.of("translation.waiting") : problem);
            place.setAccessibleText(texts.of("translation.accessible", ""));
        } else {
            Translation made = answer.translation();
            step.setText(texts.of("translation.step", Numbers.count(answer.step())));
            translation.setText(made.ended() ? made.text() : texts.of("translation.endless", made.text()));
            place.setAccessibleText(texts.of("translation.accessible", made.text()));
        }
        draw();
    }

    private void draw() {
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        lettering.begin();
        LiveTranslation.Answer answer = model.answer().get();
        if (answer == null) {
            return;
        }
        Translation made = answer.translation();
        int rows = made.target().size(); // without the end
        int columns = made.source().size();
        double across = Math.min(LARGEST_CELL, (canvas.getWidth() - MARGIN) / columns);
        double down = Math.min(LARGEST_CELL, (canvas.getHeight() - MARGIN) / Math.max(1, rows));
        Color full = theme.getValue().isDark() ? ON_DARK : ON_LIGHT;
        graphics.setTextAlign(TextAlignment.CENTER);
        graphics.setTextBaseline(VPos.CENTER);
        Color letters = theme.getValue().isDark() ? Color.gray(0.8) : Color.gray(0.25);
        for (int row = 0; row < rows; row++) {
            double top = MARGIN + row * down;
            for (int column = 0; column < columns; column++) {
                double weight = Math.max(0, Math.min(1, made.attention()[row][column]));
                graphics.setFill(full.deriveColor(0, 1, 1, 0.06 + 0.94 * weight));
                graphics.fillRect(MARGIN + column * across, top, Math.max(1, across - 1), Math.max(1, down - 1));
            }
            if (down >= LEAST_LETTER) {
                graphics.setFill(letters);
                graphics.setFont(Font.font(Math.min(12, down + 1)));
                lettering.fillText(graphics, made.target().get(row), MARGIN / 2, top + down / 2);
            }
        }
        if (across >= LEAST_LETTER) {
            graphics.setFill(letters);
            graphics.setFont(Font.font(Math.min(12, across + 1)));
            for (int column = 0; column < columns; column++) {
                lettering.fillText(graphics, made.source().get(column), MARGIN + (column + 0.5) * across, MARGIN / 2);
            }
        }
    }

    /** Keeps the canvas as large as there is room. */
    private final class Matrix extends Region {
        Matrix() {
            setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
            getChildren().setAll(canvas, lettering);
        }

        @Override
        protected void layoutChildren() {
            if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
                canvas.setWidth(getWidth());
                canvas.setHeight(getHeight());
                draw();
            }
        }
    }
}
