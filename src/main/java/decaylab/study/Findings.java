package decaylab.study;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import decaylab.problem.BadInputException;
import decaylab.store.IoReason;
import decaylab.store.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a study found.
 *
 * @param study its name
 * @param seeds how many each arm was run with: 1 to this
 * @param claims all of them
 */
@JsonPropertyOrder({"study", "seeds", "claims"})
public record Findings(String study, int seeds, List<Claim> claims) {
    /** The file's name. */
    public static final String FILE = "findings.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Findings {
        claims = List.copyOf(claims);
    }

    /** Whether every claim that is asserted is met. */
    public boolean met() {
        return claims.stream().noneMatch(claim -> claim.verdict() == Claim.Verdict.NOT_MET);
    }

    /**
     * Makes the folder, so that one that cannot be used is known before hours of training.
     *
     * @throws BadInputException where it cannot be made, or has findings already
     */
    public static void prepare(Path folder) {
        if (Files.exists(folder.resolve(FILE))) {
            throw new BadInputException("The folder " + folder
                    + " already holds findings; choose another with --out, or delete " + FILE + " in it.");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @throws BadInputException where the folder cannot be written
     */
    public void write(Path folder) {
        try {
            WholeFile.write(folder.resolve(FILE), json());
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    private static BadInputException unwritable(Path folder, IOException e) {
        return new BadInputException(
                "The folder " + folder + " cannot be written (" + IoReason.of(e) + "); choose another with --out.", e);
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
