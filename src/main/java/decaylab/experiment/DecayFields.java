package decaylab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import decaylab.problem.BadInputException;
import decaylab.schedule.Schedule;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Schedules, layers and control as YAML: laid over what was there in an experiment's file, and by themselves on one line, as
 * interventions have them.
 */
final class DecayFields {
    private static final YAMLMapper MAPPER = LabYaml.mapper();
    private static final YamlTree YAML = new YamlTree(MAPPER.getFactory());
    private static final List<String> GROUPS =
            Arrays.stream(DecayLayers.Group.values()).map(Enum::toString).toList();
    private static final String CONTROL = "null, or like {quantity: norm, target: 20, max: 0.1}";
    private static final String OFF = "off";

    private DecayFields() {}

    /** A schedule on one line, for example {@code {kind: window, from: 0, to: 100}}. */
    static String text(Schedule schedule) {
        return YamlTree.plain(MAPPER.valueToTree(schedule));
    }

    /**
     * Reads a schedule from one line.
     *
     * @param name what it is called in messages
     * @throws BadInputException where it is not a schedule
     */
    static Schedule schedule(String text, String name) {
        ObjectNode constant = MAPPER.valueToTree(new Schedule.Constant());
        return ScheduleFields.read(new FieldReader(laidSchedule(constant, YAML.value(text, name), name), name));
    }

    /** A schedule, completed by what was there where it stays of its kind, else by the defaults of its new kind. */
    static ObjectNode laidSchedule(JsonNode before, JsonNode given, String path) {
        List<String> kinds = List.copyOf(ScheduleFields.byKind().keySet());
        if (!(given instanceof ObjectNode fields) || fields.isEmpty()) {
            throw new BadInputException(path + (given.isNull() ? " has no value" : " is " + YamlTree.shown(given))
                    + "; it must be like {kind: constant}, with one of " + String.join(", ", kinds) + ".");
        }
        String kind = before.path("kind").asText();
        if (fields.has("kind")) {
            String now = new FieldReader(fields, path).at("kind").choice(kinds);
            if (!now.equals(kind)) {
                ObjectNode ofKind = MAPPER.valueToTree(ScheduleFields.byKind().get(now));
                return ScheduleFields.complete(ofKind, fields, path);
            }
        }
        return ScheduleFields.complete((ObjectNode) before, fields, path);
    }

    /**
     * Reads which layers decay from one line: a group's word or a list of names.
     *
     * @throws BadInputException where it is neither
     */
    static DecayLayers layers(String text, String name) {
        return layers(new FieldReader(YAML.value(text, name), name));
    }

    static DecayLayers layers(FieldReader reader) {
        if (reader.isList()) {
            String allowed = Field.DECAY_LAYERS.allowed();
            return new DecayLayers.Named(reader.items(allowed).stream()
                    .map(item -> item.text(allowed))
                    .toList());
        }
        int group = GROUPS.indexOf(reader.choice(GROUPS, Field.DECAY_LAYERS.allowed()));
        return DecayLayers.Group.values()[group];
    }

    /** Control on one line; {@code off} for none. */
    static String text(@Nullable ControlSpec control) {
        return control == null ? OFF : YamlTree.plain(MAPPER.valueToTree(control));
    }

    /**
     * Reads control from one line.
     *
     * @return null for {@code off}
     * @throws BadInputException where it is not control
     */
    static @Nullable ControlSpec control(String text, String name) {
        if (text.equals(OFF)) {
            return null;
        }
        return control(new FieldReader(laidControl(NullNode.getInstance(), YAML.value(text, name), name), name));
    }

    /** Control, completed by what was there, else by its defaults; its target has none. */
    static JsonNode laidControl(JsonNode before, JsonNode given, String path) {
        if (given.isNull()) {
            return given;
        }
        if (!(given instanceof ObjectNode fields)) {
            throw new BadInputException(path + " is " + YamlTree.shown(given) + "; it must be " + CONTROL + ".");
        }
        ObjectNode complete = before instanceof ObjectNode there ? there.deepCopy() : defaultControl();
        fields.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode known = complete.get(name);
            if (known == null) {
                List<String> names = YamlTree.names(complete);
                throw new BadInputException("There is no field " + path + "." + name + Nearest.hint(name, names)
                        + "; the fields there are " + String.join(", ", names) + ".");
            }
            complete.set(
                    name,
                    name.equals("schedule")
                            ? laidSchedule(known, field.getValue(), path + ".schedule")
                            : field.getValue());
        });
        return complete;
    }

    private static ObjectNode defaultControl() {
        ObjectNode control =
                MAPPER.valueToTree(new ControlSpec(ControlQuantity.NORM, 1, new Schedule.Constant(), ControlSpec.MAX));
        return control.putNull("target");
    }

    static @Nullable ControlSpec control(FieldReader reader) {
        if (reader.isNull()) {
            return null;
        }
        String number = "a number above 0";
        return new ControlSpec(
                reader.at("quantity").choice(ControlQuantity.values()),
                reader.at("target").number(Double.MIN_VALUE, Double.MAX_VALUE, number),
                ScheduleFields.read(reader.at("schedule")),
                reader.at("max").number(Double.MIN_VALUE, Double.MAX_VALUE, number));
    }
}
