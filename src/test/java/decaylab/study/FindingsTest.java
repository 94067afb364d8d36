package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
    @TempDir
    private Path folder;

    private static Findings findings() {
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("z", 1.5);
        measured.put("a", Double.NaN);
        return new Findings(
                "some",
                4,
                List.of(),
                List.of(
                        Claim.asserted("A1", "It is so.", "z <= 2", measured, true)
                                .reconstructed("Not in the file."),
                        Claim.asserted("A2", "It is so too.", "z <= 1", Map.of("z", 1.5), false),
                        Claim.reported("A3", "It may be so.", "none", Map.of())));
    }

    @Test
    void theFileIsAsContracted() throws IOException {
        Path out = folder.resolve("deep/out");
        Files.createDirectories(out);
        findings().write(out);
        assertThat(Files.readString(out.resolve("findings.json")).replaceAll("\\s+", " "))
                .isEqualTo("{ \"study\" : \"some\", \"seeds\" : 4, \"claims\" : [ "
                        + "{ \"id\" : \"A1\", \"states\" : \"It is so.\", \"criterion\" : \"z <= 2\", "
                        + "\"measured\" : { \"z\" : 1.5, \"a\" : \"NaN\" }, \"asserted\" : true, \"verdict\" : \"met\" }, "
                        + "{ \"id\" : \"A2\", \"states\" : \"It is so too.\", \"criterion\" : \"z <= 1\", "
                        + "\"measured\" : { \"z\" : 1.5 }, \"asserted\" : true, \"verdict\" : \"not met\" }, "
                        + "{ \"id\" : \"A3\", \"states\" : \"It may be so.\", \"criterion\" : \"none\", "
                        + "\"measured\" : { }, \"asserted\" : false, \"verdict\" : \"reported\" } ] } ");
        try (var files = Files.list(out)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void oneAssertedClaimThatIsNotMetIsEnough() {
        assertThat(findings().met()).isFalse();
        List<Claim> claims = findings().claims();
        assertThat(new Findings("some", 4, List.of(), List.of(claims.get(0), claims.get(2))).met())
                .isTrue();
    }

    @Test
    void aReportedClaimHasNoOtherVerdict() {
        assertThatThrownBy(() -> new Claim("A", "", "", Map.of(), false, Claim.Verdict.MET, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Claim("A", "", "", Map.of(), true, Claim.Verdict.REPORTED, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> findings().write(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageEndingWith("choose another folder.");
    }
}
