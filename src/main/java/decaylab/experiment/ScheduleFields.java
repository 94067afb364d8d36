package decaylab.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import decaylab.problem.BadInputException;
import decaylab.schedule.Every;
import decaylab.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of schedules as files name them, what each has by default, and how its fields are read. */
final class ScheduleFields {
    private static final String STEP = "a whole number of at least 0";
    private static final String FACTOR = "a number of at least 0";

    private ScheduleFields() {}

    /** A schedule of each kind, by the kind's word. */
    static Map<String, Schedule> byKind() {
        Map<String, Schedule> schedules = new LinkedHashMap<>();
        schedules.put("constant", new Schedule.Constant());
        schedules.put("window", new Schedule.Window(0, null));
        schedules.put("piecewise", new Schedule.Piecewise(List.of()));
        schedules.put("cosine", new Schedule.Cosine(0));
        schedules.put("exponential", new Schedule.Exponential(0.93, Every.EPOCH));
        schedules.put("drawn", new Schedule.Drawn(List.of(new Schedule.Point(0, 1))));
        return schedules;
    }

    /**
     * Reads a schedule.
     *
     * @param reader of an object with its kind and all of the kind's fields
     * @throws BadInputException where a field cannot be used
     */
    static Schedule read(FieldReader reader) {
        String kind = reader.at("kind").choice(List.copyOf(byKind().keySet()));
        return switch (kind) {
            case "constant" -> new Schedule.Constant();
            case "window" -> window(reader);
            case "piecewise" -> new Schedule.Piecewise(knots(reader.at("knots")));
            case "cosine" -> new Schedule.Cosine(reader.at("floor").number(0, 1, "a number from 0 to 1"));
            case "exponential" ->
                new Schedule.Exponential(
                        reader.at("factor").number(Double.MIN_VALUE, 1, "a number above 0 and at most 1"),
                        reader.at("every").choice(Every.values()));
            case "drawn" -> new Schedule.Drawn(points(reader.at("points")));
            default -> throw new IllegalStateException("the schedule " + kind + " cannot be read");
        };
    }

    private static Schedule window(FieldReader reader) {
        long from = step(reader.at("from"));
        FieldReader end = reader.at("to");
        @Nullable Long to = null;
        if (!end.isNull()) {
            String allowed = "a whole number of at least from, " + from + ", or null for the end of the run";
            to = end.whole(allowed);
            if (to < from) {
                throw end.refuse(allowed);
            }
        }
        return new Schedule.Window(from, to);
    }

    private static List<Schedule.Knot> knots(FieldReader list) {
        List<Schedule.Knot> knots = new ArrayList<>();
        for (FieldReader item : list.items("a list like [{from: 0, factor: 1}, {from: 600, factor: 0.1}]")) {
            item.having(List.of("from", "factor"));
            long from = step(item.at("from"));
            if (!knots.isEmpty() && from <= knots.get(knots.size() - 1).from()) {
                throw item.at("from")
                        .refuse("larger than that of the knot before it, "
                                + knots.get(knots.size() - 1).from());
            }
            knots.add(new Schedule.Knot(from, factor(item.at("factor"))));
        }
        return knots;
    }

    private static List<Schedule.Point> points(FieldReader list) {
        String example = "a list like [{at: 0, factor: 1}, {at: 1, factor: 0}] with at least one point";
        List<Schedule.Point> points = new ArrayList<>();
        for (FieldReader item : list.items(example)) {
            item.having(List.of("at", "factor"));
            double at = item.at("at").number(0, 1, "a number from 0, the run's start, to 1, its end");
            if (!points.isEmpty() && at <= points.get(points.size() - 1).at()) {
                throw item.at("at")
                        .refuse("larger than that of the point before it, "
                                + points.get(points.size() - 1).at());
            }
            points.add(new Schedule.Point(at, factor(item.at("factor"))));
        }
        if (points.isEmpty()) {
            throw list.refuse(example);
        }
        return points;
    }

    private static long step(FieldReader reader) {
        long step = reader.whole(STEP);
        if (step < 0) {
            throw reader.refuse(STEP);
        }
        return step;
    }

    private static double factor(FieldReader reader) {
        return reader.number(0, Double.MAX_VALUE, FACTOR);
    }

    /** The object of fields of the given ones laid over what they leave out. */
    static ObjectNode complete(ObjectNode ofKind, ObjectNode given, String path) {
        ObjectNode complete = ofKind.deepCopy();
        given.properties().forEach(field -> {
            if (!complete.has(field.getKey())) {
                List<String> known = YamlTree.names(complete);
                throw new BadInputException("There is no field " + path + "." + field.getKey()
                        + Nearest.hint(field.getKey(), known) + "; the fields of a schedule of kind "
                        + complete.path("kind").asText() + " are " + String.join(", ", known) + ".");
            }
            complete.set(field.getKey(), field.getValue());
        });
        return complete;
    }
}
