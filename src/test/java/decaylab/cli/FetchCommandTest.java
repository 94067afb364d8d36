package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command around fetching. */
class FetchCommandTest {
    @TempDir
    Path folder;

    @Test
    void withoutANameItListsWhatThereIs() {
        Session session = Session.of(folder, List.of(), "fetch");
        assertThat(session.code()).isZero();
        assertThat(session.out().lines()).hasSize(6).allMatch(line -> line.contains("Licence: "));
    }

    @Test
    void aNameThatThereIsNotHasItsNearest() {
        Session session = Session.of(folder, List.of(), "fetch", "mnits");
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.err())
                .isEqualToIgnoringNewLines(
                        "There is no data set mnits to fetch (did you mean mnist?); there are mnist, "
                                + "fashion-mnist, cifar10, cora, tiny-shakespeare, multi30k.");
    }

    @Test
    void aMirrorWithoutTheFileIsOneSentenceThatSaysWhatToPutWhere() throws IOException {
        Path stick = Files.createDirectory(folder.resolve("stick"));
        Session session = Session.of(
                folder, List.of(), "fetch", "tiny-shakespeare", "--from", stick.toString(), "--out", folder + "/text");
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.err()).contains("put it into " + folder + "/text").endsWith("with --from.\n");
        assertThat(folder.resolve("text")).doesNotExist();
    }

    @Test
    void oneFolderIsForOneDataSet() {
        Session session = Session.of(folder, List.of(), "fetch", "mnist", "cifar10", "--out", "x");
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.err()).contains("2 are named; fetch them one by one");
    }
}
