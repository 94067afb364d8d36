package decaylab.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import decaylab.store.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a study found.
 *
 * @param study its name
 * @param seeds how many each arm was run with: 1 to this
 * @param diverged runs without an end; their seeds are left out of every arm
 * @param claims all of them
 */
@JsonPropertyOrder({"study", "seeds", "diverged", "claims"})
public record Findings(
        String study,
        int seeds,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Diverged> diverged,
        List<Claim> claims) {
    /** The file's name. */
    public static final String FILE = "findings.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * A run without an end.
     *
     * @param arm its name
     * @param seed from 1
     */
    @JsonPropertyOrder({"arm", "seed"})
    public record Diverged(String arm, long seed) {}

    public Findings {
        diverged = List.copyOf(diverged);
        claims = List.copyOf(claims);
    }

    /** Whether every claim that is asserted is met. */
    public boolean met() {
        return claims.stream().noneMatch(claim -> claim.verdict() == Claim.Verdict.NOT_MET);
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @throws decaylab.problem.BadInputException where the folder cannot be written
     */
    public void write(Path folder) {
        try {
            WholeFile.write(folder.resolve(FILE), json());
        } catch (IOException e) {
            throw StudyFolder.unwritable(folder, e);
        }
    }

    /** The file's text: no time and no place, so that the same study gives the same. NaN and infinities are words. */
    String json() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("findings that cannot be written", e);
        }
    }
}
