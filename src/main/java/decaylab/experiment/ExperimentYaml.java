package decaylab.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import decaylab.problem.BadInputException;
import decaylab.schedule.Every;
import decaylab.schedule.Schedule;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Experiments as YAML. A file may leave out any field, which then has its default; what is written is complete, and reading
 * it again gives an equal experiment.
 */
public final class ExperimentYaml {
    private static final long LARGEST_FILE = 1 << 20;
    private static final Set<String> TEXTS = Set.of("data.name", "data.folder");
    private static final Set<String> NULLABLE = Set.of(
            "data.folder",
            "data.trainSize",
            "data.testSize",
            "data.seed",
            "optimizer.schedule.to",
            "decay.schedule.to");

    private final YAMLMapper mapper;

    public ExperimentYaml() {
        mapper = YAMLMapper.builder(YAMLFactory.builder()
                        .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID) // a schedule's kind is a field, not a tag
                        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                        .build())
                .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
                .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .addMixIn(Schedule.class, ScheduleKinds.class)
                .build();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Schedule.Constant.class, name = "constant"),
        @JsonSubTypes.Type(value = Schedule.Window.class, name = "window"),
        @JsonSubTypes.Type(value = Schedule.Piecewise.class, name = "piecewise"),
        @JsonSubTypes.Type(value = Schedule.Cosine.class, name = "cosine"),
        @JsonSubTypes.Type(value = Schedule.Exponential.class, name = "exponential"),
        @JsonSubTypes.Type(value = Schedule.Drawn.class, name = "drawn")
    })
    private interface ScheduleKinds {}

    /** The whole experiment, every field, in a fixed order. */
    public String write(Experiment experiment) {
        try {
            return mapper.writeValueAsString(experiment);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an experiment that cannot be written: " + experiment, e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws BadInputException where there is no such file, or it does not describe an experiment
     */
    public Experiment read(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new BadInputException("The file " + file + " has " + Files.size(file)
                        + " bytes, far more than an experiment; give the YAML file of an experiment.");
            }
            return parse(Files.readString(file), "The file " + file);
        } catch (NoSuchFileException e) {
            throw new BadInputException("There is no file " + file + "; check the path, or see 'list presets'.", e);
        } catch (CharacterCodingException e) {
            throw new BadInputException(
                    "The file " + file + " is not UTF-8 text; give the YAML file of an experiment.", e);
        } catch (IOException e) {
            throw new BadInputException(
                    "The file " + file + " cannot be read (" + reason(e) + "); check that it is a file you may read.",
                    e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null || e.getMessage().isBlank()
                ? e.getClass().getSimpleName()
                : e.getMessage().lines().findFirst().orElse("");
    }

    /**
     * Reads a text.
     *
     * @param source what it is called in messages, for example "The file a.yaml"
     * @throws BadInputException where it does not describe an experiment
     */
    public Experiment parse(String text, String source) {
        return bind(tree(text, source));
    }

    /**
     * The experiment with some fields set, as the command line's {@code --set} does it; all are set before anything is
     * judged.
     *
     * @param settings path and value, for example optimizer.learningRate and 0.05; a value is read as YAML
     */
    public Experiment with(Experiment experiment, Map<String, String> settings) {
        ObjectNode tree = mapper.valueToTree(experiment);
        settings.forEach((path, value) -> set(tree, path, value));
        return bind(tree);
    }

    private JsonNode tree(String text, String source) {
        JsonNode tree;
        try {
            tree = mapper.readTree(text);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
            throw new BadInputException(
                    source + " is not YAML" + where + " ("
                            + e.getOriginalMessage()
                                    .lines()
                                    .findFirst()
                                    .orElse("unreadable")
                                    .strip()
                            + "); mend that line.",
                    e);
        }
        if (tree == null || tree.isMissingNode() || tree.isNull()) {
            throw new BadInputException(source + " is empty; write at least one field, for example seed: 1.");
        }
        if (!tree.isObject()) {
            throw new BadInputException(
                    source + " is not an experiment; it must hold fields such as data, network and optimizer.");
        }
        return tree;
    }

    private void set(ObjectNode tree, String path, String value) {
        JsonNode parsed;
        try {
            boolean literal = TEXTS.contains(path) && !value.equals("null"); // a folder's name may hold a # or a colon
            parsed = literal ? JsonNodeFactory.instance.textNode(value) : mapper.readTree(value);
        } catch (JsonProcessingException e) {
            throw new BadInputException(
                    path + "=" + value + " cannot be read; write the value as in an experiment's file.", e);
        }
        if (parsed == null || parsed.isMissingNode()) {
            parsed = JsonNodeFactory.instance.textNode("");
        }
        ObjectNode at = tree;
        String[] names = path.split("\\.", -1);
        for (int i = 0; i < names.length - 1; i++) {
            JsonNode next = at.get(names[i]);
            if (!(next instanceof ObjectNode inner)) {
                throw unknown(String.join(".", List.of(names).subList(0, i + 1)), names[i], at);
            }
            at = inner;
        }
        String last = names[names.length - 1];
        boolean inSchedule = path.contains("schedule.");
        if (!at.has(last) && !inSchedule && !path.startsWith("instruments.")) {
            throw unknown(path, last, at);
        }
        if (inSchedule && last.equals("kind") && !parsed.equals(at.get("kind"))) {
            at.removeAll(); // the fields of another kind mean nothing to this one
        }
        at.set(last, parsed);
    }

    private Experiment bind(JsonNode given) {
        ObjectNode complete = mapper.valueToTree(Experiment.defaults());
        merge(complete, given, "");
        try {
            return mapper.treeToValue(complete, Experiment.class);
        } catch (JsonMappingException e) {
            throw translated(e, complete);
        } catch (JsonProcessingException e) {
            throw new BadInputException("The experiment cannot be read: " + e.getOriginalMessage() + ".", e);
        }
    }

    /** Lays given fields over the defaults; refuses names that do not exist. */
    private void merge(ObjectNode defaults, JsonNode given, String prefix) {
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            String name = field.getKey();
            String path = prefix + name;
            JsonNode value = field.getValue();
            if (!defaults.has(name)) {
                throw unknown(path, name, defaults);
            }
            requireGiven(path, value);
            boolean free = path.equals("instruments");
            if (path.endsWith("schedule")) {
                defaults.set(name, schedule(value, path));
            } else if (defaults.get(name) instanceof ObjectNode inner && !free) {
                if (!value.isObject()) {
                    throw new BadInputException(
                            path + " is " + shown(value) + "; it must hold the fields " + names(inner) + ".");
                }
                merge(inner, value, path + ".");
            } else {
                defaults.set(name, TEXTS.contains(path) ? text(value) : number(value));
            }
        }
    }

    /** A folder may be called 2024. */
    private static JsonNode text(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? JsonNodeFactory.instance.textNode(value.asText()) : value;
    }

    /** A schedule, completed by the defaults of its kind. */
    private ObjectNode schedule(JsonNode given, String path) {
        JsonNode kind = given.get("kind");
        if (!given.isObject() || kind == null) {
            throw new BadInputException(
                    path + " is " + shown(given) + "; it must be like {kind: constant}, with one of "
                            + String.join(", ", defaultSchedules().keySet()) + ".");
        }
        Schedule ofKind = defaultSchedules().get(kind.asText());
        if (ofKind == null) {
            throw new BadInputException(path + ".kind is " + shown(kind) + "; it must be one of "
                    + String.join(", ", defaultSchedules().keySet()) + ".");
        }
        ObjectNode complete = mapper.valueToTree(ofKind);
        if (!complete.has("kind")) {
            complete.set("kind", kind);
        }
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            if (!complete.has(field.getKey())) {
                throw unknown(path + "." + field.getKey(), field.getKey(), complete);
            }
            requireGiven(path + "." + field.getKey(), field.getValue());
            complete.set(field.getKey(), number(field.getValue()));
        }
        return complete;
    }

    private static void requireGiven(String path, JsonNode value) {
        if (value.isNull() && !NULLABLE.contains(path)) {
            throw new BadInputException(path + " has no value; "
                    + Field.ofPath(path)
                            .map(field -> "it must be " + field.allowed())
                            .orElse("give it one or leave it out")
                    + ".");
        }
    }

    private static Map<String, Schedule> defaultSchedules() {
        Map<String, Schedule> schedules = new java.util.LinkedHashMap<>();
        schedules.put("constant", new Schedule.Constant());
        schedules.put("window", new Schedule.Window(0, null));
        schedules.put("piecewise", new Schedule.Piecewise(List.of()));
        schedules.put("cosine", new Schedule.Cosine(0));
        schedules.put("exponential", new Schedule.Exponential(0.93, Every.EPOCH));
        schedules.put("drawn", new Schedule.Drawn(List.of(new Schedule.Point(0, 1))));
        return schedules;
    }

    /** YAML 1.1 takes 5e-3 for a word; whoever writes it means the number. */
    private static JsonNode number(JsonNode value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value.isTextual()) {
            try {
                return number(nodes.numberNode(
                        new BigDecimal(value.textValue().strip().replace("_", ""))));
            } catch (NumberFormatException e) {
                return switch (value.textValue().strip()) {
                    case "true" -> nodes.booleanNode(true);
                    case "false" -> nodes.booleanNode(false);
                    default -> value;
                };
            }
        }
        if (value.isNumber()) {
            BigDecimal exact = value.isDouble() && !Double.isFinite(value.doubleValue()) ? null : value.decimalValue();
            if (exact != null && exact.scale() <= 0
                    || exact != null && exact.stripTrailingZeros().scale() <= 0) {
                return exact.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                        ? nodes.numberNode(exact.longValueExact())
                        : value;
            }
        }
        return value;
    }

    private static BadInputException unknown(String path, String name, ObjectNode siblings) {
        List<String> known = new ArrayList<>();
        siblings.fieldNames().forEachRemaining(known::add);
        return new BadInputException("There is no field " + path + Nearest.hint(name, known) + "; the fields there are "
                + String.join(", ", known) + ".");
    }

    private static String names(ObjectNode node) {
        return StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false)
                .collect(Collectors.joining(", "));
    }

    private static String shown(JsonNode value) {
        return value.isTextual() ? "'" + value.textValue() + "'" : value.toString();
    }

    private static BadInputException translated(JsonMappingException e, JsonNode tree) {
        List<String> names = new ArrayList<>();
        JsonNode value = tree;
        for (JsonMappingException.Reference reference : e.getPath()) {
            if (reference.getFieldName() != null && value.isObject()) {
                names.add(reference.getFieldName());
                value = value.path(reference.getFieldName());
            }
        }
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
            if (cause instanceof BadInputException ours) {
                return ours;
            }
        }
        String path = String.join(".", names);
        if (cause instanceof IllegalArgumentException && !(cause instanceof NumberFormatException)) {
            return new BadInputException(path + " cannot be used: " + cause.getMessage() + ".", e);
        }
        String allowed =
                Field.ofPath(path).map(Field::allowed).orElse("of the kind that the README shows for this field");
        return new BadInputException(path + " is " + shown(value) + "; it must be " + allowed + ".", e);
    }
}
