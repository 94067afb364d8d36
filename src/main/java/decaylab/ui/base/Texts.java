package decaylab.ui.base;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The window's words in one language; in English where that language has none yet. */
public final class Texts {
    // Around what is put into a sentence that runs from right to left: it keeps its own direction, and the sentence its order.
    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char LEFT_TO_RIGHT_ISOLATE = '\u2066';
    private static final char POP_ISOLATE = '\u2069';

    private final ResourceBundle bundle;
    private final boolean rightToLeft;

    /** In English. */
    public Texts() {
        this(Language.ENGLISH);
    }

    public Texts(Language language) {
        bundle = bundle("decaylab.ui.texts", language.locale());
        rightToLeft = language.rightToLeft();
    }

    /** The bundle of a name, without a look at what the system speaks. */
    static ResourceBundle bundle(String name, Locale locale) {
        return ResourceBundle.getBundle(
                name, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The bundle itself, for FXML. */
    public ResourceBundle bundle() {
        return bundle;
    }

    /**
     * A text with its places filled. Numbers are written in every language with the digits 0 to 9 and a point, as they stand
     * in the lab's files and as its fields take them, so that what is read on screen can be typed.
     *
     * @throws MissingResourceException where there is none of that name
     */
    public String of(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        if (arguments.length == 0) {
            return pattern;
        }
        return new MessageFormat(pattern, Locale.ROOT).format(rightToLeft ? isolated(arguments) : arguments);
    }

    private static Object[] isolated(Object[] arguments) {
        Object[] all = arguments.clone();
        for (int i = 0; i < all.length; i++) {
            if (all[i] instanceof String text && !text.isEmpty()) {
                all[i] = isolated(text);
            }
        }
        return all;
    }

    /** What has no letter, such as -3 % or [1e-3, 2], is read from left to right; a name by its first letter. */
    private static String isolated(String text) {
        boolean letters = text.chars().anyMatch(Character::isLetter);
        return (letters ? FIRST_STRONG_ISOLATE : LEFT_TO_RIGHT_ISOLATE) + text + POP_ISOLATE;
    }
}
