package decaylab.lesson;

import decaylab.experiment.Experiment;
import decaylab.instrument.SampleLog;
import decaylab.lesson.Lesson.LessonRun;
import decaylab.problem.BadInputException;
import decaylab.train.DataSource;
import decaylab.train.Trainer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Does what lessons speak of and judges what they promise. Runs that several lessons share are done once. */
public final class LessonCheck {
    private final List<Lesson> lessons;
    private final DataSource data;
    private final Set<LessonRun> runs = new LinkedHashSet<>();

    /**
     * @param lessons to check, each in its first language
     * @param data where runs get their data
     */
    public LessonCheck(List<Lesson> lessons, DataSource data) {
        this.lessons = List.copyOf(lessons);
        this.data = data;
        for (Lesson lesson : lessons) {
            for (int i = 0; i < lesson.seeds(); i++) {
                for (LessonRun run : lesson.runs().values()) {
                    runs.add(run.withSeed(lesson.experiment().seed() + i));
                }
            }
        }
    }

    /**
     * What came of a promise.
     *
     * @param lesson whose
     * @param expectation which
     * @param finding what was measured
     */
    public record Verdict(Lesson lesson, Expectation expectation, Expectation.Finding finding) {}

    /** How many runs there are. */
    public int runs() {
        return runs.size();
    }

    /**
     * Does all runs, then judges.
     *
     * @param workers runs at the same time, at least 1; what is found is the same
     * @param done told how many runs are done, from the threads that do them
     * @throws BadInputException where a run cannot be done
     */
    public List<Verdict> go(int workers, IntConsumer done) {
        Map<LessonRun, SampleLog> logs = new HashMap<>();
        AtomicInteger count = new AtomicInteger();
        ExecutorService team = Executors.newFixedThreadPool(workers);
        try {
            Map<LessonRun, Future<SampleLog>> asked = new LinkedHashMap<>();
            for (LessonRun run : runs) {
                asked.put(run, team.submit(() -> {
                    SampleLog log = train(run);
                    done.accept(count.incrementAndGet());
                    return log;
                }));
            }
            for (Map.Entry<LessonRun, Future<SampleLog>> each : asked.entrySet()) {
                logs.put(each.getKey(), each.getValue().get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the check was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            team.shutdownNow();
        }
        return judge(logs);
    }

    private SampleLog train(LessonRun run) throws InterruptedException {
        Experiment experiment = run.experiment();
        try (Trainer trainer = Trainer.create(experiment, data.task(experiment), null, run.changes(), 1)) {
            while (!trainer.finished()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("the check was interrupted");
                }
                trainer.advance();
            }
            trainer.awaitInstruments(); // what is measured on copies comes after the step
            return trainer.log();
        }
    }

    private List<Verdict> judge(Map<LessonRun, SampleLog> logs) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Lesson lesson : lessons) {
            List<Map<String, SampleLog>> seeds = new ArrayList<>();
            for (int i = 0; i < lesson.seeds(); i++) {
                Map<String, SampleLog> ofSeed = new HashMap<>();
                for (Map.Entry<String, LessonRun> run : lesson.runs().entrySet()) {
                    LessonRun seeded =
                            run.getValue().withSeed(lesson.experiment().seed() + i);
                    ofSeed.put(run.getKey(), java.util.Objects.requireNonNull(logs.get(seeded)));
                }
                seeds.add(ofSeed);
            }
            for (Expectation expectation : lesson.expectations()) {
                try {
                    verdicts.add(new Verdict(lesson, expectation, expectation.judge(seeds)));
                } catch (BadInputException e) {
                    throw new BadInputException("The lesson " + lesson.name() + ": " + e.getMessage(), e);
                }
            }
        }
        return verdicts;
    }
}
