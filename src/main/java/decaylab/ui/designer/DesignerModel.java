package decaylab.ui.designer;

import decaylab.data.DataCatalogue;
import decaylab.environment.EnvironmentKind;
import decaylab.experiment.Constraint;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.FeedbackKind;
import decaylab.experiment.Field;
import decaylab.experiment.GraphMethod;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.Normalization;
import decaylab.experiment.OptimizerKind;
import decaylab.experiment.Presets;
import decaylab.experiment.SyntheticCuts;
import decaylab.graph.GraphSource;
import decaylab.optim.DecayEntry;
import decaylab.problem.BadInputException;
import decaylab.schedule.Every;
import decaylab.schedule.Horizon;
import decaylab.schedule.Schedule;
import decaylab.ui.base.Numbers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * An experiment being described, as texts. The judge of every text is the experiment itself: the form's texts are set on the
 * last experiment that was whole, as the command line's {@code --set} does it, and a refusal is shown at the field that it
 * names. So the window's sentences cannot differ from the engine's.
 */
public final class DesignerModel {
    /** Fields that may be left empty. */
    private static final Set<Field> NULLABLE = Set.of(
            Field.DATA_FOLDER, Field.DATA_TRAIN_SIZE, Field.DATA_TEST_SIZE, Field.DATA_SEED, Field.DECAY_OUTPUT_RADIUS);

    private static final String AGENT = "agent.";
    private static final String GRAPH = "graph.";

    private static final String SYNTHETIC = "synthetic.";

    private static final Pattern PLAIN = Pattern.compile("[\\w.+-]*");
    private static final Pattern LIST = Pattern.compile("[\\w.,+\\s-]*");
    private static final Pattern LONG_NUMBER = Pattern.compile("(?<![.\\d])\\d{5,}(?![.\\d])");

    private final ExperimentYaml yaml;
    private final Presets presets;
    private final DataCatalogue catalogue;
    private final Map<Field, StringProperty> texts = new EnumMap<>(Field.class);
    private final Map<Field, ReadOnlyStringWrapper> errors = new EnumMap<>(Field.class);
    private final Map<Field, Map<String, StringProperty>> schedules = new EnumMap<>(Field.class);
    private final ReadOnlyObjectWrapper<@Nullable Experiment> experiment = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper name = new ReadOnlyStringWrapper("");
    private Experiment lastWhole = Experiment.defaults();
    private String loadedName = "";
    private @Nullable Experiment loaded;
    private boolean loading;

    public DesignerModel(ExperimentYaml yaml, Presets presets, DataCatalogue catalogue) {
        this.catalogue = catalogue;
        this.yaml = yaml;
        this.presets = presets;
        for (Field field : fields()) {
            texts.put(field, listened(new SimpleStringProperty("")));
            errors.put(field, new ReadOnlyStringWrapper(""));
            if (isSchedule(field)) {
                Map<String, StringProperty> parameters = new LinkedHashMap<>();
                for (ScheduleKind kind : ScheduleKind.values()) {
                    kind.parameters()
                            .forEach(parameter -> parameters.put(parameter, listened(new SimpleStringProperty(""))));
                }
                schedules.put(field, parameters);
                text(field).addListener((observable, before, now) -> startSchedule(field, ScheduleKind.ofWord(now)));
            }
        }
        load(lastWhole, "experiment");
    }

    private StringProperty listened(StringProperty property) {
        property.addListener((observable, before, now) -> {
            if (!loading) {
                judge();
            }
        });
        return property;
    }

    /** The fields that a form has, in the order of the file: all but the instruments, which have nothing to choose yet. */
    public List<Field> fields() {
        return Arrays.stream(Field.values())
                .filter(field -> field != Field.INSTRUMENTS)
                .toList();
    }

    /** Whether a field is a schedule: its text is the kind's word, and the kind has parameters. */
    public static boolean isSchedule(Field field) {
        return field == Field.OPTIMIZER_SCHEDULE || field == Field.DECAY_SCHEDULE;
    }

    /** A field's text; for a schedule, its kind. Empty is null where the field may be. */
    public StringProperty text(Field field) {
        return require(texts.get(field), field);
    }

    /** The text of a schedule's parameter. */
    public StringProperty parameter(Field schedule, String parameter) {
        return require(require(schedules.get(schedule), schedule).get(parameter), schedule);
    }

    /** The sentence about a field that cannot be used; empty where it can. */
    public ReadOnlyStringProperty error(Field field) {
        return require(errors.get(field), field).getReadOnlyProperty();
    }

    /** The experiment that the form describes; null while something in it cannot be used. */
    public ReadOnlyObjectProperty<@Nullable Experiment> experiment() {
        return experiment.getReadOnlyProperty();
    }

    /** The first sentence about the form; empty while it describes an experiment. */
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /** What a run of this experiment may be called: the preset's or file's name, marked once something was changed. */
    public ReadOnlyStringProperty name() {
        return name.getReadOnlyProperty();
    }

    /** The presets' names. */
    public List<String> presetNames() {
        return presets.names();
    }

    /** What a preset shows. */
    public String presetDescription(String preset) {
        return presets.description(preset);
    }

    /** Fills the form from a preset. */
    public void loadPreset(String preset) {
        load(presets.get(preset), preset);
    }

    /** Fills the form. */
    public void load(Experiment from, String called) {
        fill(from);
        loadedName = called;
        loaded = from;
        judge();
    }

    /** Changes the form to another experiment, as if its fields had been edited. */
    public void edit(Experiment changed) {
        fill(changed);
        judge();
    }

    private void fill(Experiment from) {
        loading = true;
        for (Field field : fields()) {
            if (isSchedule(field)) {
                Schedule schedule = schedule(from, field);
                text(field).set(ScheduleKind.of(schedule).word());
                ScheduleKind.texts(schedule).forEach((parameter, value) -> parameter(field, parameter)
                        .set(value));
            } else {
                text(field).set(FieldValues.text(from, field));
            }
        }
        loading = false;
        lastWhole = from; // its interventions, control and transplant, which have no field
    }

    /** The factor of a schedule over the run, for a small drawing of it; empty where it cannot be known yet. */
    public double[] scheduleCurve(Field field, int points) {
        Experiment whole = experiment.get();
        if (whole == null) {
            return new double[0];
        }
        Integer examples = whole.data().trainSize();
        Schedule schedule = schedule(whole, field);
        boolean byEpoch = schedule instanceof Schedule.Exponential exponential && exponential.every() == Every.EPOCH;
        if (examples == null && byEpoch) {
            return new double[0]; // how long an epoch is, only the data will tell
        }
        long perEpoch = examples == null ? 1 : (examples + whole.batchSize() - 1) / whole.batchSize();
        Horizon horizon = new Horizon(perEpoch, whole.steps());
        double[] curve = new double[points];
        for (int i = 0; i < points; i++) {
            long step = Math.round((double) i / (points - 1) * (whole.steps() - 1));
            curve[i] = schedule.factor(step, horizon);
        }
        return curve;
    }

    /**
     * Why a field makes no difference.
     *
     * @param key of the text
     * @param by what decides it
     */
    public record Unused(String key, String by) {}

    /** Why a field makes no difference in the experiment as it was last whole; empty where it makes one. */
    public Optional<Unused> unused(Field field) {
        Experiment e = lastWhole;
        OptimizerKind optimizer = e.optimizer().kind();
        boolean adam = optimizer == OptimizerKind.ADAM;
        boolean acts = e.environment().isPresent();
        boolean graph = e.onGraph().isPresent();
        boolean plain = !acts && !graph && e.network().kind() == NetworkKind.MLP;
        GraphMethod method = e.graph().method();
        boolean trains = method != GraphMethod.LABEL_PROPAGATION;
        String key =
                switch (field) {
                    case OPTIMIZER_MOMENTUM -> adam || optimizer == OptimizerKind.SGD ? "momentum" : "";
                    case OPTIMIZER_BETA1, OPTIMIZER_BETA2, OPTIMIZER_EPSILON -> adam ? "" : "adam";
                    case GRAPH_METHOD, GRAPH_EDGE_NOISE, GRAPH_LARGEST_COMPONENT -> graph ? "" : "graph";
                    case GRAPH_HOPS -> !graph ? "graph" : method == GraphMethod.MLP ? "hops" : "";
                    case GRAPH_TELEPORT ->
                        !graph ? "graph" : method == GraphMethod.MLP || method == GraphMethod.SGC ? "hops" : "";
                    case GRAPH_PROPAGATE -> !graph ? "graph" : method.propagatesPredictions() ? "" : "propagate";
                    case GRAPH_LOSS_DECAY, GRAPH_DROPOUT -> !graph ? "graph" : trains ? "" : "untrained";
                    case GRAPH_SPLIT -> !graph ? "graph" : isRead(e.data().name()) ? "" : "folder";
                    case BATCH_SIZE, NETWORK_NORMALIZATION -> graph ? "onGraph" : "";
                    case OPTIMIZER_CURVATURE -> !plain ? "dense" : adam ? "momentum" : "";
                    case OPTIMIZER_DAMPING,
                            OPTIMIZER_CURVATURE_AVERAGE,
                            OPTIMIZER_CURVATURE_EVERY,
                            OPTIMIZER_INVERSE_EVERY,
                            OPTIMIZER_KL_CLIP -> e.optimizer().curvature().isOn() ? "" : "curvature";
                    case NETWORK_BN_EPSILON -> e.network().normalization() == Normalization.NONE ? "bn" : "";
                    case DATA_HEADER, DATA_CLASS_COLUMN -> e.data().name().equals("csv") ? "" : "csv";
                    case NETWORK_ACTIVATION -> e.network().kind().isRecurrent() ? "gates" : "";
                    case NETWORK_BLOCKS -> e.network().kind().hasStages() ? "" : "blocks";
                    case DATA_FOLDER -> isRead(e.data().name()) ? "" : "folder";
                    case AGENT_DISCOUNT,
                            AGENT_REWARD_SCALE,
                            AGENT_REPLAY_SIZE,
                            AGENT_WARM_UP,
                            AGENT_TARGET_EVERY,
                            AGENT_EPSILON_FROM,
                            AGENT_EPSILON_TO,
                            AGENT_EPSILON_STEPS,
                            AGENT_TRAIN_EVERY,
                            AGENT_DOUBLE -> acts ? "" : "agent";
                    case FEEDBACK_KIND, FEEDBACK_START_VARIANCE -> plain ? "" : "feedback";
                    case FEEDBACK_MIRROR_NOISE, FEEDBACK_MIRROR_RATE, FEEDBACK_MIRROR_DECAY, FEEDBACK_MIRROR_PASSES ->
                        e.feedback().kind() == FeedbackKind.MIRROR ? "" : "mirror";
                    case DECAY_CONSTRAINT -> e.network().kind() == NetworkKind.MLP && !graph ? "" : "constraint";
                    case DECAY_RADIUS, DECAY_OUTPUT_RADIUS ->
                        e.decay().ball().constraint() == Constraint.NONE ? "radius" : "";
                    case SYNTHETIC_MODE, SYNTHETIC_OPTIMIZER, SYNTHETIC_LEARNING_RATE, SYNTHETIC_LAMBDA ->
                        e.synthetic().present() ? "" : "synthetic";
                    case DATA_TRAIN_SIZE, DATA_TEST_SIZE, DATA_LABEL_NOISE, DATA_SEED -> acts ? "environment" : "";
                    case DATA_SCALE_INPUTS, DATA_INPUT_NOISE, DATA_FLIP, DATA_SHIFT ->
                        acts ? "environment" : graph ? "onGraph" : "";
                    case DECAY_COUPLING -> e.decay().entry().atStep() ? "" : "coupling";
                    case DECAY_NORM_PARAMETERS ->
                        e.network().normalization() == Normalization.BATCH_AFFINE ? "" : "normParameters";
                    case DECAY_LAMBDA, DECAY_GATE, DECAY_SCHEDULE, DECAY_LAYERS, DECAY_BIASES ->
                        e.decay().entry() == DecayEntry.NONE ? "decay" : "";
                    default -> "";
                };
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(new Unused("designer.unused." + key, optimizer.toString()));
    }

    private boolean isRead(String data) {
        return catalogue.entries().stream().anyMatch(entry -> entry.name().equals(data) && entry.read());
    }

    /** What the form would be as a file. */
    public Optional<String> yaml() {
        return Optional.ofNullable(experiment.get()).map(yaml::write);
    }

    /** Unit and range of a field, short; empty where there is nothing to say that its editor does not show. */
    public static String caption(Field field) {
        String allowed = field.allowed();
        boolean shown = !field.choices().isEmpty() || field.isSwitch() || isSchedule(field);
        if (shown || field.isWords()) {
            return "";
        }
        String range = allowed.replaceFirst("^(a whole number|a number) from ", "")
                .replaceFirst(
                        "^a list of 1 to 32 whole numbers from 1 to 1000000$", "1 to 32 numbers, 1 to 1000000 each")
                .replaceFirst("^a whole number", "any whole number")
                .replaceFirst(", or null for ", "; empty: ");
        String text = field.unit().isEmpty() ? range : field.unit() + ", " + range;
        return LONG_NUMBER.matcher(text).replaceAll(number -> Numbers.count(Long.parseLong(number.group())));
    }

    private void startSchedule(Field field, ScheduleKind kind) {
        if (loading) {
            return;
        }
        loading = true;
        kind.startingTexts()
                .forEach((parameter, value) -> parameter(field, parameter).set(value));
        loading = false;
        judge();
    }

    /** Sets all texts; what is refused is marked and left as it was, so that one wrong field does not hide another. */
    private void judge() {
        Map<String, String> settings = settings();
        Map<Field, String> found = new EnumMap<>(Field.class);
        String general = "";
        Experiment whole = null;
        while (true) {
            try {
                whole = yaml.with(lastWhole, settings);
                break;
            } catch (BadInputException e) {
                String sentence = String.valueOf(e.getMessage());
                Optional<Field> field = fieldOf(sentence);
                if (field.isEmpty() || found.containsKey(field.get())) {
                    general = found.isEmpty() ? sentence : "";
                    break;
                }
                found.put(field.get(), sentence);
                settings.keySet().removeIf(path -> isOf(path, field.get()));
            }
        }
        boolean good = whole != null && found.isEmpty();
        errors.forEach((field, error) -> error.set(found.getOrDefault(field, "")));
        problem.set(found.isEmpty() ? general : found.values().iterator().next());
        if (good) {
            lastWhole = require(whole, Field.DATA_NAME);
        }
        experiment.set(good ? whole : null);
        name.set(good && whole != null && whole.equals(loaded) ? loadedName : loadedName + "*");
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        boolean acts =
                EnvironmentKind.ofWord(text(Field.DATA_NAME).get().strip()).isPresent();
        boolean cut = !text(Field.SYNTHETIC_AT).get().strip().equals(SyntheticCuts.NONE.toString());
        boolean graph = GraphSource.ofWord(text(Field.DATA_NAME).get().strip()).isPresent();
        for (Field field : fields()) {
            String text = text(field).get().strip();
            if (!acts && field.path().startsWith(AGENT)
                    || !graph && field.path().startsWith(GRAPH)) {
                continue; // what they say is kept until something acts, or a graph is there, again
            }
            if (!cut && field != Field.SYNTHETIC_AT && field.path().startsWith(SYNTHETIC)) {
                continue; // likewise
            }
            if (isSchedule(field)) {
                settings.put(field.path() + ".kind", text);
                for (String parameter : ScheduleKind.ofWord(text).parameters()) {
                    String value = parameter(field, parameter).get().strip();
                    settings.put(
                            field.path() + "." + parameter, value.isEmpty() && parameter.equals("to") ? "null" : value);
                }
            } else if (text.isEmpty() && NULLABLE.contains(field)) {
                settings.put(field.path(), "null");
            } else if ((field == Field.DECAY_LAYERS || field == Field.SYNTHETIC_AT) && text.startsWith("[")) {
                settings.put(field.path(), text); // names of layers
            } else if (field == Field.NETWORK_WIDTHS) {
                settings.put(field.path(), LIST.matcher(text).matches() ? "[" + text + "]" : quoted(field, text));
            } else {
                settings.put(field.path(), PLAIN.matcher(text).matches() ? text : quoted(field, text));
            }
        }
        return settings;
    }

    /** A text that YAML would take for something else, a comment or a directive; folders are taken as they are. */
    private static String quoted(Field field, String text) {
        return field.isWords() ? text : "'" + text.replace("'", "''") + "'";
    }

    /** The field that a sentence begins with. */
    private Optional<Field> fieldOf(String sentence) {
        String first = sentence.replaceFirst("^There is no field ", "").split("[ =;]", 2)[0];
        return fields().stream().filter(field -> isOf(first, field)).max(Comparator.comparingInt(field -> field.path()
                .length()));
    }

    private static boolean isOf(String path, Field field) {
        return path.equals(field.path()) || path.startsWith(field.path() + ".") || path.startsWith(field.path() + "[");
    }

    private static Schedule schedule(Experiment from, Field field) {
        return field == Field.DECAY_SCHEDULE
                ? from.decay().schedule()
                : from.optimizer().schedule();
    }

    private static <T> T require(@Nullable T value, Field field) {
        if (value == null) {
            throw new IllegalArgumentException(field + " has no such text");
        }
        return value;
    }

    /** Texts of plain fields. */
    private static final class FieldValues {
        static String text(Experiment e, Field field) {
            return switch (field) {
                case DATA_NAME -> e.data().name();
                case DATA_FOLDER -> orEmpty(e.data().folder());
                case DATA_HEADER -> e.data().header().toString();
                case DATA_CLASS_COLUMN -> e.data().classColumn();
                case DATA_TRAIN_SIZE -> orEmpty(e.data().trainSize());
                case DATA_TEST_SIZE -> orEmpty(e.data().testSize());
                case DATA_LABEL_NOISE -> Numbers.exact(e.data().labelNoise());
                case DATA_INPUT_NOISE -> Numbers.exact(e.data().inputNoise());
                case DATA_FLIP -> Boolean.toString(e.data().flip());
                case DATA_SCALE_INPUTS -> Boolean.toString(e.data().scaleInputs());
                case DATA_SHIFT -> Integer.toString(e.data().shift());
                case DATA_SEED -> orEmpty(e.data().seed());
                case NETWORK_KIND -> e.network().kind().toString();
                case NETWORK_WIDTHS ->
                    String.join(
                            ", ",
                            e.network().widths().stream().map(String::valueOf).toList());
                case NETWORK_BLOCKS -> Integer.toString(e.network().blocks());
                case NETWORK_ACTIVATION -> e.network().activation().toString();
                case NETWORK_NORMALIZATION -> e.network().normalization().toString();
                case NETWORK_BN_EPSILON -> Numbers.exact(e.network().bnEpsilon());
                case OPTIMIZER_KIND -> e.optimizer().kind().toString();
                case OPTIMIZER_LEARNING_RATE -> Numbers.exact(e.optimizer().learningRate());
                case OPTIMIZER_MOMENTUM -> Numbers.exact(e.optimizer().momentum());
                case OPTIMIZER_BETA1 -> Numbers.exact(e.optimizer().beta1());
                case OPTIMIZER_BETA2 -> Numbers.exact(e.optimizer().beta2());
                case OPTIMIZER_EPSILON -> Numbers.exact(e.optimizer().epsilon());
                case OPTIMIZER_LOSS_SCALE -> Numbers.exact(e.optimizer().lossScale());
                case OPTIMIZER_CURVATURE -> e.optimizer().curvature().kind().toString();
                case OPTIMIZER_DAMPING ->
                    Numbers.exact(e.optimizer().curvature().damping());
                case OPTIMIZER_CURVATURE_AVERAGE ->
                    Numbers.exact(e.optimizer().curvature().average());
                case OPTIMIZER_CURVATURE_EVERY ->
                    Integer.toString(e.optimizer().curvature().every());
                case OPTIMIZER_INVERSE_EVERY ->
                    Integer.toString(e.optimizer().curvature().inverseEvery());
                case OPTIMIZER_KL_CLIP ->
                    Numbers.exact(e.optimizer().curvature().klClip());
                case DECAY_ENTRY -> e.decay().entry().toString();
                case DECAY_LAMBDA -> Numbers.exact(e.decay().lambda());
                case DECAY_GATE -> e.decay().gate().toString();
                case DECAY_LAYERS -> e.decay().layers().toString();
                case DECAY_BIASES -> Boolean.toString(e.decay().biases());
                case DECAY_NORM_PARAMETERS -> Boolean.toString(e.decay().normParameters());
                case DECAY_COUPLING -> e.decay().coupling().toString();
                case DECAY_CONSTRAINT -> e.decay().ball().constraint().toString();
                case DECAY_RADIUS -> Numbers.exact(e.decay().ball().radius());
                case DECAY_OUTPUT_RADIUS -> exactOrEmpty(e.decay().ball().outputRadius());
                case AGENT_DISCOUNT -> Numbers.exact(e.agent().discount());
                case AGENT_REWARD_SCALE -> Numbers.exact(e.agent().rewardScale());
                case AGENT_REPLAY_SIZE -> Integer.toString(e.agent().replaySize());
                case AGENT_WARM_UP -> Integer.toString(e.agent().warmUp());
                case AGENT_TARGET_EVERY -> Integer.toString(e.agent().targetEvery());
                case AGENT_EPSILON_FROM -> Numbers.exact(e.agent().epsilonFrom());
                case AGENT_EPSILON_TO -> Numbers.exact(e.agent().epsilonTo());
                case AGENT_EPSILON_STEPS -> Integer.toString(e.agent().epsilonSteps());
                case AGENT_TRAIN_EVERY -> Integer.toString(e.agent().trainEvery());
                case AGENT_DOUBLE -> Boolean.toString(e.agent().doubled());
                case FEEDBACK_KIND -> e.feedback().kind().toString();
                case FEEDBACK_START_VARIANCE -> Numbers.exact(e.feedback().startVariance());
                case FEEDBACK_MIRROR_NOISE -> Numbers.exact(e.feedback().mirrorNoise());
                case FEEDBACK_MIRROR_RATE -> Numbers.exact(e.feedback().mirrorRate());
                case FEEDBACK_MIRROR_DECAY -> Numbers.exact(e.feedback().mirrorDecay());
                case FEEDBACK_MIRROR_PASSES -> Integer.toString(e.feedback().mirrorPasses());
                case SYNTHETIC_AT -> e.synthetic().at().toString();
                case SYNTHETIC_MODE -> e.synthetic().mode().toString();
                case SYNTHETIC_OPTIMIZER -> e.synthetic().optimizer().toString();
                case SYNTHETIC_LEARNING_RATE -> Numbers.exact(e.synthetic().learningRate());
                case SYNTHETIC_LAMBDA -> Numbers.exact(e.synthetic().lambda());
                case GRAPH_METHOD -> e.graph().method().toString();
                case GRAPH_HOPS -> Integer.toString(e.graph().hops());
                case GRAPH_TELEPORT -> Numbers.exact(e.graph().teleport());
                case GRAPH_PROPAGATE -> e.graph().propagate().toString();
                case GRAPH_LOSS_DECAY -> Numbers.exact(e.graph().lossDecay());
                case GRAPH_DROPOUT -> Numbers.exact(e.graph().dropout());
                case GRAPH_EDGE_NOISE -> Numbers.exact(e.graph().edgeNoise());
                case GRAPH_SPLIT -> e.graph().split().toString();
                case GRAPH_LARGEST_COMPONENT -> Boolean.toString(e.graph().largestComponent());
                case BATCH_SIZE -> Integer.toString(e.batchSize());
                case STEPS -> Long.toString(e.steps());
                case SEED -> Long.toString(e.seed());
                case PRECISION -> e.precision().toString();
                case EVALUATE_EVERY -> Integer.toString(e.evaluateEvery());
                case OPTIMIZER_SCHEDULE, DECAY_SCHEDULE, INSTRUMENTS ->
                    throw new IllegalArgumentException(field + " is not a plain field");
            };
        }

        private static String exactOrEmpty(@Nullable Double value) {
            return value == null ? "" : Numbers.exact(value);
        }

        private static String orEmpty(@Nullable Object value) {
            return value == null ? "" : value.toString();
        }
    }
}
