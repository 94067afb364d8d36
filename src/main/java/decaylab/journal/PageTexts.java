package decaylab.journal;

import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import java.text.MessageFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The words of a journal's page in one language; in English where that language has none. */
final class PageTexts {
    /** Has what stands between them find its own direction: a name in Latin letters within an Arabic sentence, or the reverse. */
    private static final char ISOLATE = '\u2068';

    private static final char END = '\u2069';

    private final ResourceBundle bundle;
    private final QuantityTexts quantities;

    /** @param tag of the language; empty for English */
    PageTexts(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        bundle = ResourceBundle.getBundle(
                "decaylab.journal.page",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        quantities = new QuantityTexts(locale);
    }

    /** A sentence with its places filled. */
    String of(String key, String... arguments) {
        Object[] filled = new Object[arguments.length];
        boolean mixed = bundle.getString("dir").equals("rtl");
        for (int i = 0; i < filled.length; i++) {
            filled[i] = mixed ? ISOLATE + arguments[i] + END : arguments[i];
        }
        return new MessageFormat(bundle.getString(key), Locale.ROOT).format(filled);
    }

    /** The name of a quantity. */
    String of(Quantity quantity) {
        return quantities.of(quantity).title();
    }

    /** A word of the lab's files, such as a state; itself where it has no other name. */
    String word(String group, String word) {
        String key = group + "." + word;
        return bundle.containsKey(key) ? bundle.getString(key) : word;
    }

    /** Those that the template names, and the names of the quantities that it shows. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String key : bundle.keySet()) {
            if (key.indexOf('.') < 0 && bundle.getString(key).indexOf('{') < 0) {
                all.put(key, bundle.getString(key));
            }
        }
        all.put("norm", of(Quantity.NORM));
        all.put("elr", of(Quantity.EFFECTIVE_LEARNING_RATE));
        all.put("accuracy", of(Quantity.TEST_ACCURACY));
        all.put("loss", of(Quantity.TEST_LOSS));
        return all;
    }
}
