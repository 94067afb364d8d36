package decaylab.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The lettering of charts: Inter, which the lab brings along, since a Java runtime may have no font at all. */
final class Fonts {
    private final Font regular;
    private final Font semiBold;

    Fonts() {
        regular = load("Inter-Regular.otf");
        semiBold = load("Inter-SemiBold.otf");
    }

    private static Font load(String name) {
        try (InputStream in = Fonts.class.getResourceAsStream("fonts/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the font " + name + " is missing from the lab's files");
            }
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (FontFormatException e) {
            throw new IllegalStateException("the font " + name + " is damaged", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Font regular(float size) {
        return regular.deriveFont(size);
    }

    Font semiBold(float size) {
        return semiBold.deriveFont(size);
    }
}
