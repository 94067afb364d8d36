package decaylab.ui.base;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Pane;
import javafx.scene.shape.StrokeType;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/**
 * The words of a drawing, which lie over its canvas. A canvas has its text laid out by the rendering thread, at the same time as the
 * window lays out its labels, and on Linux JavaFX 21 is not safe against that: it throws, or takes the virtual machine down. These
 * are laid out by the window's thread, like labels; they are written with the font, the colours and the alignment of the canvas.
 */
public final class CanvasWords extends Pane {
    private int used;

    /** Without words. */
    public CanvasWords() {
        setManaged(false);
        setMouseTransparent(true);
    }

    /** Takes all words away, to write others. */
    public void begin() {
        getChildren().forEach(word -> word.setVisible(false));
        used = 0;
    }

    /** Writes words as the canvas would. */
    public void fillText(GraphicsContext graphics, String words, double x, double y) {
        fillText(graphics, words, x, y, Double.MAX_VALUE);
    }

    /**
     * The same, narrowed where there is no room.
     *
     * @param most width, in logical pixels
     */
    public void fillText(GraphicsContext graphics, String words, double x, double y, double most) {
        Text text = next(graphics, words);
        text.setFill(graphics.getFill());
        text.setStroke(null);
        place(text, graphics, x, y, most);
    }

    /** Writes words as the canvas would that strokes them first and then fills them. */
    public void outlinedText(GraphicsContext graphics, String words, double x, double y) {
        Text text = next(graphics, words);
        text.setFill(graphics.getFill());
        text.setStroke(graphics.getStroke());
        text.setStrokeType(StrokeType.OUTSIDE);
        text.setStrokeWidth(graphics.getLineWidth() / 2); // a canvas's lies half inside
        place(text, graphics, x, y, Double.MAX_VALUE);
    }

    private Text next(GraphicsContext graphics, String words) {
        if (used == getChildren().size()) {
            Text made = new Text();
            made.setManaged(false);
            getChildren().add(made);
        }
        Text text = (Text) getChildren().get(used++);
        text.setText(words);
        text.setFont(graphics.getFont());
        text.setTextOrigin(graphics.getTextBaseline());
        text.setOpacity(graphics.getGlobalAlpha());
        text.setVisible(true);
        return text;
    }

    private static void place(Text text, GraphicsContext graphics, double x, double y, double most) {
        double width = text.getLayoutBounds().getWidth();
        double shown = Math.min(width, most);
        text.setScaleX(width > most ? most / width : 1);
        TextAlignment align = graphics.getTextAlign();
        double left = align == TextAlignment.CENTER ? x - shown / 2 : align == TextAlignment.RIGHT ? x - shown : x;
        text.setX(left + (shown - width) / 2); // narrowed about its middle
        text.setY(y);
    }
}
