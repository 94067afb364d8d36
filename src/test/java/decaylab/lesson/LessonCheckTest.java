package decaylab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.data.DataCatalogue;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.problem.BadInputException;
import decaylab.train.DataSource;
import decaylab.train.ExperimentData;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The promises of lessons: those of the lab are kept, and a broken one is found. */
class LessonCheckTest {
    private static final String SMALL = """
            ---
            title: Small
            summary: S.
            minutes: 5
            set: {steps: 30, evaluateEvery: 30}
            runs:
              kept: {}
              off: {set: {decay.gate: off}}
              measured: {set: {instruments: {generalization: 30}}}
            seeds: 2
            expect:
              - {that: "CLAIM", says: It is so., every: true}
            ---
            ## Look
            """;

    private final ExperimentYaml yaml = new ExperimentYaml();
    private final Presets presets = new Presets(yaml);
    private final LessonFile file = new LessonFile(yaml, presets);
    private final DataSource data = new ExperimentData(new DataCatalogue(), () -> Path.of("none")); // all of it is made

    private Lesson small(String claim) {
        return file.read("small", "en", SMALL.replace("CLAIM", claim), "The lesson small.md");
    }

    private boolean met(String claim) {
        return new LessonCheck(List.of(small(claim)), data)
                .go(1, done -> {})
                .get(0)
                .finding()
                .met();
    }

    @Test
    void allLessonsKeepTheirPromises() {
        List<Lesson> lessons = new Lessons(yaml, presets).all(Lessons.FIRST_LANGUAGE);
        LessonCheck check = new LessonCheck(lessons, data);
        AtomicInteger done = new AtomicInteger();
        List<LessonCheck.Verdict> verdicts = check.go(2, count -> done.incrementAndGet());
        assertThat(verdicts)
                .hasSize(lessons.stream()
                        .mapToInt(lesson -> lesson.expectations().size())
                        .sum());
        assertThat(verdicts).allSatisfy(verdict -> assertThat(verdict.finding().met())
                .as("%s: %s: %s", verdict.lesson().name(), verdict.expectation().claim(), verdict.finding())
                .isTrue());
        assertThat(done).hasValue(check.runs());
    }

    @Test
    void aBrokenPromiseIsFound() {
        assertThat(met("norm.end(off) > norm.end(kept)")).isTrue();
        assertThat(met("norm.end(off) < norm.end(kept)")).isFalse();
        assertThat(met("norm.at(off, 20) < norm.mean(kept, 0, 20)")).isFalse();
    }

    @Test
    void whatIsMeasuredOnCopiesIsWaitedFor() {
        assertThat(met("kF.end(measured) > 0")).isTrue();
        assertThat(met("kF.end(kept) > 0")).isFalse(); // not taken there
    }

    @Test
    void equalRunsAreDoneOnce() {
        Lesson one = small("norm.end(off) > norm.end(kept)");
        Lesson other = small("norm.end(off) < norm.end(kept)");
        LessonCheck check = new LessonCheck(List.of(one, other), data);
        assertThat(check.runs()).isEqualTo(6);
        List<LessonCheck.Verdict> verdicts = check.go(2, done -> {});
        assertThat(verdicts).extracting(verdict -> verdict.finding().seeds()).containsExactly(2, 0);
    }

    @Test
    void aColumnThatThereIsNotIsNamedWithItsLesson() {
        assertThatThrownBy(() -> met("kFisher.end(kept) > 0"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("The lesson small.md: ")
                .hasMessageContaining("there is no column kFisher");
    }
}
