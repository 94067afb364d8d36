package decaylab.ui.base;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The window's words. */
public final class Texts {
    private final ResourceBundle bundle = ResourceBundle.getBundle("decaylab.ui.texts", Locale.ROOT);

    /** The bundle itself, for FXML. */
    public ResourceBundle bundle() {
        return bundle;
    }

    /**
     * A text with its places filled.
     *
     * @throws MissingResourceException where there is none of that name
     */
    public String of(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, Locale.ROOT).format(arguments);
    }
}
