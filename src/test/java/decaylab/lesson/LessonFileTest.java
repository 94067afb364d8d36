package decaylab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.chart.ChartKind;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a teacher writes is understood, or refused in a sentence that names the field, what stands there and what could. */
class LessonFileTest {
    private static final String HEAD = "title: T\nsummary: S\nminutes: 5\nset: {steps: 1000}\n";
    private static final String BODY = "Before.\n\n## Look\nSee *this*.\n\n## Think\nWhy?\n";
    private static final String WORDS =
            "title: Te\nsummary: Se\nsteps: [{question: {choices: [c, d], because: y}}]\nexpect: [{says: z}]\n";

    private final ExperimentYaml yaml = new ExperimentYaml();
    private final LessonFile reader = new LessonFile(yaml, new Presets(yaml));

    private Lesson read(String head, String body) {
        return reader.read("x", "en", "---\n" + head + "---\n" + body, "The lesson x.md");
    }

    private Lesson asking() {
        return read(
                HEAD + "steps: [{question: {choices: [a, b], right: 2, because: x}}]\n"
                        + "runs: {r: ~}\nexpect: [{that: norm.end(r) > 1, says: s}]\n",
                BODY);
    }

    private Lesson translate(String head) {
        return reader.translate(asking(), "es", "---\n" + head + "---\n## Mira\n\n## Piensa\n", "The translation");
    }

    @Test
    void theExampleOfTheReadmeIsALesson() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf("---\ntitle: Switch it off");
        String example = readme.substring(begin, readme.indexOf("\n```", begin));
        String steps = "\n\n## Draw it\n\n## Switch\n\n## What did it do?\n"; // the dots stand for them
        Lesson lesson = reader.read("x", "en", example.replace("\n...", steps), "The example");
        assertThat(lesson.steps()).hasSize(4);
        assertThat(lesson.expectations()).hasSize(1);
    }

    @Test
    void aHeadingOfTheSecondLevelIsAStepAndItsHeadSaysWhatIsDone() {
        Lesson lesson = read(
                HEAD + "locked: [lambda]\ncharts: [norm]\n"
                        + "steps: [{until: step 400, notes: Wait.}, {predict: {chart: norm, from: 400, to: 800}}]\n",
                BODY);
        assertThat(lesson.introduction()).isEqualTo("Before.");
        assertThat(lesson.steps()).extracting(LessonStep::title).containsExactly("Look", "Think");
        assertThat(lesson.steps()).extracting(LessonStep::text).containsExactly("See *this*.", "Why?");
        assertThat(lesson.steps())
                .extracting(LessonStep::goal)
                .containsExactly(new LessonStep.Goal.Reached(400), new LessonStep.Goal.Predicted());
        assertThat(lesson.steps().get(0).notes()).isEqualTo("Wait.");
        assertThat(lesson.steps().get(1).prediction()).isEqualTo(new LessonStep.Prediction(ChartKind.NORM, 400, 800));
        assertThat(lesson.locked()).containsExactly(LessonControl.LAMBDA);
        assertThat(lesson.experiment().steps()).isEqualTo(1000);
    }

    @Test
    void theWordOffInAHeadIsTheGateAndNotAFalsehood() {
        LessonStep step =
                read(HEAD + "steps: [{until: switched off}]\n", BODY).steps().get(0);
        assertThat(step.goal()).isEqualTo(new LessonStep.Goal.Switched(Gate.OFF));
    }

    @ParameterizedTest
    @ValueSource(strings = {"```\n## no step\n```\n", "~~~\n## no step\n~~~\n", "    ## no step\n"})
    void aLineOfCodeIsNoStep(String code) {
        Lesson lesson = read(HEAD, "## Look ##\n\n" + code);
        assertThat(lesson.steps()).extracting(LessonStep::title).containsExactly("Look");
        assertThat(lesson.steps().get(0).text()).contains("## no step");
    }

    @Test
    void linesMayEndAsOnWindows() {
        Lesson lesson = reader.read("x", "en", ("---\n" + HEAD + "---\n" + BODY).replace("\n", "\r\n"), "It");
        assertThat(lesson.steps()).extracting(LessonStep::title).containsExactly("Look", "Think");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lockd: [lambda] | , field lockd is none of a lesson's (did you mean locked?)",
                "locked: [lamda] | , field locked has 'lamda'; it takes decay, lambda",
                "locked: [~] | , field locked[1] is empty; write something there or take it out.",
                "charts: [nrm] | , field charts has 'nrm'; it takes norm",
                "seed: many | , field seed has a value 'many' that it cannot have; it takes a whole number.",
                "seeds: 2.5 | , field seeds has a value '2.5' that it cannot have; it takes a whole number.",
                "seeds: 65 | , field seeds is 65; it must be a whole number from 1 to 64.",
                "experiment: first-lok | , field experiment: There is no preset first-lok (did you mean first-look?)",
                "experiment: {stepz: 1} | , field experiment: There is no field stepz (did you mean steps?)",
                "steps: [{until: soon}] | , field steps[1].until is 'soon'; write step N, switched on",
                "steps: [{until: step 99999999999999999999}] | , field steps[1].until is 'step 99999999999999999999'",
                "steps: [{until: step 1001}] | , field steps[1].until is step 1001; the experiment has 1000 steps.",
                "steps: [{until: answered}] | , field steps[1].until is answered, but there is nothing",
                "steps: [{predict: {chart: norm, to: 1001}}] | , field steps[1].predict goes from step 0 to 1001",
                "steps: [{predict: {chart: norm, from: soon}}] | , field steps[1].predict.from has a value 'soon'",
                "steps: [{question: {choices: [a, ~], right: 1, because: x}}] | , field steps[1].question.choices[2] is empty",
                "steps: [{question: {choices: [a, b], right: 3, because: x}}] | , field steps[1].question.right is 3",
                "steps: [{race: {a: ~, b: {seed: 2}}}] | , field steps[1].race.b changes data, seed or batchSize",
                "steps: [~, ~, ~] | describes 3 steps in its head and has 2 headings",
                "runs: {a: {at: [~]}} | , field runs.a.at[1] is empty",
                "runs: {a: {at: ['1000:decay=off']}} | , runs.a: ",
                "expect: [~] | , field expect[1] is empty",
                "expect: [{that: norm.end(a) > 1, says: x}] | speaks of the run a, which runs does not describe; it describes none.",
                "expect: [{that: 1 > 0, says: x}] | , field expect[1].that is '1 > 0', which measures nothing",
                "title: U | has the field title twice at line 6; take one of them out.",
                "steps: [{until: read} | has a head that is not YAML at line 6; put words that hold",
                "`\tseed: 1` | has a tab before the words of line 6",
                "steps: [{predict: {chart: norm, from: 800, to: 400}}] | goes from step 800 to 400; from must be the earlier",
                "expect: [{that: norm.at(a, 9) > norm.at(b, 9), says: x}] | put the whole value in quotes, as in",
                "steps: [{notes: a: b}] | has a head that is not YAML at line 6",
            })
    void whatCannotBeIsRefusedInOneSentence(String line, String sentence) {
        assertThatThrownBy(() -> read(HEAD + line + "\n", BODY))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("The lesson x.md")
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".");
    }

    @Test
    void aStepThatNobodyCouldEndIsRefused() {
        assertThatThrownBy(() -> read(HEAD + "locked: [decay]\nsteps: [{until: switched off}]\n", BODY))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("steps[1].until is switched off, but locked has decay");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nrm.end(a) > 1 | there is no column nrm (did you mean norm?)",
                "norm.mean(a, 9, 3) > 1 | it goes from step 9 back to 3",
                "norm.at(a, 1.5) > 1 | '1.5' is no step",
                "norm.end(a) == 1 | '== 1' is not understood",
                "norm(a) > 1 | 'norm' is no value",
                "norm.at(a) > 1 | .at takes 1 steps after the run, not 0",
                "norm.at(a, 1000) > 1 | asks for step 1000 of the run a, which has the steps 0 to 999",
            })
    void aClaimThatCanNeverBeJudgedIsRefusedBeforeAnythingRuns(String claim, String sentence) {
        assertThatThrownBy(() -> read(HEAD + "runs: {a: ~}\nexpect: [{that: '" + claim + "', says: x}]\n", BODY))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("The lesson x.md")
                .hasMessageContaining(sentence);
    }

    @Test
    void aTranslationChangesWordsAndNothingElse() {
        Lesson translated = translate(WORDS);
        assertThat(translated.title()).isEqualTo("Te");
        assertThat(translated.steps()).extracting(LessonStep::title).containsExactly("Mira", "Piensa");
        assertThat(translated.steps().get(0).question()).isEqualTo(new Question(List.of("c", "d"), 1, "y"));
        assertThat(translated.expectations()).extracting(Expectation::says).containsExactly("z");
        assertThat(translated.expectations()).extracting(Expectation::claim).hasToString("[norm.end(r) > 1]");
        assertThat(translated.experiment()).isEqualTo(asking().experiment());
    }

    @ParameterizedTest
    @ValueSource(strings = {"minutes: 9", "seed: 9", "locked: [lambda]", "set: {steps: 5}", "seeds: 2", "runs: {a: ~}"})
    void whatIsCheckedStandsInTheEnglishFileAlone(String line) {
        assertThatThrownBy(() -> translate(WORDS + line + "\n"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("The translation, field " + line.substring(0, line.indexOf(':'))
                        + " is given, but a translation holds texts alone; leave it to the English file.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "because: y | right: 1, because: y | field steps[1].question.right is given",
                "says: z | says: z, that: norm.end(q) > 2 | field expect[1].that is given",
                "[c, d] | [c] | has not the 2 choices of steps[1].question",
                "[c, d] | [c, ~] | steps[1].question.choices[2] is empty",
                "{says: z} | ~ | expect[1] is empty",
            })
    void aTranslationThatDoesNotFitIsRefused(String words, String others, String sentence) {
        assertThatThrownBy(() -> translate(WORDS.replace(words, others)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(sentence);
    }
}
