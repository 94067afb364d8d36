package decaylab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FieldTest {
    @Test
    void theCatalogueHasTheFieldsOfTheFileInTheirOrder() throws IOException {
        // Where something acts, and where there are modules: never both.
        assertThat(fieldsBut("synthetic.")).containsExactlyElementsOf(paths("data: {name: cart-pole}"));
        assertThat(fieldsBut("agent.")).containsExactlyElementsOf(paths("synthetic: {at: every}"));
    }

    private static List<String> fieldsBut(String group) {
        return Arrays.stream(Field.values())
                .map(Field::path)
                .filter(path -> !path.startsWith(group))
                .toList();
    }

    private static List<String> paths(String experiment) throws IOException {
        ExperimentYaml yaml = new ExperimentYaml();
        String text = yaml.write(yaml.parse(experiment, "The text"));
        List<String> paths = new ArrayList<>();
        collect((ObjectNode) new YAMLMapper().readTree(text), "", paths);
        return paths;
    }

    private static void collect(ObjectNode node, String prefix, List<String> paths) {
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            String path = prefix + field.getKey();
            if (value instanceof ObjectNode inner && !isValue(path)) {
                collect(inner, path + ".", paths);
            } else {
                paths.add(path);
            }
        });
    }

    private static boolean isValue(String path) {
        return path.endsWith("schedule") || path.equals("instruments");
    }

    @ParameterizedTest
    @EnumSource(Field.class)
    void everyFieldHasWordsAndIsFoundByItsPath(Field field) {
        assertThat(Field.ofPath(field.path())).contains(field);
        assertThat(field.label()).isNotBlank();
        assertThat(field.allowed()).isNotBlank().doesNotContain("E9", "NaN");
        assertThat(field.refuse("x")).hasMessage(field.path() + " is x; it must be " + field.allowed() + ".");
        for (String choice : field.choices()) {
            assertThat(field.allowed()).contains(choice);
        }
    }

    @Test
    void thereIsNoFieldOfAnotherPath() {
        assertThat(Field.ofPath("optimizer")).isEmpty();
        assertThat(Field.ofName("lambda")).contains(Field.DECAY_LAMBDA);
        assertThat(Field.ofName("nothing")).isEmpty();
    }
}
