package decaylab.study;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is claimed, how it is judged, and what came out.
 *
 * @param id short, as in the specification
 * @param states what the paper, or the theory, states
 * @param criterion what the measured figures must satisfy
 * @param measured figures by their names, in order
 * @param asserted whether the lab stands for it; else it is only reported
 * @param verdict what came out
 */
@JsonPropertyOrder({"id", "states", "criterion", "measured", "asserted", "verdict"})
public record Claim(
        String id, String states, String criterion, Map<String, Double> measured, boolean asserted, Verdict verdict) {
    /** What came out. */
    public enum Verdict {
        MET("met"),
        NOT_MET("not met"),
        /** Of a claim that is not asserted. */
        REPORTED("reported");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** The word in files and on screen. */
        @Override
        @JsonValue
        public String toString() {
            return word;
        }
    }

    public Claim {
        measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
        if (asserted == (verdict == Verdict.REPORTED)) {
            throw new IllegalArgumentException(id + " is asserted: " + asserted + ", and " + verdict);
        }
    }

    /**
     * One that the lab stands for.
     *
     * @param holds whether the criterion is satisfied
     */
    public static Claim asserted(
            String id, String states, String criterion, Map<String, Double> measured, boolean holds) {
        return new Claim(id, states, criterion, measured, true, holds ? Verdict.MET : Verdict.NOT_MET);
    }

    /** One whose figures are only told. */
    public static Claim reported(String id, String states, String criterion, Map<String, Double> measured) {
        return new Claim(id, states, criterion, measured, false, Verdict.REPORTED);
    }
}
