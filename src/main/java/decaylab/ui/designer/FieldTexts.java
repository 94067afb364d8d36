package decaylab.ui.designer;

import decaylab.experiment.Field;
import decaylab.ui.base.Definition;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words behind the "?" of a field. Label, unit and range are the field's own. */
public final class FieldTexts {
    private final ResourceBundle bundle = ResourceBundle.getBundle("decaylab.ui.fields", Locale.ROOT);

    /** What a field means. */
    public Definition of(Field field) {
        String key = field.path();
        return new Definition(
                field.label(),
                bundle.getString(key + ".definition"),
                bundle.getString(key + ".formula"),
                bundle.getString(key + ".source"));
    }
}
