package decaylab.ui.designer;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.experiment.Field;
import decaylab.ui.base.Definition;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FieldTextsTest {
    @ParameterizedTest
    @EnumSource(value = Field.class, mode = EnumSource.Mode.EXCLUDE, names = "INSTRUMENTS") // has no row in the form
    void everyFieldHasADefinitionAndASource(Field field) {
        Definition definition = new FieldTexts().of(field);
        assertThat(definition.title()).isEqualTo(field.label());
        assertThat(definition.definition()).endsWith(".").hasSizeGreaterThan(15);
        assertThat(definition.source()).endsWith(".");
        assertThat(definition.formula()).doesNotEndWith(".");
        for (String choice : field.choices()) {
            boolean explained = (definition.definition() + definition.formula()).contains(choice);
            assertThat(explained || field.choices().size() < 3)
                    .as("%s of %s", choice, field.path())
                    .isTrue();
        }
    }

    @Test
    void nothingIsDefinedThatIsNoField() {
        ResourceBundle bundle = ResourceBundle.getBundle("decaylab.ui.fields", Locale.ROOT);
        assertThat(bundle.keySet()).allMatch(key -> Field.ofPath(key.substring(0, key.lastIndexOf('.')))
                .isPresent());
    }
}
