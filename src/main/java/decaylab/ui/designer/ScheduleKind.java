package decaylab.ui.designer;

import decaylab.schedule.Every;
import decaylab.schedule.Schedule;
import decaylab.ui.base.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The kinds of schedules as a form shows them: a word, and the parameters in the order of the file. */
public enum ScheduleKind {
    CONSTANT("constant"),
    WINDOW("window", "from", "to"),
    PIECEWISE("piecewise", "knots"),
    COSINE("cosine", "floor"),
    EXPONENTIAL("exponential", "factor", "every"),
    DRAWN("drawn", "points");

    private final String word;
    private final List<String> parameters;

    ScheduleKind(String word, String... parameters) {
        this.word = word;
        this.parameters = List.of(parameters);
    }

    /** The word that files use. */
    public String word() {
        return word;
    }

    /** The parameters, as files name them. */
    public List<String> parameters() {
        return parameters;
    }

    /** The kind of a word; constant where there is none of that word. */
    public static ScheduleKind ofWord(String word) {
        for (ScheduleKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        return CONSTANT;
    }

    /** The kind of a schedule. */
    public static ScheduleKind of(Schedule schedule) {
        if (schedule instanceof Schedule.Window) {
            return WINDOW;
        }
        if (schedule instanceof Schedule.Piecewise) {
            return PIECEWISE;
        }
        if (schedule instanceof Schedule.Cosine) {
            return COSINE;
        }
        if (schedule instanceof Schedule.Exponential) {
            return EXPONENTIAL;
        }
        return schedule instanceof Schedule.Drawn ? DRAWN : CONSTANT;
    }

    /** A schedule's parameters as a form's texts; an empty text is null. */
    static Map<String, String> texts(Schedule schedule) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (schedule instanceof Schedule.Window window) {
            texts.put("from", Long.toString(window.from()));
            texts.put("to", window.to() == null ? "" : Long.toString(window.to()));
        } else if (schedule instanceof Schedule.Piecewise piecewise) {
            texts.put(
                    "knots",
                    list(piecewise.knots().stream()
                            .map(knot -> "{from: " + knot.from() + ", factor: " + Numbers.exact(knot.factor()) + "}")
                            .toList()));
        } else if (schedule instanceof Schedule.Cosine cosine) {
            texts.put("floor", Numbers.exact(cosine.floor()));
        } else if (schedule instanceof Schedule.Exponential exponential) {
            texts.put("factor", Numbers.exact(exponential.factor()));
            texts.put("every", exponential.every().toString());
        } else if (schedule instanceof Schedule.Drawn drawn) {
            texts.put(
                    "points",
                    list(drawn.points().stream()
                            .map(point -> "{at: " + Numbers.exact(point.at()) + ", factor: "
                                    + Numbers.exact(point.factor()) + "}")
                            .toList()));
        }
        return texts;
    }

    /** What a form shows when somebody turns to this kind. */
    Map<String, String> startingTexts() {
        return texts(
                switch (this) {
                    case CONSTANT -> new Schedule.Constant();
                    case WINDOW -> new Schedule.Window(0, null);
                    case PIECEWISE -> new Schedule.Piecewise(List.of(new Schedule.Knot(0, 1)));
                    case COSINE -> new Schedule.Cosine(0);
                    case EXPONENTIAL -> new Schedule.Exponential(0.93, Every.EPOCH);
                    case DRAWN -> new Schedule.Drawn(List.of(new Schedule.Point(0, 1), new Schedule.Point(1, 0)));
                });
    }

    private static String list(List<String> items) {
        return items.stream().collect(Collectors.joining(", ", "[", "]"));
    }
}
