package decaylab.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Journals for tests. */
final class Journals {
    private Journals() {}

    /** A journal with one run whose norm is a line. */
    static Journal of(String author, String tried, double from, double to) {
        return of(author, List.of(run("run of " + author, tried, from, to)), "");
    }

    static Journal of(String author, List<JournalRun> runs, String notes) {
        Curve drawn = new Curve(List.of(10L, 20L), List.of(1.0, 2.0));
        return new Journal(
                "",
                "",
                author,
                "2026-01-02 10:00",
                "1.0",
                runs,
                List.of(
                        new JournalPrediction("a run", "Norm", false, drawn, drawn, 100, "100 of 100 points."),
                        new JournalPrediction("a run", "Loss", true, drawn, drawn, null, "Nothing was measured.")),
                List.of(new Journal.Explained("a run", 12, "The norm falls.")),
                List.of(new Journal.LessonDone(
                        "l", "A lesson", 2, 3, List.of(new Journal.Answer("Why?", "Because.", true)))),
                notes);
    }

    static JournalRun run(String name, String tried, double from, double to) {
        List<Long> steps = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (long step = 0; step <= 100; step += 10) {
            steps.add(step);
            values.add(from + (to - from) * step / 100);
        }
        Curve norm = new Curve(steps, values);
        return new JournalRun(
                name,
                tried,
                "proto, mlp 8",
                1,
                101,
                "finished",
                List.of(new JournalRun.Made(40, "decay", "auto", "off")),
                Map.of("norm", to, "test_accuracy", 0.75, "loss", Double.NaN),
                norm,
                norm);
    }
}
