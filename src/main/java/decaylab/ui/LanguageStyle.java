package decaylab.ui;

import decaylab.ui.base.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javafx.scene.text.Font;

/** The window's lettering in a language: the fonts that the charts have, so that it looks the same on every system. */
final class LanguageStyle {
    private static final String SHEET = "lab.css";
    private static final double ANY_SIZE = 13;

    private final Language language;

    LanguageStyle(Language language) {
        this.language = language;
    }

    /** Makes the fonts of all languages known, since the menu names each language in its own letters. */
    void loadFonts(List<Language> languages) {
        load("Inter-Regular.otf");
        load("Inter-SemiBold.otf");
        for (Language each : languages) {
            if (!each.font().isEmpty()) {
                load(fileName(each, "Regular"));
                load(fileName(each, "SemiBold"));
            }
        }
    }

    private static String fileName(Language language, String weight) {
        return language.font().replace(" ", "") + "-" + weight + ".ttf";
    }

    private static void load(String name) {
        String path = "/decaylab/chart/fonts/" + name;
        URL file = LanguageStyle.class.getResource(path);
        if (file == null || Font.loadFont(file.toExternalForm(), ANY_SIZE) == null) {
            throw new IllegalStateException("the font " + path + " is missing or damaged");
        }
    }

    /**
     * The style sheet. A family cannot be a variable of a style sheet, and several dozen rules name the bolder one: for another
     * lettering the sheet is given with the names of its families instead of Inter's.
     */
    String sheet() {
        if (language.font().isEmpty()) {
            return Views.resource(SHEET).toExternalForm();
        }
        try (InputStream in = Views.resource(SHEET).openStream()) {
            String rules = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"Inter Semi Bold\"", "\"" + language.font() + " Semi Bold\"")
                    .replace("\"Inter\"", "\"" + language.font() + "\"");
            return "data:text/css;base64," + Base64.getEncoder().encodeToString(rules.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
