package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.store.RunFolder;
import decaylab.store.RunFolder.StoredRun;
import decaylab.store.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run from the command to its folder. */
class RunCommandTest {
    @TempDir
    private Path folder;

    private StoredRun run(String name, String... arguments) {
        Path out = folder.resolve(name);
        String[] all = new String[arguments.length + 3];
        all[0] = "run";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--out";
        all[arguments.length + 2] = out.toString();
        Session session = Session.of(folder, all);
        assertThat(session.code()).as(session.err()).isEqualTo(ExitCode.OK);
        return RunFolder.read(out);
    }

    private byte[] metrics(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("metrics.csv"));
    }

    private static double value(StoredRun run, Quantity quantity, long row) {
        return run.log().value(run.log().place(Metric.of(quantity)).orElseThrow(), row);
    }

    @Test
    void theSameRunTwiceWritesTheSameBytes() throws IOException {
        run("a", "early-decay", "--steps", "90", "--no-charts");
        run("b", "early-decay", "--steps", "90", "--no-charts");
        assertThat(metrics("a")).isEqualTo(metrics("b"));
        run("c", "early-decay", "--steps", "90", "--no-charts", "--seed", "2");
        assertThat(metrics("a")).isNotEqualTo(metrics("c"));
    }

    @Test
    void interventionsActFromTheirStepOnAndAreRecorded() throws IOException {
        StoredRun plain = run("plain", "always", "--steps", "200", "--no-charts");
        StoredRun changed = run(
                "changed", "always", "--steps", "430", "--no-charts", "--at", "200:decay=off", "--at", "400:decay=on");
        for (long step = 0; step < 430; step++) {
            boolean off = step >= 200 && step < 400;
            assertThat(value(changed, Quantity.DECAY, step)).as("step " + step).isEqualTo(off ? 0 : 5.0e-3);
        }
        assertThat(slope(changed, 199)).isLessThan(slope(changed, 220));
        assertThat(slope(changed, 220)).isPositive();
        assertThat(slope(changed, 399)).isPositive();
        assertThat(slope(changed, 420)).isNegative();
        assertThat(Files.readString(folder.resolve("changed/events.csv")))
                .isEqualTo("step,what,from,to\n200,decay,auto,off\n400,decay,off,on\n");
        // The first 200 rows, bit for bit, but for the evaluation after the plain run's last.
        List<String> before = Files.readAllLines(folder.resolve("plain/metrics.csv"));
        List<String> same = Files.readAllLines(folder.resolve("changed/metrics.csv"));
        assertThat(same.subList(0, 200)).isEqualTo(before.subList(0, 200));
        assertThat(plain.log().rows()).isEqualTo(200);
        assertThat(value(changed, Quantity.NORM, 199)).isEqualTo(value(plain, Quantity.NORM, 199));
    }

    private static double slope(StoredRun run, long step) {
        return value(run, Quantity.NORM, step) - value(run, Quantity.NORM, step - 1);
    }

    @Test
    void theFolderIsComplete() throws IOException {
        StoredRun run = run("e", "early-decay", "--steps", "40", "--set", "decay.lambda=1e-3");
        assertThat(folder.resolve("e/experiment.yaml")).isRegularFile();
        assertThat(run.experiment().decay().lambda()).isEqualTo(1e-3);
        assertThat(run.experiment().steps()).isEqualTo(40);
        assertThat(run.interventions()).isEmpty();
        Summary summary = run.summary();
        assertThat(summary).isNotNull();
        assertThat(summary.state()).isEqualTo("finished");
        assertThat(summary.steps()).isEqualTo(40);
        assertThat(summary.problem()).isNull();
        assertThat(summary.last()).containsEntry("step", 39).containsEntry("epoch", 1);
        assertThat(summary.last().get("norm")).isEqualTo(value(run, Quantity.NORM, 39));
        assertThat(summary.fingerprint())
                .containsKeys("lab", "nativeLibrary", "instructionSet", "threads", "precision", "java", "system")
                .containsEntry("threads", "1");
        List<String> lines = Files.readAllLines(folder.resolve("e/metrics.csv"));
        assertThat(lines).hasSize(41);
        assertThat(lines.get(0))
                .isEqualTo("step,epoch,loss,lr,decay,norm,head_norm,elr,grad_norm,update_norm,rotation,"
                        + "train_loss,test_loss,train_accuracy,test_accuracy,"
                        + "norm[dense1],elr[dense1],rotation[dense1],"
                        + "norm[dense2],elr[dense2],rotation[dense2],"
                        + "norm[output],elr[output],rotation[output]");
        assertThat(lines.get(31)).startsWith("30,1,").contains(",,,,");
        assertThat(lines.get(30)).startsWith("29,0,").doesNotContain(",,,,");
        for (String chart : List.of("norm", "effective-learning-rate", "loss", "accuracy", "rotation", "decay")) {
            var picture =
                    ImageIO.read(folder.resolve("e/charts/" + chart + ".png").toFile());
            assertThat(picture.getWidth()).isEqualTo(1920);
            assertThat(picture.getHeight()).isEqualTo(1080);
        }
        try (var left = Files.list(folder.resolve("e"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "experiment.yaml",
                            "metrics.csv",
                            "events.csv",
                            "run.json",
                            "summary.json",
                            "charts",
                            "checkpoints",
                            ".lock");
        }
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        run("e", "never", "--steps", "35", "--no-charts");
        StoredRun again = run("f", folder.resolve("e/experiment.yaml").toString(), "--no-charts");
        assertThat(again.experiment())
                .isEqualTo(RunFolder.read(folder.resolve("e")).experiment());
        assertThat(metrics("f")).isEqualTo(metrics("e"));
    }

    @Test
    void everyPresetIsWrittenSoThatItReadsBackEqual() {
        ExperimentYaml yaml = new ExperimentYaml();
        Presets presets = new Presets(yaml);
        for (String name : presets.names()) {
            assertThat(yaml.parse(yaml.write(presets.get(name)), name)).isEqualTo(presets.get(name));
        }
    }

    @Test
    void aRunThatDivergesKeepsItsLogAndSaysSo() throws IOException {
        Path out = folder.resolve("d");
        Session session = Session.of(
                folder,
                "run",
                "never",
                "--set",
                "optimizer.learningRate=1e6",
                "--set",
                "network.normalization=none",
                "--out",
                out.toString());
        assertThat(session.code()).isEqualTo(ExitCode.DIVERGED);
        assertThat(session.errors()).hasSize(1);
        assertThat(session.err()).contains("diverged at step ");
        StoredRun run = RunFolder.read(out);
        long last = run.log().rows() - 1;
        assertThat(run.summary()).isNotNull();
        assertThat(run.summary().state()).isEqualTo("diverged");
        assertThat(run.summary().steps()).isEqualTo(last + 1);
        assertThat(run.summary().problem()).contains("diverged at step " + last);
        assertThat(value(run, Quantity.NORM, last)).isNaN();
        assertThat(SampleLog.isEmpty(value(run, Quantity.NORM, last))).isFalse();
        assertThat(SampleLog.isEmpty(value(run, Quantity.EFFECTIVE_LEARNING_RATE, last)))
                .isTrue();
        assertThat(Files.readString(out.resolve("metrics.csv"))).contains("NaN");
        assertThat(RunCharts.marks(run))
                .extracting(mark -> mark.text())
                .containsExactly("diverged at step " + last + ", no finite values after");
        assertThat(out.resolve("charts/norm.png")).isRegularFile();
    }

    @Test
    void withoutAPlaceTheRunGoesToTheLabsFolder() {
        for (String expected : List.of("never-seed3", "never-seed3-2")) {
            Session session = Session.of(folder, "run", "never", "--seed", "3", "--steps", "1", "--no-charts");
            assertThat(session.code()).isEqualTo(ExitCode.OK);
            Path run = folder.resolve("lab/runs").resolve(expected);
            assertThat(session.out()).contains("written to " + run);
            assertThat(RunFolder.read(run).experiment().seed()).isEqualTo(3);
        }
    }

    @Test
    void aFolderOfARunIsWrittenAnewForTheSameRunOnly() {
        String out = folder.resolve("r").toString();
        String[] changed = {"run", "never", "--steps", "3", "--no-charts", "--at", "1:lambda=0.5", "--out", out};
        assertThat(Session.of(folder, changed).code()).isEqualTo(ExitCode.OK);
        assertThat(Session.of(folder, changed).code()).isEqualTo(ExitCode.OK);
        Session plain = Session.of(folder, "run", "never", "--steps", "3", "--no-charts", "--out", out);
        assertThat(plain.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(plain.err()).contains("with the intervention 1:lambda=0.5, which this run does not make");
        Session other = Session.of(folder, "run", "never", "--steps", "4", "--no-charts", "--out", out);
        assertThat(other.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(other.err()).contains("already holds a run of another experiment");
        assertThat(RunFolder.read(Path.of(out)).log().rows()).isEqualTo(3);
    }

    @Test
    void interventionsOfAFileAreMadeLikeThoseOfTheCommand() throws IOException {
        run("a", "always", "--steps", "60", "--no-charts", "--at", "20:decay=off", "--at", "40:lr=0.1");
        Path file = folder.resolve("done.yaml");
        ExperimentYaml yaml = new ExperimentYaml();
        Files.writeString(
                file,
                yaml.write(yaml.with(
                        new Presets(yaml).get("always"),
                        java.util.Map.of("steps", "60", "interventions", "[20:decay=off, 40:lr=0.1]"))));
        run("b", file.toString(), "--no-charts");
        assertThat(metrics("b")).isEqualTo(metrics("a"));
        assertThat(Files.readString(folder.resolve("b/experiment.yaml"))).contains("20:decay=off");
    }
}
