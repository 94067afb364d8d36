package decaylab.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import decaylab.environment.EnvironmentKind;
import decaylab.optim.Coupling;
import decaylab.optim.DecayEntry;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Experiments as YAML. A file may leave out any field, which then has its default; what is written is complete, and reading
 * it again gives an equal experiment.
 */
public final class ExperimentYaml {
    private static final long LARGEST_FILE = 1 << 20;

    private static final String INTERVENTIONS = "a list like [\"200:decay=off\", \"400:lr=0.01\"]";

    private static final String AGENT = "agent";

    private static final String SYNTHETIC = "synthetic";

    private static final String CONTROL = "decay.control";

    private final YAMLMapper mapper;
    private final YamlTree yaml;

    public ExperimentYaml() {
        mapper = LabYaml.mapper();
        yaml = new YamlTree(mapper.getFactory());
    }

    /** The whole experiment, every field, in a fixed order; of the agent and of synthetic gradients where there are. */
    public String write(Experiment experiment) {
        try {
            ObjectNode tree = mapper.valueToTree(experiment);
            if (experiment.environment().isEmpty()) {
                tree.remove(AGENT);
            }
            if (!experiment.synthetic().present()) {
                tree.remove(SYNTHETIC);
            }
            return mapper.writeValueAsString(tree);
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
        return read(Experiment.defaults(), yaml.document(text, source));
    }

    /**
     * The experiment with some fields set, as the command line's {@code --set} does it; all are set before anything is
     * judged, so their order does not matter.
     *
     * @param settings path and value, for example optimizer.learningRate and 0.05; a value is read as YAML
     * @throws BadInputException where that is no experiment
     */
    public Experiment with(Experiment experiment, Map<String, String> settings) {
        ObjectNode given = mapper.createObjectNode();
        settings.forEach((path, value) -> YamlTree.put(given, path, setting(path, value)));
        return read(experiment, given);
    }

    private JsonNode setting(String path, String value) {
        boolean words = Field.ofPath(path).filter(Field::isWords).isPresent();
        return words && !value.equals("null") // a folder's name may hold a # or a colon
                ? YamlTree.word(value)
                : yaml.value(value, path);
    }

    /** The experiment that the given fields make of another. */
    private Experiment read(Experiment base, ObjectNode given) {
        ObjectNode complete = mapper.valueToTree(base);
        complete.withArray("/interventions"); // is not written where there are none, nor is control
        ObjectNode decay = complete.withObject("/decay");
        if (!decay.has("control")) {
            decay.putNull("control");
        }
        lay(complete, given, "");
        forgetAgent(complete, given);
        forgetModules(complete, given);
        return experiment(new FieldReader(complete, ""));
    }

    /** Where nothing acts any more, what was said before of one that did is forgotten; what is said now is for the experiment to refuse. */
    private void forgetAgent(ObjectNode complete, ObjectNode given) {
        boolean acts =
                EnvironmentKind.ofWord(complete.at("/data/name").asText()).isPresent();
        if (!acts && !given.has(AGENT)) {
            complete.set(AGENT, mapper.valueToTree(AgentSpec.defaults()));
        }
        String returns = Instrument.RETURNS.toString();
        if (!acts
                && !given.path("instruments").has(returns)
                && complete.get("instruments") instanceof ObjectNode instruments) {
            instruments.remove(returns);
        }
    }

    /** Where no module stands any more, likewise. */
    private void forgetModules(ObjectNode complete, ObjectNode given) {
        if (!complete.at("/synthetic/at").asText().equals(SyntheticCuts.NONE.toString())) {
            return;
        }
        boolean saysMore = given.path(SYNTHETIC).properties().stream()
                .anyMatch(field -> !field.getKey().equals("at"));
        if (!saysMore) {
            complete.set(SYNTHETIC, mapper.valueToTree(SyntheticSpec.defaults()));
        }
        String measured = Instrument.SYNTHETIC.toString();
        if (!given.path("instruments").has(measured) && complete.get("instruments") instanceof ObjectNode instruments) {
            instruments.remove(measured);
        }
    }

    /** Lays given fields over others; refuses names that do not exist. */
    private void lay(ObjectNode base, ObjectNode given, String prefix) {
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            String name = field.getKey();
            String path = prefix + name;
            JsonNode value = field.getValue();
            JsonNode before = base.get(name);
            if (before == null) {
                throw unknown(path, name, base);
            }
            boolean one = before.isValueNode() && !path.equals(CONTROL);
            if (one && value instanceof ObjectNode inner && !inner.isEmpty()) {
                throw new BadInputException("There is no field " + path + "."
                        + inner.fieldNames().next() + "; " + path + " is one value, "
                        + Field.ofPath(path).map(Field::allowed).orElse("without fields") + ".");
            }
            if (Field.DECAY_SCHEDULE.path().equals(path)
                    || Field.OPTIMIZER_SCHEDULE.path().equals(path)) {
                base.set(name, DecayFields.laidSchedule(before, value, path));
            } else if (path.equals(CONTROL)) {
                base.set(name, DecayFields.laidControl(before, value, path));
            } else if (before instanceof ObjectNode inner && !path.equals(Field.INSTRUMENTS.path())) {
                if (!(value instanceof ObjectNode fields)) {
                    throw new BadInputException(
                            path + (value.isNull() ? " has no value" : " is " + YamlTree.shown(value))
                                    + "; it must hold the fields " + String.join(", ", YamlTree.names(inner)) + ".");
                }
                lay(inner, fields, path + ".");
            } else {
                base.set(name, value);
            }
        }
    }

    private static Experiment experiment(FieldReader root) {
        return new Experiment(
                data(root.at("data")),
                network(root.at("network")),
                optimizer(root.at("optimizer")),
                decay(root.at("decay")),
                agent(root.at(AGENT)),
                synthetic(root.at(SYNTHETIC)),
                root.at("batchSize").count(Field.BATCH_SIZE),
                root.at("steps").whole(Field.STEPS.allowed()),
                root.at("seed").whole(Field.SEED.allowed()),
                root.at("precision").choice(Precision.values()),
                root.at("evaluateEvery").count(Field.EVALUATE_EVERY),
                root.at("instruments").intervals(Field.INSTRUMENTS.allowed()),
                root.at("interventions").items(INTERVENTIONS).stream()
                        .map(item -> PlannedChange.parse(item.text(INTERVENTIONS)))
                        .toList());
    }

    private static DataSpec data(FieldReader data) {
        FieldReader folder = data.at("folder");
        FieldReader seed = data.at("seed");
        return new DataSpec(
                data.at("name").text(Field.DATA_NAME.allowed()),
                folder.isNull() ? null : folder.text(Field.DATA_FOLDER.allowed()),
                countOrNull(data.at("trainSize"), Field.DATA_TRAIN_SIZE),
                countOrNull(data.at("testSize"), Field.DATA_TEST_SIZE),
                data.at("labelNoise").number(Field.DATA_LABEL_NOISE.allowed()),
                data.at("inputNoise").number(Field.DATA_INPUT_NOISE.allowed()),
                data.at("flip").truth(Field.DATA_FLIP.allowed()),
                data.at("shift").count(Field.DATA_SHIFT),
                data.at("header").choice(CsvHeader.values()),
                data.at("classColumn").text(Field.DATA_CLASS_COLUMN.allowed()),
                seed.isNull() ? null : (Long) seed.whole(Field.DATA_SEED.allowed()));
    }

    private static @Nullable Integer countOrNull(FieldReader reader, Field field) {
        return reader.isNull() ? null : (Integer) reader.count(field);
    }

    private static NetworkSpec network(FieldReader network) {
        String widths = Field.NETWORK_WIDTHS.allowed();
        return new NetworkSpec(
                network.at("kind").choice(NetworkKind.values()),
                network.at("widths").items(widths).stream()
                        .map(width -> width.between(1, NetworkSpec.WIDEST))
                        .toList(),
                network.at("blocks").count(Field.NETWORK_BLOCKS),
                network.at("activation").choice(Activation.values()),
                network.at("normalization").choice(Normalization.values()),
                network.at("bnEpsilon").number(Field.NETWORK_BN_EPSILON.allowed()));
    }

    private static OptimizerSpec optimizer(FieldReader optimizer) {
        return new OptimizerSpec(
                optimizer.at("kind").choice(OptimizerKind.values()),
                optimizer.at("learningRate").number(Field.OPTIMIZER_LEARNING_RATE.allowed()),
                optimizer.at("momentum").number(Field.OPTIMIZER_MOMENTUM.allowed()),
                optimizer.at("beta1").number(Field.OPTIMIZER_BETA1.allowed()),
                optimizer.at("beta2").number(Field.OPTIMIZER_BETA2.allowed()),
                optimizer.at("epsilon").number(Field.OPTIMIZER_EPSILON.allowed()),
                optimizer.at("lossScale").number(Field.OPTIMIZER_LOSS_SCALE.allowed()),
                ScheduleFields.read(optimizer.at("schedule")));
    }

    private static DecaySpec decay(FieldReader decay) {
        return new DecaySpec(
                decay.at("entry").choice(DecayEntry.values()),
                decay.at("lambda").number(Field.DECAY_LAMBDA.allowed()),
                decay.at("gate").choice(Gate.values()),
                ScheduleFields.read(decay.at("schedule")),
                DecayFields.layers(decay.at("layers")),
                decay.at("biases").truth(Field.DECAY_BIASES.allowed()),
                decay.at("normParameters").truth(Field.DECAY_NORM_PARAMETERS.allowed()),
                decay.at("coupling").choice(Coupling.values()),
                DecayFields.control(decay.at("control")));
    }

    private static AgentSpec agent(FieldReader agent) {
        return new AgentSpec(
                agent.at("discount").number(Field.AGENT_DISCOUNT.allowed()),
                agent.at("rewardScale").number(Field.AGENT_REWARD_SCALE.allowed()),
                agent.at("replaySize").count(Field.AGENT_REPLAY_SIZE),
                agent.at("warmUp").count(Field.AGENT_WARM_UP),
                agent.at("targetEvery").count(Field.AGENT_TARGET_EVERY),
                agent.at("epsilonFrom").number(Field.AGENT_EPSILON_FROM.allowed()),
                agent.at("epsilonTo").number(Field.AGENT_EPSILON_TO.allowed()),
                agent.at("epsilonSteps").count(Field.AGENT_EPSILON_STEPS),
                agent.at("trainEvery").count(Field.AGENT_TRAIN_EVERY),
                agent.at("double").truth(Field.AGENT_DOUBLE.allowed()));
    }

    private static SyntheticSpec synthetic(FieldReader synthetic) {
        return new SyntheticSpec(
                SyntheticCuts.read(synthetic.at("at")),
                synthetic.at("mode").choice(SyntheticMode.values()),
                synthetic.at("optimizer").choice(OptimizerKind.values()),
                synthetic.at("learningRate").number(Field.SYNTHETIC_LEARNING_RATE.allowed()),
                synthetic.at("lambda").number(Field.SYNTHETIC_LAMBDA.allowed()));
    }

    private static BadInputException unknown(String path, String name, ObjectNode siblings) {
        List<String> known = YamlTree.names(siblings);
        String hint = Nearest.hint(name, known);
        if (hint.isEmpty()) { // perhaps it stands at the wrong place
            hint = Field.ofName(name)
                    .map(field -> " (did you mean " + field.path() + "?)")
                    .orElse("");
        }
        return new BadInputException(
                "There is no field " + path + hint + "; the fields there are " + String.join(", ", known) + ".");
    }
}
