package decaylab.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The lettering of charts, which the lab brings along, since a Java runtime may have no font at all: Inter, and for words with
 * letters that Inter lacks Lab Arabic, which also has Latin and Greek ones. Java draws a string in one font.
 */
final class Fonts {
    private final Font regular;
    private final Font semiBold;
    private final Font regularArabic;
    private final Font semiBoldArabic;

    Fonts() {
        regular = load("Inter-Regular.otf");
        semiBold = load("Inter-SemiBold.otf");
        regularArabic = load("LabArabic-Regular.ttf");
        semiBoldArabic = load("LabArabic-SemiBold.ttf");
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

    /** For figures and what else is Latin in every language. */
    Font regular(float size) {
        return regular.deriveFont(size);
    }

    /** For a text in any language. */
    Font regular(float size, String text) {
        return pick(regular, regularArabic, text).deriveFont(size);
    }

    /** For a title in any language. */
    Font semiBold(float size, String text) {
        return pick(semiBold, semiBoldArabic, text).deriveFont(size);
    }

    /** The second only for what it can draw and the first cannot: a name in a third script is no reason to change. */
    private static Font pick(Font first, Font second, String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (!first.canDisplay(letter) && second.canDisplay(letter)) {
                return second;
            }
        }
        return first;
    }
}
