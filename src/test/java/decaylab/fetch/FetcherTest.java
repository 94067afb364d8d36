package decaylab.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.problem.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good servers, bad servers, mirrors and archives. */
class FetcherTest {
    private static final byte[] CONTENT = content(300_000);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LITTLE_PATIENCE = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private TestServer server;
    private final Heard heard = new Heard();

    private static final class Heard implements Fetcher.Listener {
        final List<String> there = new ArrayList<>();
        final List<String> failed = new ArrayList<>();
        long most;

        @Override
        public void there(String file) {
            there.add(file);
        }

        @Override
        public void came(String file, long bytes, long of) {
            most = Math.max(most, bytes);
        }

        @Override
        public void failed(String reason) {
            failed.add(reason);
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    private static byte[] content(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        return bytes;
    }

    private static Checksum sum(byte[] bytes) {
        try {
            return Checksum.sha256(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static RemoteSet set(byte[] content, String... places) {
        List<URI> all = Arrays.stream(places).map(URI::create).toList();
        return new RemoteSet(
                "things",
                "None.",
                "the page",
                List.of(new RemoteFile("a.bin", all, CONTENT.length, sum(content))),
                false);
    }

    private Fetcher fetcher() {
        return new Fetcher(null, PATIENCE);
    }

    private void assertWhole() throws IOException {
        assertThat(Files.readAllBytes(folder.resolve("a.bin"))).isEqualTo(CONTENT);
        assertThat(names()).containsExactly("a.bin");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void assertFails(Fetcher fetcher, RemoteSet set, String sentence) throws IOException {
        assertThatThrownBy(() -> fetcher.fetch(set, folder, heard))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(sentence)
                .hasMessageContaining("put it into " + folder)
                .hasMessageEndingWith(".");
        assertThat(folder.resolve("a.bin")).doesNotExist();
    }

    @Test
    void aFileIsFetchedOnce() throws IOException {
        server.on("/a", TestServer.file(CONTENT, "\"1\""));
        RemoteSet set = set(CONTENT, server.address("/a"));
        fetcher().fetch(set, folder, heard);
        assertWhole();
        assertThat(heard.most).isEqualTo(CONTENT.length);
        fetcher().fetch(set, folder, heard);
        assertThat(heard.there).containsExactly("a.bin");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void whatWasThereBeforeIsNotFetchedAgain() throws IOException {
        server.on("/a", TestServer.file(CONTENT, "\"1\""));
        Files.write(folder.resolve("a.bin.part"), Arrays.copyOf(CONTENT, 120_000));
        Files.writeString(folder.resolve("a.bin.part.validator"), "\"1\"");
        fetcher().fetch(set(CONTENT, server.address("/a")), folder, heard);
        assertWhole();
        assertThat(server.requests).containsExactly("/a [bytes=120000-]");
    }

    @Test
    void aPartOfAnotherVersionIsThrownAway() throws IOException {
        server.on("/a", TestServer.file(CONTENT, "\"2\""));
        Files.write(folder.resolve("a.bin.part"), new byte[5000]);
        Files.writeString(folder.resolve("a.bin.part.validator"), "\"1\"");
        fetcher().fetch(set(CONTENT, server.address("/a")), folder, heard);
        assertWhole();
    }

    @Test
    void aServerThatKnowsNoPartsSendsAllOfIt() throws IOException {
        server.on("/a", TestServer.whole(CONTENT));
        Files.write(folder.resolve("a.bin.part"), Arrays.copyOf(CONTENT, 120_000));
        fetcher().fetch(set(CONTENT, server.address("/a")), folder, heard);
        assertWhole();
    }

    @Test
    void aPartThatIsAllOfItIsChecked() throws IOException {
        server.on("/a", TestServer.file(CONTENT, "\"1\""));
        Files.write(folder.resolve("a.bin.part"), CONTENT);
        fetcher().fetch(set(CONTENT, server.address("/a")), folder, heard);
        assertWhole();
    }

    @Test
    void aBrokenConnectionIsGoneOnWithByItself() throws IOException {
        byte[] small = "0123456789".getBytes(StandardCharsets.US_ASCII);
        String address = server.raw(
                "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 10\r\n\r\n0123",
                "HTTP/1.1 206 Partial\r\nETag: \"1\"\r\nContent-Range: bytes 4-9/10\r\nContent-Length: 6\r\n\r\n456789");
        fetcher().fetch(set(small, address), folder, heard);
        assertThat(Files.readAllBytes(folder.resolve("a.bin"))).isEqualTo(small);
        assertThat(server.requests).containsExactly("", "Range: bytes=4-");
    }

    @Test
    void whatHasComeStaysWhereTheConnectionBreaks() throws IOException {
        String address = server.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123", "HTTP/1.1 503 No\r\n\r\n");
        assertFails(fetcher(), set(CONTENT, address), "answers with the status 503");
        assertThat(Files.readString(folder.resolve("a.bin.part"))).isEqualTo("0123");
    }

    @Test
    void aServerThatAnnouncesTooMuchIsNotListenedTo() throws IOException {
        String address = server.raw("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\nabc");
        assertFails(fetcher(), set(CONTENT, address), "announces 999999999999 bytes, more than the file has");
    }

    @Test
    void aServerThatAnnouncesTooLittleHasAnotherFile() throws IOException {
        String address = server.raw("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n0123456789");
        byte[] whole = "0123456789".getBytes(StandardCharsets.US_ASCII);
        assertFails(fetcher(), set(whole, address), "has another file of that name");
        assertThat(names()).isEmpty();
    }

    @Test
    void aServerWithoutAnEndIsLeft() throws IOException {
        server.on("/a", TestServer.endless());
        assertFails(fetcher(), set(CONTENT, server.address("/a")), "sends more than the 300000 bytes");
    }

    @Test
    void aSilentServerIsLeft() throws IOException {
        server.on("/a", server.silent());
        assertFails(new Fetcher(null, LITTLE_PATIENCE), set(CONTENT, server.address("/a")), "said nothing for");
        server.on("/b", server.silentAfter(new byte[10]));
        assertFails(new Fetcher(null, LITTLE_PATIENCE), set(CONTENT, server.address("/b")), "said nothing for");
        assertThat(Files.size(folder.resolve("a.bin.part"))).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabc"})
    void rubbishIsNoAnswer(String answer) throws IOException {
        assertFails(fetcher(), set(CONTENT, server.raw(answer)), "broke off");
    }

    @Test
    void anotherFileOfTheNameIsThrownAwayAndTheNextPlaceTried() throws IOException {
        server.on("/wrong", TestServer.file(content(200), "\"1\""));
        server.on("/gone", TestServer.status(404));
        server.on("/right", TestServer.file(CONTENT, "\"1\""));
        fetcher()
                .fetch(
                        set(CONTENT, server.address("/wrong"), server.address("/gone"), server.address("/right")),
                        folder,
                        heard);
        assertWhole();
        assertThat(heard.failed).hasSize(2); // of three places
        assertThat(heard.failed.get(0)).contains("has another file of that name (its SHA-256 is not");
        assertThat(heard.failed.get(1)).contains("answers with the status 404");
    }

    @Test
    void redirectionsAreFollowedButNotInCircles() throws IOException {
        server.on("/old", TestServer.redirect(server.address("/new")));
        server.on("/new", TestServer.file(CONTENT, "\"1\""));
        fetcher().fetch(set(CONTENT, server.address("/old")), folder, heard);
        assertWhole();
        Files.delete(folder.resolve("a.bin"));
        server.on("/circle", TestServer.redirect(server.address("/circle")));
        assertFails(fetcher(), set(CONTENT, server.address("/circle")), "sends on to elsewhere");
    }

    @Test
    void withoutANetworkItSaysWhatToPutWhere() throws IOException {
        int port;
        try (TestServer gone = new TestServer()) {
            port = URI.create(gone.address("/")).getPort();
        }
        assertThatThrownBy(() -> fetcher().fetch(set(CONTENT, "http://127.0.0.1:" + port + "/a"), folder, heard))
                .hasMessage(
                        "The file a.bin of things could not be fetched: 127.0.0.1 cannot be reached. Get a.bin elsewhere "
                                + "(see the page) and put it into " + folder
                                + ", or name a mirror or a folder that has it with --from.");
        assertFails(fetcher(), set(CONTENT, "http://no-such-host.invalid/a"), "no-such-host.invalid is not known here");
    }

    @Test
    void aFolderThatCameToNothingIsNotLeftBehind() {
        Path target = folder.resolve("new/things");
        server.on("/a", TestServer.status(500));
        assertThatThrownBy(() -> fetcher().fetch(set(CONTENT, server.address("/a")), target, heard))
                .hasMessageContaining("answers with the status 500");
        assertThat(target).doesNotExist();
        assertThat(heard.failed).isEmpty(); // there is no other place that it could tell of
    }

    @Test
    void aFileOfTheUsersIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("a.bin"), "mine");
        assertThatThrownBy(() -> fetcher().fetch(set(CONTENT, server.address("/a")), folder, heard))
                .hasMessageContaining("is there, but is not the a.bin of things; move it away");
        assertThat(Files.readString(folder.resolve("a.bin"))).isEqualTo("mine");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aMirrorIsAskedInsteadOfThePublicPlaces() throws IOException {
        server.on("/mirror/things/a.bin", TestServer.file(CONTENT, "\"1\""));
        new Fetcher(server.address("/mirror/"), PATIENCE)
                .fetch(set(CONTENT, "http://no-such-host.invalid/a"), folder, heard);
        assertWhole();
        assertThat(heard.failed).isEmpty();
    }

    @Test
    void aFolderIsAMirrorToo() throws IOException {
        Path stick = Files.createDirectories(folder.resolve("stick"));
        Path target = Files.createDirectories(folder.resolve("target"));
        Files.write(stick.resolve("a.bin"), CONTENT);
        RemoteSet set = set(CONTENT, "http://no-such-host.invalid/a");
        new Fetcher(stick.toString(), PATIENCE).fetch(set, target, heard);
        assertThat(Files.readAllBytes(target.resolve("a.bin"))).isEqualTo(CONTENT);
        Files.delete(target.resolve("a.bin"));
        Files.write(stick.resolve("a.bin"), content(100));
        assertThatThrownBy(() -> new Fetcher(stick.toString(), PATIENCE).fetch(set, target, heard))
                .hasMessageContaining("has another file of that name");
        assertThat(target).isEmptyDirectory();
        assertThatThrownBy(() -> new Fetcher(folder + "/nowhere", PATIENCE).fetch(set, target, heard))
                .hasMessageContaining("there is no file");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> fetcher().fetch(set(CONTENT, server.address("/a")), file, heard))
                .hasMessageContaining("The folder " + file + " cannot be written");
    }

    private interface Entries {
        void into(TarArchiveOutputStream tar) throws IOException;
    }

    private RemoteSet archive(Entries entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            entries.into(tar);
        }
        return archive(bytes.toByteArray());
    }

    private RemoteSet archive(byte[] packed) {
        server.on("/tar", TestServer.file(packed, "\"1\""));
        return new RemoteSet(
                "cifar10",
                "None.",
                "the page",
                List.of(new RemoteFile("all.tar.gz", List.of(URI.create(server.address("/tar"))), 10_000_000, null)),
                true);
    }

    private static void entry(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void batches(TarArchiveOutputStream tar) throws IOException {
        for (String name : new ArchiveContent.CifarFiles().files()) {
            entry(tar, "cifar-10-batches-bin/" + name, name.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void whatIsInAnArchiveIsWhatIsWanted() throws IOException {
        RemoteSet set = archive(tar -> {
            batches(tar);
            entry(tar, "cifar-10-batches-bin/readme.html", new byte[3]);
        });
        fetcher().fetch(set, folder, heard);
        assertThat(names())
                .containsExactly(
                        "data_batch_1.bin",
                        "data_batch_2.bin",
                        "data_batch_3.bin",
                        "data_batch_4.bin",
                        "data_batch_5.bin",
                        "test_batch.bin");
        assertThat(Files.readString(folder.resolve("test_batch.bin"))).isEqualTo("test_batch.bin");
        fetcher().fetch(set, folder, heard);
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../escape.bin", "/escape.bin", "a/../../escape.bin", "..\\escape.bin", "C:\\escape.bin", "a/.."
            })
    void noEntryWritesElsewhere(String name) throws IOException {
        Path inner = Files.createDirectories(folder.resolve("a/b"));
        RemoteSet set = archive(tar -> {
            batches(tar);
            entry(tar, name, new byte[1]);
        });
        assertThatThrownBy(() -> fetcher().fetch(set, inner, heard))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("which is no plain file within it");
        assertThat(names()).containsExactly("a");
        try (Stream<Path> files = Files.list(inner)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("all.tar.gz");
        }
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO, TarConstants.LF_CHR})
    void linksAndDevicesAreRefused(byte kind) throws IOException {
        RemoteSet set = archive(tar -> {
            TarArchiveEntry link = new TarArchiveEntry("link", kind);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        });
        assertThatThrownBy(() -> fetcher().fetch(set, folder, heard))
                .hasMessageContaining("has the entry link, which is no plain file within it");
    }

    @Test
    void anArchiveThatUnpacksToTooMuchOrTooManyIsRefused() throws IOException {
        Path archive = folder.resolve("bomb.tar.gz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            entry(tar, "zeros", new byte[5_000_000]);
        }
        Path into = Files.createDirectories(folder.resolve("into"));
        assertThatThrownBy(() -> Archive.unpack(archive, into, 1_000_000)).hasMessageContaining("unpacks to more");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            for (int i = 0; i <= 1000; i++) {
                entry(tar, "many/" + i, new byte[0]);
            }
        }
        Path other = Files.createDirectories(folder.resolve("other"));
        assertThatThrownBy(() -> Archive.unpack(archive, other, 1_000_000))
                .hasMessageContaining("more than 1000 entries");
    }

    @Test
    void aDamagedArchiveAndOneWithoutTheFilesAreRefused() throws IOException {
        RemoteSet none = archive(tar -> entry(tar, "other", new byte[1]));
        assertThatThrownBy(() -> fetcher().fetch(none, folder, heard))
                .hasMessageContaining("has no file data_batch_1.bin");
        Files.delete(folder.resolve("all.tar.gz"));
        Files.write(folder.resolve("all.tar.gz"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> fetcher().fetch(none, folder, heard)).hasMessageContaining("is damaged");
        assertThat(names()).containsExactly("all.tar.gz");
    }

    @Test
    void coraBecomesTwoTables() throws IOException {
        StringBuilder papers = new StringBuilder();
        for (int i = 0; i < 2708; i++) {
            papers.append(1000 + i)
                    .append("\t1")
                    .append("\t0".repeat(1431))
                    .append("\t")
                    .append(i % 2)
                    .append(i % 3 == 0 ? "\tTheory\n" : "\tCase_Based\n");
        }
        RemoteSet set = archive(tar -> {
            entry(tar, "cora/cora.content", papers.toString().getBytes(StandardCharsets.US_ASCII));
            entry(
                    tar,
                    "cora/cora.cites",
                    "1001\t1000\n1000\t1001\n1002\t1002\n1\t1000\n1000\t1003\n".getBytes(StandardCharsets.US_ASCII));
        });
        fetcher().fetch(new RemoteSet("cora", "", "", set.files(), true), folder, heard);
        assertThat(Files.readAllLines(folder.resolve("cora.nodes.tsv")))
                .hasSize(2708)
                .startsWith("0\t1\t-\t0", "1\t0\t-\t0 1432");
        assertThat(Files.readAllLines(folder.resolve("cora.edges.tsv"))).containsExactly("0\t1", "0\t3");
    }

    @Test
    void everySetOfTheCatalogueHasPlacesAndIsKnownByAName() {
        assertThat(RemoteSets.all())
                .extracting(RemoteSet::name)
                .containsExactly("mnist", "fashion-mnist", "cifar10", "cora", "tiny-shakespeare", "multi30k");
        assertThat(RemoteSets.all()).allSatisfy(set -> {
            assertThat(set.licence()).endsWith(".");
            assertThat(set.files()).allSatisfy(file -> assertThat(file.places()).isNotEmpty());
        });
    }
}
