package decaylab.lesson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import decaylab.chart.ChartKind;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.PlannedChange;
import decaylab.experiment.Presets;
import decaylab.lesson.Lesson.LessonRun;
import decaylab.lesson.LessonStep.Goal;
import decaylab.lesson.LessonStep.Racer;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads lessons. A lesson is Markdown with a YAML head between two lines of {@code ---}: its title, its experiment, what is shown and
 * locked, and for each heading of the second level, in their order, what the student does there. A translation has a head with
 * nothing but texts, and the same headings; all that is checked stands in the English file alone.
 */
public final class LessonFile {
    private static final Pattern FILE = Pattern.compile("\\A\\uFEFF?---\\R(.*?)\\R---\\R(.*)\\z", Pattern.DOTALL);
    private static final Pattern UNTIL = Pattern.compile("step (\\d+)|switched (on|off|auto)|read|predicted|answered|ended");
    private static final int LONGEST = 120;
    private static final int MOST_RACERS = 4;

    private final ExperimentYaml yaml;
    private final Presets presets;
    private final YAMLMapper mapper;

    /** @param presets what an experiment may name */
    public LessonFile(ExperimentYaml yaml, Presets presets) {
        this.yaml = yaml;
        this.presets = presets;
        YAMLFactory factory = YAMLFactory.builder()
                .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS) // the gate off is a word
                .build();
        factory.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        mapper = new YAMLMapper(factory);
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** Head and body of a file. */
    private record Parts(LessonHead head, String introduction, List<String> titles, List<String> texts) {}

    /**
     * A lesson in the language that it was written in.
     *
     * @param name what it is called on the command line
     * @param source what the text is called in messages, as in "The lesson a.md"
     * @throws BadInputException where the text is no lesson
     */
    public Lesson read(String name, String language, String text, String source) {
        Parts parts = parts(text, source);
        LessonHead head = parts.head();
        if (parts.titles().isEmpty()) {
            throw new BadInputException(source + " has no step; write one as a heading of the second level, '## Look'.");
        }
        Experiment experiment = experiment(head, source);
        List<LessonHead.Step> heads = Objects.requireNonNullElse(head.steps(), List.of());
        if (heads.size() > parts.titles().size()) {
            throw new BadInputException(source + " describes " + heads.size() + " steps in its head and has "
                    + parts.titles().size() + " headings '## ...'; write as many headings.");
        }
        List<LessonStep> steps = new ArrayList<>();
        for (int i = 0; i < parts.titles().size(); i++) {
            LessonHead.Step step = i < heads.size() ? heads.get(i) : null;
            steps.add(step(step, i, parts, experiment, source));
        }
        Map<String, LessonRun> runs = runs(head, experiment, source);
        return new Lesson(
                name,
                language,
                needed(head.title(), "title", source),
                needed(head.summary(), "summary", source),
                within(head.minutes(), 1, LONGEST, "minutes", source),
                experimentName(head, name),
                experiment,
                charts(head, source),
                locked(head, source),
                parts.introduction(),
                steps,
                runs,
                within(Objects.requireNonNullElse(head.seeds(), 1), 1, 64, "seeds", source),
                expectations(head, runs, source));
    }

    /**
     * The same lesson in another language.
     *
     * @throws BadInputException where the text is no translation of it
     */
    public Lesson translate(Lesson original, String language, String text, String source) {
        Parts parts = parts(text, source);
        LessonHead head = parts.head();
        if (head.experiment() != null || head.set() != null || head.runs() != null || head.charts() != null) {
            throw new BadInputException(source + " is a translation; leave experiment, set, charts and runs to the English file.");
        }
        if (parts.titles().size() != original.steps().size()) {
            throw new BadInputException(source + " has " + parts.titles().size() + " headings '## ...'; the English file has "
                    + original.steps().size() + ".");
        }
        List<LessonHead.Step> heads = Objects.requireNonNullElse(head.steps(), List.of());
        List<LessonStep> steps = new ArrayList<>();
        for (int i = 0; i < original.steps().size(); i++) {
            LessonStep step = original.steps().get(i);
            LessonHead.Step words = i < heads.size() ? heads.get(i) : null;
            steps.add(new LessonStep(
                    parts.titles().get(i),
                    parts.texts().get(i),
                    words == null ? step.notes() : Objects.requireNonNullElse(words.notes(), step.notes()),
                    step.view(),
                    step.prediction(),
                    step.race(),
                    translated(step.question(), words == null ? null : words.question(), i, source),
                    step.goal()));
        }
        List<LessonHead.Expected> says = Objects.requireNonNullElse(head.expect(), List.of());
        if (says.size() != original.expectations().size()) {
            throw new BadInputException(source + " says " + says.size() + " expectations; the English file has "
                    + original.expectations().size() + ".");
        }
        List<Expectation> expectations = new ArrayList<>();
        for (int i = 0; i < says.size(); i++) {
            Expectation expected = original.expectations().get(i);
            expectations.add(new Expectation(
                    needed(says.get(i).says(), "expect[" + (i + 1) + "].says", source), expected.claim(), expected.every()));
        }
        return new Lesson(
                original.name(),
                language,
                needed(head.title(), "title", source),
                needed(head.summary(), "summary", source),
                original.minutes(),
                original.experimentName(),
                original.experiment(),
                original.charts(),
                original.locked(),
                parts.introduction(),
                steps,
                original.runs(),
                original.seeds(),
                expectations);
    }

    private static @Nullable Question translated(
            @Nullable Question question, LessonHead.@Nullable Ask words, int place, String source) {
        if (question == null) {
            return null;
        }
        String path = "steps[" + (place + 1) + "].question";
        List<String> choices = words == null ? null : words.choices();
        if (words == null || choices == null || choices.size() != question.choices().size()) {
            throw new BadInputException(source + " has not the " + question.choices().size() + " choices of " + path
                    + "; translate each.");
        }
        return new Question(choices, question.right(), needed(words.because(), path + ".because", source));
    }

    private Parts parts(String text, String source) {
        Matcher matcher = FILE.matcher(text);
        if (!matcher.matches()) {
            throw new BadInputException(
                    source + " has no head; begin it with a line ---, fields such as title, and a further line ---.");
        }
        LessonHead head = head(matcher.group(1), source);
        StringBuilder introduction = new StringBuilder();
        List<String> titles = new ArrayList<>();
        List<StringBuilder> texts = new ArrayList<>();
        boolean code = false;
        for (String line : matcher.group(2).lines().toList()) {
            code ^= line.startsWith("```");
            if (!code && line.startsWith("## ")) {
                titles.add(line.substring(3).strip());
                texts.add(new StringBuilder());
            } else {
                (texts.isEmpty() ? introduction : texts.get(texts.size() - 1)).append(line).append('\n');
            }
        }
        return new Parts(
                head,
                introduction.toString().strip(),
                titles,
                texts.stream().map(each -> each.toString().strip()).toList());
    }

    private LessonHead head(String text, String source) {
        try {
            LessonHead head = mapper.readValue(text, LessonHead.class);
            if (head == null) {
                throw new BadInputException(source + " has an empty head; write at least title, summary and minutes.");
            }
            return head;
        } catch (JsonMappingException e) {
            String path = e.getPath().stream()
                    .map(part -> part.getFieldName() == null ? "[" + (part.getIndex() + 1) + "]" : "." + part.getFieldName())
                    .collect(Collectors.joining())
                    .replaceFirst("^\\.", "");
            boolean unknown = e instanceof com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
            throw new BadInputException(
                    source + ", field " + (path.isEmpty() ? "of the head" : path)
                            + (unknown ? " is none of a lesson's; see the lessons that the lab brings." : " has a value that it cannot have; see the lessons that the lab brings."),
                    e);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : " at line " + (e.getLocation().getLineNr() + 1);
            throw new BadInputException(source + " has a head that is not YAML" + where + "; mend that line.", e);
        }
    }

    private Experiment experiment(LessonHead head, String source) {
        JsonNode given = head.experiment();
        Experiment base;
        if (given == null || given.isTextual()) {
            try {
                base = presets.get(given == null ? "first-look" : given.asText());
            } catch (BadInputException e) {
                throw new BadInputException(source + ": " + e.getMessage(), e);
            }
        } else {
            base = yaml.parse(given.toString(), source + ", experiment,");
        }
        Experiment set = with(base, head.set(), source);
        return head.seed() == null ? set : set.withSeed(head.seed());
    }

    private static String experimentName(LessonHead head, String name) {
        JsonNode given = head.experiment();
        return given != null && given.isTextual() && head.set() == null ? given.asText() : name;
    }

    private Experiment with(Experiment base, @Nullable Map<String, JsonNode> set, String source) {
        if (set == null) {
            return base;
        }
        Map<String, String> settings = new LinkedHashMap<>();
        set.forEach((path, value) -> settings.put(path, value.isTextual() ? value.asText() : value.toString()));
        try {
            return yaml.with(base, settings);
        } catch (BadInputException e) {
            throw new BadInputException(source + ": " + e.getMessage(), e);
        }
    }

    private LessonStep step(LessonHead.@Nullable Step head, int place, Parts parts, Experiment experiment, String source) {
        String path = "steps[" + (place + 1) + "]";
        String title = parts.titles().get(place);
        String text = parts.texts().get(place);
        if (head == null) {
            return new LessonStep(title, text, "", LessonView.CHARTS, null, List.of(), null, new Goal.Read());
        }
        LessonStep.Prediction prediction = prediction(head.predict(), path, experiment, source);
        List<Racer> race = race(head.race(), path, experiment, source);
        Question question = question(head.question(), path, source);
        LessonView view = head.view() == null
                ? LessonView.CHARTS
                : word(head.view(), LessonView.values(), Object::toString, path + ".view", source);
        Goal goal;
        if (head.until() != null) {
            goal = goal(head.until(), path + ".until", experiment, source);
        } else {
            goal = prediction != null
                    ? new Goal.Predicted()
                    : question != null ? new Goal.Answered() : race.isEmpty() ? new Goal.Read() : new Goal.Ended();
        }
        if (goal instanceof Goal.Predicted && prediction == null || goal instanceof Goal.Answered && question == null) {
            throw new BadInputException(source + ", field " + path + ".until is " + head.until()
                    + ", but there is nothing to be " + head.until() + "; add predict or question.");
        }
        return new LessonStep(
                title, text, Objects.requireNonNullElse(head.notes(), ""), view, prediction, race, question, goal);
    }

    private static LessonStep.@Nullable Prediction prediction(
            LessonHead.@Nullable Predict predict, String path, Experiment experiment, String source) {
        if (predict == null) {
            return null;
        }
        ChartKind chart = chart(needed(predict.chart(), path + ".predict.chart", source), path + ".predict.chart", source);
        long from = Objects.requireNonNullElse(predict.from(), 0L);
        long to = Objects.requireNonNullElse(predict.to(), experiment.steps());
        if (from < 0 || to <= from || to > experiment.steps()) {
            throw new BadInputException(source + ", field " + path + ".predict goes from step " + from + " to " + to
                    + "; the experiment has the steps 0 to " + experiment.steps() + ".");
        }
        return new LessonStep.Prediction(chart, from, to);
    }

    private List<Racer> race(
            @Nullable Map<String, @Nullable Map<String, JsonNode>> race, String path, Experiment experiment, String source) {
        List<Racer> racers = new ArrayList<>();
        if (race == null) {
            return racers;
        }
        if (race.size() < 2 || race.size() > MOST_RACERS) {
            throw new BadInputException(source + ", field " + path + ".race has " + race.size()
                    + " settings; give two to " + MOST_RACERS + ".");
        }
        race.forEach((name, set) -> racers.add(new Racer(name, with(experiment, set, source + ", " + path + ".race." + name))));
        for (Racer racer : racers) {
            Experiment one = racer.experiment();
            boolean same = one.data().equals(experiment.data())
                    && one.seed() == experiment.seed()
                    && one.batchSize() == experiment.batchSize();
            if (!same) {
                throw new BadInputException(source + ", field " + path + ".race." + racer.name()
                        + " changes data, seed or batchSize; all of a race must see the same batches.");
            }
        }
        return racers;
    }

    private static @Nullable Question question(LessonHead.@Nullable Ask ask, String path, String source) {
        if (ask == null) {
            return null;
        }
        List<String> choices = Objects.requireNonNullElse(ask.choices(), List.of());
        if (choices.size() < 2 || choices.size() > 6) {
            throw new BadInputException(
                    source + ", field " + path + ".question.choices has " + choices.size() + "; give two to six.");
        }
        int right = within(ask.right(), 1, choices.size(), path + ".question.right", source);
        return new Question(choices, right - 1, needed(ask.because(), path + ".question.because", source));
    }

    private static Goal goal(String until, String path, Experiment experiment, String source) {
        Matcher matcher = UNTIL.matcher(until.strip());
        if (!matcher.matches()) {
            throw new BadInputException(source + ", field " + path + " is '" + until
                    + "'; write step N, switched on, switched off, switched auto, read, predicted, answered or ended.");
        }
        if (matcher.group(1) != null) {
            long step = Long.parseLong(matcher.group(1));
            if (step < 1 || step > experiment.steps()) {
                throw new BadInputException(source + ", field " + path + " is step " + step + "; the experiment has "
                        + experiment.steps() + " steps.");
            }
            return new Goal.Reached(step);
        }
        if (matcher.group(2) != null) {
            return new Goal.Switched(Gate.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)));
        }
        return switch (matcher.group()) {
            case "predicted" -> new Goal.Predicted();
            case "answered" -> new Goal.Answered();
            case "ended" -> new Goal.Ended();
            default -> new Goal.Read();
        };
    }

    private static List<ChartKind> charts(LessonHead head, String source) {
        List<ChartKind> charts = new ArrayList<>();
        for (String word : Objects.requireNonNullElse(head.charts(), List.<String>of())) {
            charts.add(chart(word, "charts", source));
        }
        return charts.isEmpty() ? ChartKind.dashboard() : charts;
    }

    private static ChartKind chart(String word, String path, String source) {
        return word(word, ChartKind.values(), kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), path, source);
    }

    private static Set<LessonControl> locked(LessonHead head, String source) {
        Set<LessonControl> locked = EnumSet.noneOf(LessonControl.class);
        for (String word : Objects.requireNonNullElse(head.locked(), List.<String>of())) {
            locked.add(word(word, LessonControl.values(), Object::toString, "locked", source));
        }
        return locked;
    }

    private Map<String, LessonRun> runs(LessonHead head, Experiment experiment, String source) {
        Map<String, LessonRun> runs = new LinkedHashMap<>();
        Map<String, LessonHead.Run> given = Objects.requireNonNullElse(head.runs(), Map.of());
        given.forEach((name, run) -> {
            String of = source + ", runs." + name;
            List<PlannedChange> changes = new ArrayList<>();
            Experiment changed = run == null ? experiment : with(experiment, run.set(), of);
            for (String at : run == null || run.at() == null ? List.<String>of() : run.at()) {
                try {
                    PlannedChange change = PlannedChange.parse(at);
                    change.requireBefore(changed.steps());
                    changes.add(change);
                } catch (BadInputException e) {
                    throw new BadInputException(of + ": " + e.getMessage(), e);
                }
            }
            runs.put(name, new LessonRun(changed, changes));
        });
        return runs;
    }

    private static List<Expectation> expectations(LessonHead head, Map<String, LessonRun> runs, String source) {
        List<Expectation> expectations = new ArrayList<>();
        for (LessonHead.Expected expected : Objects.requireNonNullElse(head.expect(), List.<LessonHead.Expected>of())) {
            String path = "expect[" + (expectations.size() + 1) + "]";
            Claim claim;
            try {
                claim = Claim.parse(needed(expected.that(), path + ".that", source));
            } catch (BadInputException e) {
                throw new BadInputException(source + ": " + e.getMessage(), e);
            }
            for (String run : claim.runs()) {
                if (!runs.containsKey(run)) {
                    throw new BadInputException(source + ", field " + path + ".that speaks of the run " + run
                            + ", which runs does not describe; it describes " + String.join(", ", runs.keySet()) + ".");
                }
            }
            expectations.add(new Expectation(
                    needed(expected.says(), path + ".says", source),
                    claim,
                    Objects.requireNonNullElse(expected.every(), false)));
        }
        return expectations;
    }

    private static <T> T word(String given, T[] values, Function<T, String> wordOf, String path, String source) {
        for (T value : values) {
            if (wordOf.apply(value).equals(given)) {
                return value;
            }
        }
        throw new BadInputException(source + ", field " + path + " has '" + given + "'; it takes "
                + Arrays.stream(values).map(wordOf).collect(Collectors.joining(", ")) + ".");
    }

    private static String needed(@Nullable String value, String path, String source) {
        if (value == null || value.isBlank()) {
            throw new BadInputException(source + " has no " + path + "; write one.");
        }
        return value.strip();
    }

    private static int within(@Nullable Integer value, int least, int most, String path, String source) {
        if (value == null || value < least || value > most) {
            throw new BadInputException(source + ", field " + path + " is " + value + "; it must be a whole number from "
                    + least + " to " + most + ".");
        }
        return value;
    }
}
