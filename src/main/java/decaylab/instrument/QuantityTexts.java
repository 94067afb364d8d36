package decaylab.instrument;

import java.text.Bidi;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The words for each quantity and on charts: what the window's "?" opens and what {@code list instruments} prints. In English
 * where a language has none yet.
 */
public final class QuantityTexts {
    private final ResourceBundle bundle;

    /** In English. */
    public QuantityTexts() {
        this(Locale.ROOT);
    }

    /** @param locale of the language; the root for English */
    public QuantityTexts(Locale locale) {
        bundle = ResourceBundle.getBundle(
                "decaylab.instrument.quantities",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /**
     * @param title short name, as a chart's title
     * @param unit of the values; empty where they have none
     * @param definition one sentence
     * @param formula in plain characters
     * @param source where the definition is from
     */
    public record Text(String title, String unit, String definition, String formula, String source) {}

    /** The words for a quantity. */
    public Text of(Quantity quantity) {
        String key = quantity.name();
        return new Text(
                bundle.getString(key + ".title"),
                bundle.getString(key + ".unit"),
                bundle.getString(key + ".definition"),
                bundle.getString(key + ".formula"),
                bundle.getString(key + ".source"));
    }

    /**
     * Other words that stand on charts, with their places filled.
     *
     * @param key of them, without what all of them begin with
     */
    public String onChart(String key, Object... arguments) {
        String pattern = bundle.getString("chart." + key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, Locale.ROOT).format(arguments);
    }

    /** Whether sentences of this language run from right to left: charts run from left to right in every language. */
    public boolean rightToLeft() {
        return !new Bidi(of(Quantity.NORM).definition(), Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight();
    }
}
