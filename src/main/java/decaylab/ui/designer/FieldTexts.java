package decaylab.ui.designer;

import decaylab.experiment.Field;
import decaylab.ui.base.Definition;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The words for a field: its name, and what is behind its "?". English names, units and ranges are the field's own, since
 * sentences about experiments name them, too; other languages have the names in their files.
 */
public final class FieldTexts {
    private final ResourceBundle bundle;

    /** In English. */
    public FieldTexts() {
        this(Locale.ROOT);
    }

    /** @param locale of the language; the root for English */
    public FieldTexts(Locale locale) {
        bundle = ResourceBundle.getBundle(
                "decaylab.ui.fields",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** Its name on screen. */
    public String label(Field field) {
        return optional(field.path() + ".label", field.label());
    }

    /** Its unit and range, below it; empty where choices say it. */
    String caption(Field field) {
        return optional(field.path() + ".caption", DesignerModel.caption(field));
    }

    /**
     * What a preset shows.
     *
     * @param english what its own file says
     */
    String preset(String name, String english) {
        return optional("preset." + name, english);
    }

    private String optional(String key, String otherwise) {
        return bundle.containsKey(key) ? bundle.getString(key) : otherwise;
    }

    /** What a field means. */
    public Definition of(Field field) {
        String key = field.path();
        return new Definition(
                label(field),
                bundle.getString(key + ".definition"),
                bundle.getString(key + ".formula"),
                bundle.getString(key + ".source"));
    }
}
