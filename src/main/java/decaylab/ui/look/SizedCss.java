package decaylab.ui.look;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stylesheet with all its lengths multiplied. Menus, tooltips and lists that drop down are windows of their own, which no
 * {@link Zoom} reaches; they get their size from here.
 */
public final class SizedCss {
    private static final Pattern LENGTH = Pattern.compile("(-?\\d+(?:\\.\\d+)?)px");

    private SizedCss() {}

    /**
     * Multiplies.
     *
     * @param css a stylesheet's text, its lengths in px
     * @param factor above 0
     */
    public static String times(String css, double factor) {
        Matcher lengths = LENGTH.matcher(css);
        return lengths.replaceAll(
                length -> String.format(Locale.ROOT, "%.3fpx", Double.parseDouble(length.group(1)) * factor));
    }

    /** The address under which a scene finds a stylesheet that is in no file. */
    public static String address(String css) {
        return "data:text/css;base64," + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
    }
}
