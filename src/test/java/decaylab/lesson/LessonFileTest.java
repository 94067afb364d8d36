package decaylab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.chart.ChartKind;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.lesson.LessonStep.Goal;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a lesson's file means, and the sentence for each field that cannot be used. */
class LessonFileTest {
    private static final String GOOD = """
            ---
            title: Title
            summary: Summary.
            minutes: 5
            experiment: first-look
            set: {steps: 100}
            seed: 3
            charts: [norm, decay]
            locked: [lambda, learning-rate]
            steps:
              - until: step 40
                notes: Wait.
              - predict: {chart: norm, from: 40, to: 80}
              - until: switched off
              - question: {choices: [Up, Down], right: 2, because: It is so.}
                view: update
              - race: {kept: {}, none: {decay.gate: off}}
            runs:
              kept: {}
              off: {at: ["40:decay=off"]}
            seeds: 2
            expect:
              - {that: "norm.end(off) > norm.end(kept)", says: It grows., every: true}
            ---
            Words *before*.

            ## One
            Text.

            ```
            ## no heading
            ```
            ## Two
            ## Three
            ## Four
            ## Five
            ## Six
            Last.
            """;

    private static final String TRANSLATION = """
            ---
            title: Titel
            summary: Kurz.
            steps:
              - notes: Warten.
              - {}
              - {}
              - question: {choices: [Auf, Ab], because: Darum.}
            expect:
              - says: Sie wächst.
            ---
            ## Eins
            ## Zwei
            ## Drei
            ## Vier
            ## Fünf
            ## Sechs
            """;

    private final ExperimentYaml yaml = new ExperimentYaml();
    private final LessonFile file = new LessonFile(yaml, new Presets(yaml));

    private Lesson read(String text) {
        return file.read("name", "en", text, "The lesson x.md");
    }

    private Lesson translate(String text) {
        return file.translate(read(GOOD), "de", text, "The translation");
    }

    @Test
    void aGoodFile() {
        Lesson lesson = read(GOOD);
        assertThat(lesson.title()).isEqualTo("Title");
        assertThat(lesson.experiment().steps()).isEqualTo(100);
        assertThat(lesson.experiment().seed()).isEqualTo(3);
        assertThat(lesson.charts()).containsExactly(ChartKind.NORM, ChartKind.DECAY);
        assertThat(lesson.locked()).containsExactlyInAnyOrder(LessonControl.LAMBDA, LessonControl.LEARNING_RATE);
        assertThat(lesson.introduction()).isEqualTo("Words *before*.");
        assertThat(lesson.steps())
                .extracting(LessonStep::title)
                .containsExactly("One", "Two", "Three", "Four", "Five", "Six");
        assertThat(lesson.steps())
                .extracting(LessonStep::goal)
                .containsExactly(
                        new Goal.Reached(40),
                        new Goal.Predicted(),
                        new Goal.Switched(Gate.OFF),
                        new Goal.Answered(),
                        new Goal.Ended(),
                        new Goal.Read());
        assertThat(lesson.steps().get(0).text()).contains("## no heading");
        assertThat(lesson.steps().get(0).notes()).isEqualTo("Wait.");
        assertThat(lesson.steps().get(3).view()).isEqualTo(LessonView.UPDATE);
        assertThat(lesson.steps().get(3).question()).extracting("right").isEqualTo(1);
        assertThat(lesson.steps().get(4).race()).extracting("name").containsExactly("kept", "none");
        assertThat(lesson.runs()).containsOnlyKeys("kept", "off");
        assertThat(lesson.runs().get("off").changes()).hasSize(1);
        assertThat(lesson.seeds()).isEqualTo(2);
        assertThat(lesson.expectations()).singleElement().matches(Expectation::every);
    }

    @Test
    void aTranslationHasItsOwnTextsAndNothingElse() {
        Lesson lesson = translate(TRANSLATION);
        assertThat(lesson.language()).isEqualTo("de");
        assertThat(lesson.title()).isEqualTo("Titel");
        assertThat(lesson.steps()).extracting(LessonStep::title).endsWith("Sechs");
        assertThat(lesson.steps().get(0).notes()).isEqualTo("Warten.");
        assertThat(lesson.steps().get(3).question()).isEqualTo(new Question(List.of("Auf", "Ab"), 1, "Darum."));
        assertThat(lesson.steps())
                .extracting(LessonStep::goal)
                .isEqualTo(read(GOOD).steps().stream().map(LessonStep::goal).toList());
        assertThat(lesson.expectations()).extracting(Expectation::says).containsExactly("Sie wächst.");
        assertThat(lesson.runs()).isEqualTo(read(GOOD).runs());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title: Title|x: 1|field x is none of a lesson's",
                "title: Title|seed: 4|not YAML",
                "title: Title|title: ''|has no title",
                "summary: Summary.|seeds: 1|not YAML",
                "minutes: 5|minutes: 0|minutes is 0",
                "minutes: 5|minutes: soon|minutes has a value",
                "experiment: first-look|experiment: frist-look|frist-look",
                "{steps: 100}|{stops: 100}|stops",
                "{steps: 100}|{steps: 0}|steps",
                "[norm, decay]|[norm, colour]|charts has 'colour'; it takes norm,",
                "[lambda, learning-rate]|[all]|locked has 'all'; it takes decay,",
                "until: step 40|until: step 101|steps[1].until is step 101; the experiment has 100 steps",
                "until: step 40|until: later|steps[1].until is 'later'",
                "until: step 40|until: answered|there is nothing to be answered",
                "{chart: norm, from: 40, to: 80}|{chart: norm, from: 80, to: 80}|steps[2].predict goes from step 80 to 80",
                "{chart: norm, from: 40, to: 80}|{chart: norm, to: 101}|predict goes from step 0 to 101",
                "{chart: norm, from: 40, to: 80}|{chart: bar}|steps[2].predict.chart has 'bar'",
                "choices: [Up, Down], right: 2|choices: [Up], right: 1|choices has 1; give two to six",
                "choices: [Up, Down], right: 2|choices: [Up, Down], right: 3|question.right is 3",
                "right: 2, because: It is so.|right: 2|has no steps[4].question.because",
                "view: update|view: up|steps[4].view has 'up'",
                "{kept: {}, none: {decay.gate: off}}|{kept: {}}|race has 1 settings",
                "none: {decay.gate: off}|none: {seed: 9}|all of a race must see the same batches",
                "40:decay=off|100:decay=off|runs.off",
                "40:decay=off|decay|runs.off",
                "seeds: 2|seeds: 65|seeds is 65",
                "norm.end(off) >|norm.end(of) >|speaks of the run of, which runs does not describe",
                "norm.end(off) >|norm.end(off)|The claim",
                "says: It grows., every|every|has no expect[1].says"
            })
    void badFields(String good, String bad, String says) {
        assertThat(GOOD).contains(good);
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("The lesson x.md")
                .hasMessageContaining(says)
                .hasMessageEndingWith(".");
    }

    @Test
    void aFileWithoutHeadOrSteps() {
        assertThatThrownBy(() -> read("## One")).hasMessageContaining("has no head");
        assertThatThrownBy(() -> read("---\n\n---\n## One")).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> read(GOOD.replace("## ", "# "))).hasMessageContaining("has no step");
        assertThatThrownBy(() ->
                        read(GOOD.replace("## F", "# F").replace("## S", "# S").replace("## T", "# T")))
                .hasMessageContaining("describes 5 steps in its head and has 1 headings");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title: Titel|experiment: never|leave experiment, set, charts and runs to the English file",
                "title: Titel|minutes: 4|has no title",
                "## Sechs|Sechs|has 5 headings '## ...'; the English file has 6",
                "[Auf, Ab]|[Auf]|has not the 2 choices of steps[4].question",
                "{choices: [Auf, Ab], because: Darum.}|{choices: [Auf, Ab]}|has no steps[4].question.because",
                "- says: Sie wächst.|[]|says 0 expectations; the English file has 1"
            })
    void translationsThatDoNotFit(String good, String bad, String says) {
        assertThatThrownBy(() -> translate(TRANSLATION.replace(good, bad)))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("The translation")
                .hasMessageContaining(says);
    }
}
