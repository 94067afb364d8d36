package decaylab.ui.base;

import com.sun.javafx.text.GlyphLayout;

/** How JavaFX lays text out. */
public final class TextLayouts {
    private TextLayouts() {}

    /**
     * Keeps the layouts of threads apart. JavaFX 21 has one that whoever comes first may use, and the others make their own; but it is
     * given back before it is emptied, so that on Linux a canvas, whose text the rendering thread lays out, and a label can get hold of
     * it together, and the layout of the label fails. Taken here and never given back, it is nobody's.
     */
    public static void keepApart() {
        GlyphLayout.getInstance();
    }
}
