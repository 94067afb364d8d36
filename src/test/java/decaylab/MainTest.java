package decaylab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import decaylab.store.RunFolder;
import decaylab.store.RunFolder.StoredRun;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lab as a process of its own: exit codes, a quiet terminal, an end from outside. */
@Timeout(180)
class MainTest {
    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {}

    private ProcessBuilder lab(String classPath, List<String> javaOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", classPath, "decaylab.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        return builder;
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private Ended ended(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        int code = process.waitFor();
        return new Ended(code, Files.readString(out), Files.readString(err));
    }

    @Test
    void aGoodRunPrintsItsOwnLinesOnly() throws IOException, InterruptedException {
        Ended run = ended(lab(classPath(), List.of(), "run", "first-look", "--steps", "50", "--out", "r"));
        assertThat(run.code).as(run.err).isZero();
        assertThat(run.err.lines()).hasSize(10).allMatch(line -> line.matches("step \\d+ of 50, \\d+ s left"));
        assertThat(run.out).startsWith("finished after 50 steps in ").endsWith("written to r\n");
        assertThat(RunFolder.read(folder.resolve("r")).log().rows()).isEqualTo(50);
    }

    @Test
    void withoutADisplayTheWindowNamesTheCommandLine() throws IOException, InterruptedException {
        assumeTrue(
                System.getProperty("os.name").contains("Linux"),
                "elsewhere there is always a display to open a window on");
        ProcessBuilder window = lab(classPath(), List.of());
        window.environment().remove("DISPLAY");
        Ended run = ended(window);
        assertThat(run.code).isEqualTo(2);
        assertThat(run.out).isEmpty();
        assertThat(run.err.lines()).hasSize(1);
        assertThat(run.err).contains("decaylab run");
    }

    @Test
    void badInputIsOneLineAndTwo() throws IOException, InterruptedException {
        Ended run = ended(lab(classPath(), List.of(), "run", "first-lok"));
        assertThat(run.code).isEqualTo(2);
        assertThat(run.out).isEmpty();
        assertThat(run.err.lines()).hasSize(1);
        assertThat(run.err).contains("did you mean first-look?");
    }

    @Test
    void divergenceIsThree() throws IOException, InterruptedException {
        Ended run = ended(lab(
                classPath(),
                List.of(),
                "run",
                "never",
                "--set",
                "optimizer.learningRate=1e6",
                "--set",
                "network.normalization=none",
                "--out",
                "d"));
        assertThat(run.code).isEqualTo(3);
        assertThat(run.err.lines()).hasSize(1);
        assertThat(run.err).contains("diverged at step");
    }

    @Test
    void dataThatCannotFitIsOneLineAndTwo() throws IOException, InterruptedException {
        Ended run = ended(
                lab(classPath(), List.of("-Xmx64m"), "run", "never", "--set", "data.trainSize=1000000", "--out", "m"));
        assertThat(run.code).isEqualTo(2);
        assertThat(run.err.lines()).hasSize(1);
        assertThat(run.err).contains("data.trainSize").contains("memory");
        assertThat(folder.resolve("m")).doesNotExist();
    }

    /** 63 of 64 MB: what the data needs is there, what everything else needs is not. */
    @Test
    void tooLittleMemoryIsOneLineAndOne() throws IOException, InterruptedException {
        Ended run = ended(
                lab(classPath(), List.of("-Xmx64m"), "run", "never", "--set", "data.trainSize=245000", "--out", "m"));
        assertThat(run.code).isEqualTo(1);
        assertThat(run.err.lines()).hasSize(1);
        assertThat(run.err).contains("memory").contains("JAVA_OPTS=-Xmx");
        assertThat(folder.resolve("m")).doesNotExist();
    }

    @Test
    void aMissingLibraryIsOneLineAndOne() throws IOException, InterruptedException {
        String without = Arrays.stream(classPath().split(File.pathSeparator))
                .filter(entry -> !entry.contains("nd4j-native"))
                .collect(Collectors.joining(File.pathSeparator));
        Ended run = ended(lab(without, List.of(), "run", "never", "--steps", "1", "--out", "l"));
        assertThat(run.code).isEqualTo(1);
        assertThat(run.err.lines()).hasSize(1);
        assertThat(run.err).contains("library");
    }

    @Test
    void aRunThatIsEndedFromOutsideKeepsItsLog() throws IOException, InterruptedException {
        // An evaluation after each step makes it slow enough to be caught in the middle, on any machine.
        Process process = lab(
                        classPath(),
                        List.of(),
                        "run",
                        "never",
                        "--set",
                        "evaluateEvery=1",
                        "--set",
                        "steps=2000",
                        "--out",
                        "s")
                .redirectOutput(folder.resolve("stdout").toFile())
                .start();
        try (BufferedReader errors = process.errorReader(UTF_8)) {
            assertThat(errors.readLine()).startsWith("step 200 of 2000");
            process.toHandle().destroy(); // unlike the process's own, this leaves the streams open
            assertThat(process.waitFor()).isNotZero();
            assertThat(errors.lines().toList()).allMatch(line -> line.startsWith("step "));
        }
        StoredRun run = RunFolder.read(folder.resolve("s"));
        assertThat(run.summary()).isNotNull();
        assertThat(run.summary().state()).isEqualTo("stopped");
        assertThat(run.log().rows()).isEqualTo(run.summary().steps()).isBetween(200L, 1999L);
        assertThat(Files.readString(folder.resolve("s/metrics.csv"))).endsWith("\n");
        assertThat(Files.readString(folder.resolve("stdout"))).startsWith("stopped after ");
    }

    /** As by a power failure: what is on the disk goes on to the end that the run would have come to. */
    @Test
    void aRunThatIsKilledGoesOnToTheSameEnd() throws IOException, InterruptedException {
        List<String> run = List.of(
                "run",
                "always",
                "--no-charts",
                "--set",
                "evaluateEvery=5",
                "--set",
                "steps=3000",
                "--at",
                "100:lr=0.2");
        assertThat(ended(killable(run, "whole")).code).isZero();
        byte[] whole = Files.readAllBytes(folder.resolve("whole/metrics.csv"));
        for (int rows : new int[] {1, 400, 1200}) {
            String name = "killed" + rows;
            Process process = killable(run, name)
                    .redirectOutput(folder.resolve("stdout").toFile())
                    .redirectError(folder.resolve("stderr").toFile())
                    .start();
            Path metrics = folder.resolve(name).resolve("metrics.csv");
            while (process.isAlive()
                    && (!Files.exists(metrics) || Files.readAllLines(metrics).size() <= rows)) {
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
            process.destroyForcibly().waitFor();
            assertThat(folder.resolve(name).resolve("summary.json")).doesNotExist();
            assertThat(RunFolder.read(folder.resolve(name)).log().rows()).isLessThan(3000);
            Ended resumed = ended(lab(classPath(), List.of(), "resume", name, "--no-charts"));
            assertThat(resumed.code).as(resumed.err).isZero();
            assertThat(Files.readAllBytes(metrics)).isEqualTo(whole);
        }
    }

    private ProcessBuilder killable(List<String> run, String name) {
        List<String> arguments = new ArrayList<>(run);
        arguments.addAll(List.of("--out", name));
        return lab(classPath(), List.of(), arguments.toArray(String[]::new));
    }

    /** The runs that are done are on the disk and are not done again; the end is that of a sweep that nothing happened to. */
    @Test
    void aSweepThatIsKilledGoesOnToTheSameTable() throws IOException, InterruptedException {
        List<String> sweep = List.of(
                "sweep",
                "adamw",
                "--grid",
                "optimizer.learningRate=1e-3,1e-2",
                "--grid",
                "decay.lambda=0.1,1,10",
                "--seeds",
                "2",
                "--workers",
                "2",
                "--set",
                "steps=300",
                "--set",
                "network.widths=[16]");
        assertThat(ended(killable(sweep, "whole")).code).isZero();
        for (int runs : new int[] {1, 6}) {
            String name = "killed" + runs;
            Path place = folder.resolve(name);
            Process process = killable(sweep, name)
                    .redirectOutput(folder.resolve("stdout").toFile())
                    .redirectError(folder.resolve("stderr").toFile())
                    .start();
            while (process.isAlive() && cells(place).size() < runs) {
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
            process.destroyForcibly().waitFor();
            assertThat(place.resolve("table.csv")).doesNotExist();
            Map<Path, FileTime> before = cells(place);
            assertThat(before.size()).isBetween(runs, 11);

            Ended again = ended(killable(sweep, name));
            assertThat(again.code).as(again.err).isZero();
            assertThat(again.err).contains(before.size() + " of them are there already.");
            assertThat(cells(place)).hasSize(12).containsAllEntriesOf(before);
            for (String file : List.of("table.csv", "findings.json", "map-test_accuracy.png")) {
                assertThat(place.resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
            }
        }
    }

    /** The files of the runs that are done, and when each was written. */
    private static Map<Path, FileTime> cells(Path place) throws IOException {
        Map<Path, FileTime> cells = new HashMap<>();
        Path all = place.resolve("cells");
        if (Files.isDirectory(all)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(all, "*.json")) {
                for (Path file : files) {
                    cells.put(file, Files.getLastModifiedTime(file));
                }
            }
        }
        return cells;
    }
}
