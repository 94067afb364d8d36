package decaylab.instrument;

import java.util.Locale;
import java.util.ResourceBundle;

/** The words for each quantity: what the window's "?" opens and what {@code list instruments} prints. */
public final class QuantityTexts {
    private final ResourceBundle bundle = ResourceBundle.getBundle("decaylab.instrument.quantities", Locale.ROOT);

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
}
