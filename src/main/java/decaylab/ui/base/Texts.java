package decaylab.ui.base;

import java.text.Bidi;
import java.text.MessageFormat;
import java.util.Enumeration;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import javafx.geometry.NodeOrientation;

/** The window's words in one language; in English where that language has none yet. */
public final class Texts {
    // Around what is put into a sentence that runs from right to left, so that a minus stays before its number and a
    // bracket
    // behind its name. Isolates would do the same, but JavaFX draws a box for each that stands beside Arabic letters.
    private static final char LEFT_TO_RIGHT_MARK = '\u200e';

    private final ResourceBundle bundle;
    private final boolean rightToLeft;
    private final String tag;

    /** In English. */
    public Texts() {
        this(Language.ENGLISH);
    }

    public Texts(Language language) {
        bundle = bundle("decaylab.ui.texts", language.locale());
        rightToLeft = language.rightToLeft();
        tag = language.tag();
    }

    /** The bundle of a name, without a look at what the system speaks. */
    static ResourceBundle bundle(String name, Locale locale) {
        return ResourceBundle.getBundle(
                name, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The texts that stand in FXML. */
    public ResourceBundle bundle() {
        return new ResourceBundle() {
            @Override
            protected Object handleGetObject(String key) {
                return laidOut(bundle.getString(key));
            }

            @Override
            public Enumeration<String> getKeys() {
                return bundle.getKeys();
            }
        };
    }

    private String laidOut(String text) {
        return rightToLeft ? WordRuns.apart(text) : text;
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
            return laidOut(pattern);
        }
        return laidOut(new MessageFormat(pattern, Locale.ROOT).format(rightToLeft ? marked(arguments) : arguments));
    }

    /** As {@link #of}, without a trace of how it is shown: a name that goes into files. */
    public String name(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), Locale.ROOT).format(arguments);
    }

    /** Tag of the language, such as "es"; empty for English. */
    public String tag() {
        return tag;
    }

    /** As {@link #of}, for a place outside the window, such as a dialog of the system. */
    public String outside(String key, Object... arguments) {
        return WordRuns.outside(of(key, arguments));
    }

    /** How words of this language run, for a place whose own direction is another. */
    public NodeOrientation orientation() {
        return rightToLeft ? NodeOrientation.RIGHT_TO_LEFT : NodeOrientation.LEFT_TO_RIGHT;
    }

    private static Object[] marked(Object[] arguments) {
        Object[] all = arguments.clone();
        for (int i = 0; i < all.length; i++) {
            if (all[i] instanceof String text && !text.isEmpty() && !hasRightToLeft(text)) {
                all[i] = LEFT_TO_RIGHT_MARK + text + LEFT_TO_RIGHT_MARK;
            }
        }
        return all;
    }

    /** Such a text finds its order by itself. */
    private static boolean hasRightToLeft(String text) {
        return Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    }
}
