package decaylab.lesson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import decaylab.chart.ChartKind;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Nearest;
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
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Reads lessons. A lesson is Markdown with a YAML head between two lines of {@code ---}: its title, its experiment, what is shown and
 * locked, and for each heading of the second level, in their order, what the student does there. A translation has a head with
 * nothing but texts, and the same headings; all that is checked stands in the English file alone.
 */
public final class LessonFile {
    private static final Pattern FILE = Pattern.compile("\\A\\uFEFF?---\\R(.*?)\\R---\\R(.*)\\z", Pattern.DOTALL);
    private static final Pattern UNTIL =
            Pattern.compile("step (\\d{1,18})|switched (on|off|auto)|read|predicted|answered|ended");
    private static final Pattern HASHES = Pattern.compile("^ {0,3}##(?=\\s|$)|\\s#+\\s*$");
    private static final Pattern PART_OF_A_VALUE = Pattern.compile("[()<>*/+ ]");
    private static final Pattern INDENTED_BY_TAB = Pattern.compile("^ *\t");
    private static final Pattern TWICE = Pattern.compile("Duplicate field '([^']*)'");
    private static final int STEP_LEVEL = 2;
    private static final int LONGEST = 120;
    private static final int MOST_RACERS = 4;

    private final ExperimentYaml yaml;
    private final Presets presets;
    private final YAMLMapper mapper;
    private final Parser markdown =
            Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();

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
        mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT); // 5.7 minutes are no 5 minutes
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
            throw new BadInputException(
                    source + " has no step; write one as a heading of the second level, '## Look'.");
        }
        Experiment experiment = experiment(head, source);
        List<LessonHead.@Nullable Step> heads = Objects.requireNonNullElse(head.steps(), List.of());
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
        textsAlone(head, source);
        if (parts.titles().size() != original.steps().size()) {
            throw new BadInputException(
                    source + " has " + parts.titles().size() + " headings '## ...'; the English file has "
                            + original.steps().size() + ".");
        }
        List<LessonHead.@Nullable Step> heads = Objects.requireNonNullElse(head.steps(), List.of());
        if (heads.size() > original.steps().size()) {
            throw new BadInputException(source + " describes " + heads.size() + " steps in its head; the lesson has "
                    + original.steps().size() + ".");
        }
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
        List<LessonHead.Expected> says = filled(head.expect(), "expect", source);
        if (says.size() != original.expectations().size()) {
            throw new BadInputException(source + " says " + says.size() + " expectations; the English file has "
                    + original.expectations().size() + ".");
        }
        List<Expectation> expectations = new ArrayList<>();
        for (int i = 0; i < says.size(); i++) {
            Expectation expected = original.expectations().get(i);
            expectations.add(new Expectation(
                    needed(says.get(i).says(), "expect[" + (i + 1) + "].says", source),
                    expected.claim(),
                    expected.every()));
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

    /** Refuses what would be read here and change nothing: a teacher who mends it in one language would wait for it in vain. */
    private static void textsAlone(LessonHead head, String source) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("minutes", head.minutes());
        facts.put("experiment", head.experiment());
        facts.put("set", head.set());
        facts.put("seed", head.seed());
        facts.put("charts", head.charts());
        facts.put("locked", head.locked());
        facts.put("runs", head.runs());
        facts.put("seeds", head.seeds());
        List<LessonHead.@Nullable Step> steps = Objects.requireNonNullElse(head.steps(), List.of());
        for (int i = 0; i < steps.size(); i++) {
            LessonHead.Step step = steps.get(i);
            if (step != null) {
                String path = "steps[" + (i + 1) + "].";
                facts.put(path + "view", step.view());
                facts.put(path + "predict", step.predict());
                facts.put(path + "race", step.race());
                facts.put(path + "until", step.until());
                facts.put(
                        path + "question.right",
                        step.question() == null ? null : step.question().right());
            }
        }
        List<LessonHead.Expected> expected = filled(head.expect(), "expect", source);
        for (int i = 0; i < expected.size(); i++) {
            facts.put("expect[" + (i + 1) + "].that", expected.get(i).that());
            facts.put("expect[" + (i + 1) + "].every", expected.get(i).every());
        }
        facts.forEach((path, value) -> {
            if (value != null) {
                throw new BadInputException(source + ", field " + path
                        + " is given, but a translation holds texts alone; leave it to the English file.");
            }
        });
    }

    private static @Nullable Question translated(
            @Nullable Question question, LessonHead.@Nullable Ask words, int place, String source) {
        if (question == null) {
            return null;
        }
        String path = "steps[" + (place + 1) + "].question";
        List<@Nullable String> given = words == null ? null : words.choices();
        List<String> choices = filled(given, path + ".choices", source);
        if (words == null || choices.size() != question.choices().size()) {
            throw new BadInputException(
                    source + " has not the " + question.choices().size() + " choices of " + path + "; translate each.");
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
        List<String> lines = matcher.group(2).lines().toList();
        List<String> titles = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        String introduction = "";
        int from = 0;
        for (Heading heading : headings(String.join("\n", lines))) {
            List<SourceSpan> spans = heading.getSourceSpans();
            int first = spans.get(0).getLineIndex();
            String before = between(lines, from, first);
            if (titles.isEmpty()) {
                introduction = before;
            } else {
                texts.add(before);
            }
            String title = HASHES.matcher(lines.get(first)).replaceAll("").strip();
            if (title.isEmpty()) {
                throw new BadInputException(source + " has a heading '##' without words as its step "
                        + (titles.size() + 1) + "; write them.");
            }
            titles.add(title);
            from = spans.get(spans.size() - 1).getLineIndex() + 1;
        }
        String last = between(lines, from, lines.size());
        if (titles.isEmpty()) {
            introduction = last;
        } else {
            texts.add(last);
        }
        return new Parts(head, introduction, titles, texts);
    }

    /** The headings of the second level; a line in a block of code is none, though it begins like one. */
    private List<Heading> headings(String body) {
        List<Heading> headings = new ArrayList<>();
        for (Node node = markdown.parse(body).getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() == STEP_LEVEL) {
                headings.add(heading);
            }
        }
        return headings;
    }

    private static String between(List<String> lines, int from, int to) {
        return String.join("\n", lines.subList(from, to)).strip();
    }

    private LessonHead head(String text, String source) {
        try {
            LessonHead head = mapper.readValue(text, LessonHead.class);
            if (head == null) {
                throw new BadInputException(source + " has an empty head; write at least title, summary and minutes.");
            }
            return head;
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof StreamReadException broken) { // met while a part of the head was read
                throw broken(broken, text, source);
            }
            String path = e.getPath().stream()
                    .map(part ->
                            part.getFieldName() == null ? "[" + (part.getIndex() + 1) + "]" : "." + part.getFieldName())
                    .collect(Collectors.joining())
                    .replaceFirst("^\\.", "");
            throw new BadInputException(
                    path.isEmpty()
                            ? source + " has a head that is no list of fields; write lines such as 'title: My lesson'."
                            : source + ", field " + path + complaint(e),
                    e);
        } catch (JsonProcessingException e) {
            throw broken(e, text, source);
        }
    }

    private static BadInputException broken(JsonProcessingException e, String text, String source) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (INDENTED_BY_TAB.matcher(lines.get(i)).find()) {
                return new BadInputException(
                        source + " has a tab before the words of line " + (i + 2)
                                + ", which YAML does not take; indent with spaces.",
                        e);
            }
        }
        String where =
                e.getLocation() == null ? "" : " at line " + (e.getLocation().getLineNr() + 1); // after the line ---
        Matcher twice = TWICE.matcher(e.getOriginalMessage());
        return new BadInputException(
                twice.find()
                        ? source + " has the field " + twice.group(1) + " twice" + where + "; take one of them out."
                        : source + " has a head that is not YAML" + where
                                + "; put words that hold ': ' in quotes, and close each quote and bracket.",
                e);
    }

    /** What is wrong with a field, and what would be right. */
    private static String complaint(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException unknown
                && PART_OF_A_VALUE.matcher(unknown.getPropertyName()).find()) {
            return " is the rest of a value that a comma cut off; put the whole value in quotes, as in"
                    + " that: \"norm.at(off, 799) > norm.at(kept, 799)\".";
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            List<String> known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            return " is none of a lesson's" + Nearest.hint(unknown.getPropertyName(), known) + "; the fields there are "
                    + String.join(", ", known) + ".";
        }
        String value = e instanceof InvalidFormatException format ? " '" + format.getValue() + "'" : "";
        Class<?> target = e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return " has a value" + value + " that it cannot have; it takes " + kind(target) + ".";
    }

    private static String kind(@Nullable Class<?> target) {
        if (target == null) {
            return "something else";
        }
        if (Number.class.isAssignableFrom(target)) {
            return "a whole number";
        }
        if (target == Boolean.class) {
            return "true or false";
        }
        if (target == String.class) {
            return "words";
        }
        return List.class.isAssignableFrom(target) ? "a list, as in [a, b]" : "fields, as in {name: value}";
    }

    private Experiment experiment(LessonHead head, String source) {
        JsonNode given = head.experiment();
        Experiment base;
        try {
            base = given == null || given.isTextual()
                    ? presets.get(given == null ? "first-look" : given.asText())
                    : yaml.parse(given.toString(), "The experiment");
        } catch (BadInputException e) {
            throw new BadInputException(source + ", field experiment: " + e.getMessage(), e);
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

    private LessonStep step(
            LessonHead.@Nullable Step head, int place, Parts parts, Experiment experiment, String source) {
        List<@Nullable String> locked = parts.head().locked();
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
        if (goal instanceof Goal.Switched && locked != null && locked.contains("decay")) {
            throw new BadInputException(source + ", field " + path + ".until is " + head.until()
                    + ", but locked has decay, so nobody can switch it; take one of the two out.");
        }
        return new LessonStep(
                title, text, Objects.requireNonNullElse(head.notes(), ""), view, prediction, race, question, goal);
    }

    private static LessonStep.@Nullable Prediction prediction(
            LessonHead.@Nullable Predict predict, String path, Experiment experiment, String source) {
        if (predict == null) {
            return null;
        }
        ChartKind chart =
                chart(needed(predict.chart(), path + ".predict.chart", source), path + ".predict.chart", source);
        long from = Objects.requireNonNullElse(predict.from(), 0L);
        long to = Objects.requireNonNullElse(predict.to(), experiment.steps());
        if (from >= 0 && from <= experiment.steps() && to >= 0 && to <= from) {
            throw new BadInputException(source + ", field " + path + ".predict goes from step " + from + " to " + to
                    + "; from must be the earlier one.");
        }
        if (from < 0 || to <= from || to > experiment.steps()) {
            throw new BadInputException(source + ", field " + path + ".predict goes from step " + from + " to " + to
                    + "; the experiment has the steps 0 to " + experiment.steps() + ".");
        }
        return new LessonStep.Prediction(chart, from, to);
    }

    private List<Racer> race(
            @Nullable Map<String, @Nullable Map<String, JsonNode>> race,
            String path,
            Experiment experiment,
            String source) {
        List<Racer> racers = new ArrayList<>();
        if (race == null) {
            return racers;
        }
        if (race.size() < 2 || race.size() > MOST_RACERS) {
            throw new BadInputException(source + ", field " + path + ".race has " + race.size()
                    + " settings; give two to " + MOST_RACERS + ".");
        }
        race.forEach((name, set) ->
                racers.add(new Racer(name, with(experiment, set, source + ", " + path + ".race." + name))));
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
        List<String> choices = filled(ask.choices(), path + ".question.choices", source);
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
        for (String word : filled(head.charts(), "charts", source)) {
            charts.add(chart(word, "charts", source));
        }
        return charts.isEmpty() ? ChartKind.dashboard() : charts;
    }

    private static ChartKind chart(String word, String path, String source) {
        return word(
                word,
                ChartKind.values(),
                kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                path,
                source);
    }

    private static Set<LessonControl> locked(LessonHead head, String source) {
        Set<LessonControl> locked = EnumSet.noneOf(LessonControl.class);
        for (String word : filled(head.locked(), "locked", source)) {
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
            List<@Nullable String> at = run == null ? null : run.at();
            for (String text : filled(at, "runs." + name + ".at", source)) {
                try {
                    PlannedChange change = PlannedChange.parse(text);
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
        for (LessonHead.Expected expected : filled(head.expect(), "expect", source)) {
            String path = "expect[" + (expectations.size() + 1) + "]";
            Claim claim;
            try {
                claim = Claim.parse(needed(expected.that(), path + ".that", source));
            } catch (BadInputException e) {
                throw new BadInputException(source + ": " + e.getMessage(), e);
            }
            if (claim.runs().isEmpty()) {
                throw new BadInputException(source + ", field " + path + ".that is '" + claim
                        + "', which measures nothing; write a value such as norm.end(RUN).");
            }
            for (String run : claim.runs()) {
                if (!runs.containsKey(run)) {
                    throw new BadInputException(source + ", field " + path + ".that speaks of the run " + run
                            + ", which runs does not describe; it describes "
                            + (runs.isEmpty() ? "none" : String.join(", ", runs.keySet())) + ".");
                }
                long steps = Objects.requireNonNull(runs.get(run)).experiment().steps();
                if (claim.lastStep(run) >= steps) {
                    throw new BadInputException(
                            source + ", field " + path + ".that asks for step " + claim.lastStep(run) + " of the run "
                                    + run + ", which has the steps 0 to " + (steps - 1) + ".");
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

    /** The items of a list; none where there is no list. An empty item is a slip of the pen: a dash or comma too many. */
    private static <T> List<T> filled(@Nullable List<@Nullable T> given, String path, String source) {
        List<T> items = new ArrayList<>();
        for (T item : given == null ? List.<@Nullable T>of() : given) {
            if (item == null || item instanceof String word && word.isBlank()) {
                throw new BadInputException(source + ", field " + path + "[" + (items.size() + 1)
                        + "] is empty; write something there or take it out.");
            }
            items.add(item);
        }
        return items;
    }

    private static String needed(@Nullable String value, String path, String source) {
        if (value == null || value.isBlank()) {
            throw new BadInputException(source + " has no " + path + "; write one.");
        }
        return value.strip();
    }

    private static int within(@Nullable Integer value, int least, int most, String path, String source) {
        if (value == null || value < least || value > most) {
            throw new BadInputException(source + ", field " + path + " is " + value
                    + "; it must be a whole number from " + least + " to " + most + ".");
        }
        return value;
    }
}
