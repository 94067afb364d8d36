package decaylab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FieldTest {
    /** Groups that no file has together, each with an experiment that has it. */
    private static final Map<String, String> GROUPS = Map.of(
            "agent.", "data: {name: cart-pole",
            "feedback.", "feedback: {kind: fixed}\ndata: {name: proto",
            "synthetic.", "synthetic: {at: middle}\ndata: {name: proto",
            "graph.", "network: {normalization: none}\ndata: {name: sbm");

    @Test
    void theCatalogueHasTheFieldsOfTheFileInTheirOrder() throws IOException {
        ExperimentYaml yaml = new ExperimentYaml();
        for (String group : GROUPS.keySet()) {
            // what is written only where it is set is set
            String text = yaml.write(yaml.parse(
                    GROUPS.get(group) + ", scaleInputs: true}\ndecay: {radius: 4}\noptimizer: {damping: 0.5}",
                    "The text"));
            List<String> paths = new ArrayList<>();
            collect((ObjectNode) new YAMLMapper().readTree(text), "", paths);
            List<String> others =
                    GROUPS.keySet().stream().filter(each -> !each.equals(group)).toList();
            assertThat(Arrays.stream(Field.values()).map(Field::path).filter(path -> others.stream()
                            .noneMatch(path::startsWith)))
                    .as("with %s", group)
                    .containsExactlyElementsOf(paths);
        }
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
