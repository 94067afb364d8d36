package decaylab.study;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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
 * @param reconstruction what of the criterion is the lab's own; on screen and in reports, not in the file of findings
 */
@JsonPropertyOrder({"id", "states", "criterion", "measured", "asserted", "verdict"})
@JsonIgnoreProperties("reconstruction")
public record Claim(
        String id,
        String states,
        String criterion,
        Map<String, Double> measured,
        boolean asserted,
        Verdict verdict,
        String reconstruction) {
    /** What came out. */
    public enum Verdict {
        MET("met", "reproduced here"),
        NOT_MET("not met", "not reproduced here"),
        /** Of a claim that is not asserted. */
        REPORTED("reported", "reported");

        private final String word;
        private final String badge;

        Verdict(String word, String badge) {
            this.word = word;
            this.badge = badge;
        }

        /** What a reader is told. */
        public String badge() {
            return badge;
        }

        /** The word in files. */
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
        return new Claim(id, states, criterion, measured, true, holds ? Verdict.MET : Verdict.NOT_MET, "");
    }

    /** One whose figures are only told. */
    public static Claim reported(String id, String states, String criterion, Map<String, Double> measured) {
        return new Claim(id, states, criterion, measured, false, Verdict.REPORTED, "");
    }

    /** The same with what of it is the lab's own. */
    public Claim reconstructed(String how) {
        return new Claim(id, states, criterion, measured, asserted, verdict, how);
    }

    /** The same, only told. */
    public Claim onlyReported() {
        return new Claim(id, states, criterion, measured, false, Verdict.REPORTED, reconstruction);
    }
}
