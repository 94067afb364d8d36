package decaylab.lesson;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The YAML head of a lesson's file, as it is written. Every field may be left out; what that means is decided by
 * {@link LessonFile}.
 *
 * @param set fields of the experiment that differ from what {@code experiment} names
 */
record LessonHead(
        @Nullable String title,
        @Nullable String summary,
        @Nullable Integer minutes,
        @Nullable JsonNode experiment,
        @Nullable Map<String, JsonNode> set,
        @Nullable Long seed,
        @Nullable List<@Nullable String> charts,
        @Nullable List<@Nullable String> locked,
        @Nullable List<@Nullable Step> steps,
        @Nullable Map<String, Run> runs,
        @Nullable Integer seeds,
        @Nullable List<@Nullable Expected> expect) {
    /** A step, in the order of the headings. */
    record Step(
            @Nullable String view,
            @Nullable Predict predict,
            @Nullable Map<String, @Nullable Map<String, JsonNode>> race,
            @Nullable Ask question,
            @Nullable String until,
            @Nullable String notes) {}

    /** A curve to draw. */
    record Predict(
            @Nullable String chart,
            @Nullable Long from,
            @Nullable Long to) {}

    /** A question; the right choice is counted from 1. */
    record Ask(
            @Nullable List<@Nullable String> choices,
            @Nullable Integer right,
            @Nullable String because) {}

    /** A run to be checked: fields that differ, and interventions. */
    record Run(
            @Nullable Map<String, JsonNode> set, @Nullable List<@Nullable String> at) {}

    /** What is promised. */
    record Expected(
            @Nullable String that,
            @Nullable String says,
            @Nullable Boolean every) {}
}
