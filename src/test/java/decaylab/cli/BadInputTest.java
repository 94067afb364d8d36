package decaylab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with the input: one sentence, exit code 2, nothing on standard output, nothing written. */
class BadInputTest {
    private static final int IMAGES_MAGIC = 0x803;
    private static final int LABELS_MAGIC = 0x801;

    @TempDir
    private Path folder;

    private String refused(String... arguments) throws IOException {
        List<Path> before = files();
        Session session = Session.of(folder, arguments);
        assertThat(session.errors()).hasSize(1);
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.out()).isEmpty();
        assertThat(files()).isEqualTo(before);
        String sentence = session.errors().get(0);
        assertThat(sentence).endsWith(".").doesNotContain("Exception:").hasSizeLessThan(1000);
        return sentence;
    }

    private List<Path> files() throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.sorted().toList();
        }
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "decay.lambda=-1 | decay.lambda is -1.0; it must be a number from 0 to 1000000.",
                "batchSize=0 | batchSize is 0; it must be a whole number from 1 to 1000000.",
                "steps=1e12 | steps is 1000000000000; it must be a whole number from 1 to 1000000000.",
                "steps=12.5 | steps is 12.5; it must be a whole number from 1 to 1000000000.",
                "optimizer.learningRate=fast | optimizer.learningRate is 'fast'; it must be a number from 0",
                "optimizer.learningRate=NaN | optimizer.learningRate is",
                "optimizer.learninRate=1 | There is no field optimizer.learninRate (did you mean learningRate?)",
                "network.kind=cnn | network.kind cnn needs images",
                "network.kind=rnn | network.kind is 'rnn' (did you mean cnn?); it must be one of mlp, cnn, all-cnn, resnet, lstm, bag, encoder-decoder.",
                "network.widths=[] | network.widths is []; it must be a list of 1 to 32 whole numbers",
                "network.widths=[160000,160000] | network.widths is [160000, 160000], which makes 25613120010 parameters",
                "batchSize=2000 | batchSize 2000 is larger than the training set of 1500 examples",
                "decay.entry=m-mixed | decay.entry is m-mixed, which is defined under adam only",
                "decay.constraint=L3 | decay.constraint is 'L3'; it must be one of none, L1-inf, L2-inf, L2-2, L2-1.",
                "decay.radius=0 | decay.radius is 0.0; it must be a number from",
                "decay.outputRadius=-1 | decay.outputRadius is -1.0; it must be a number from",
                "decay.gate=maybe | decay.gate is 'maybe'; it must be one of auto, on, off.",
                "data.name=nothing | data.name is nothing; it must be one of proto,",
                "data.name=cart-pol | data.name is cart-pol; it must be one of proto,",
                "agent.discount=0.5 | agent is set, but data.name is proto, where nothing acts; leave it out,",
                "instruments.returns=5 | instruments.returns is set, but data.name is proto, where nothing acts",
                "data.name=mnist | data.folder is not set",
                "lambda | --set lambda is not a setting; write FIELD=VALUE",
                "=1 | --set =1 is not a setting; write FIELD=VALUE",
                "seed.x=1 | There is no field seed",
            })
    void aSettingThatCannotBe(String setting, String sentence) throws IOException {
        assertThat(refused("run", "never", "--out", out(), "--set", setting)).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1200:decay=off | at step 1200 is beyond the end; the run's steps are 0 to 1199.",
                "-1:decay=off | steps count from 0.",
                "x:decay=off | 'x' in 'x:decay=off' is not a step",
                "decay=off | 'decay=off' is not an intervention; write STEP:WHAT=VALUE with one of decay=auto|on|off",
                "5:radius=0 | radius=0.0 cannot be used; it must be a number above 0.",
                "5:radius=NaN | radius=NaN cannot be used; it must be a number above 0.",
                "5:constraint=l2 | constraint=l2 is not a ball; use one of none, L1-inf, L2-inf, L2-2, L2-1.",
                "5:decay=of | decay=of is not a position of the gate; use auto, on or off.",
                "5:lambda=-1 | lambda=-1.0 cannot be used; it must be a number of at least 0.",
                "5:lr=fast | lr=fast is not a number",
                "5:schedule={kind: windo} | schedule.kind is 'windo' (did you mean window?); it must be one of constant,",
                "5:lr-schedule=fast | lr-schedule is 'fast'; it must be like {kind: constant}, with one of constant,",
                "5:schedule={kind: cosine, roof: 1} | There is no field schedule.roof",
                "5:layers=lst | layers is 'lst' (did you mean last?); it must be one of all, normalized, last, or a list",
                "5:layers=[dense1, dense9] | There is no layer dense9 that could decay; the network's layers are dense1,",
                "5:biases=yes | biases=yes cannot be used; it must be true or false.",
                "5:control={quantity: norm} | control.target has no value; it must be a number above 0.",
                "5:control={quantity: norm, target: -3} | control.target is -3; it must be a number above 0.",
                "5:control={target: 3, most: 1} | There is no field control.most; the fields there are quantity, target,",
                "5:control=on | control is 'on'; it must be null, or like {quantity: norm, target: 20, max: 0.1}.",
                "5:momentum=1 | 'momentum' cannot be changed during a run",
            })
    void anInterventionThatCannotBe(String at, String sentence) throws IOException {
        assertThat(refused("run", "never", "--out", out(), "--at", at)).contains(sentence);
    }

    @Test
    void anUnknownPresetGetsTheOneThatWasMeant() throws IOException {
        assertThat(refused("run", "early-deca", "--out", out()))
                .contains("There is no preset early-deca (did you mean early-decay?); the presets are first-look,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.yaml", "no/such/file"})
    void aMissingFile(String name) throws IOException {
        Path file = folder.resolve(name);
        assertThat(refused("run", file.toString()))
                .isEqualTo("There is no file " + file + "; check the path, or see 'list presets'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty",
                "'seed: 1\nsteps: [' | is not YAML at line 2",
                "'- 1' | is not an experiment",
                "'sede: 1' | There is no field sede (did you mean seed?)",
                "'data: 5' | data is 5; it must hold the fields name,",
            })
    void aFileThatIsNoExperiment(String text, String sentence) throws IOException {
        Path file = Files.writeString(folder.resolve("e.yaml"), text);
        assertThat(refused("run", file.toString(), "--out", out())).contains(sentence);
    }

    @Test
    void aPlaceThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(refused("run", "never", "--steps", "1", "--out", file.toString()))
                .contains(file + " is a file, not a folder");
        assertThat(refused(
                        "run",
                        "never",
                        "--steps",
                        "1",
                        "--out",
                        file.resolve("below").toString()))
                .contains("cannot be written")
                .contains("choose another with --out");
    }

    @Test
    void aFolderThatHoldsSomethingElse() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "chapter 1");
        assertThat(refused("run", "never", "--steps", "1", "--out", folder.toString()))
                .contains("is not empty and holds no run; choose another with --out.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frobnicate | There is no command frobnicate; the commands are run, replay, branch, resume, list",
                "lst | There is no command lst (did you mean list?)",
                "run | Missing required parameter: 'EXPERIMENT'.",
                "run never --bogus | Unknown option: '--bogus'.",
                "run never twice | Unmatched argument at index 2: 'twice'.",
                "run never --seed x | seed is 'x'; it must be a whole number.",
                "list foo | The kind of things to list is 'foo'; it must be one of presets, datasets,",
                "bench --only foo | There is no benchmark foo",
                "chart --metric norm --out a.png | Missing required parameter: 'RUN_DIR'",
                "chart nowhere --metric norm --out a.png | There is no folder nowhere; give the folder of a run.",
                "chart nowhere --metric norm --out a.gif | --out is a.gif; the lab draws",
            })
    void aCommandThatCannotBe(String command, String sentence) throws IOException {
        assertThat(refused(command.split(" "))).contains(sentence);
    }

    @Test
    void noCommandAtAll() throws IOException {
        assertThat(refused()).contains("A command is missing; the commands are run, replay, branch, resume, list");
    }

    private String mnist(byte[] images, byte[] labels) throws IOException {
        Path data = Files.createDirectories(folder.resolve("mnist"));
        Files.write(data.resolve("train-images-idx3-ubyte"), images);
        Files.write(data.resolve("train-labels-idx1-ubyte"), labels);
        Files.write(data.resolve("t10k-images-idx3-ubyte"), images(4, 4 * 784));
        Files.write(data.resolve("t10k-labels-idx1-ubyte"), labels(LABELS_MAGIC, 4));
        return refused("run", "mnist", "--set", "batchSize=2", "--set", "data.folder=" + data, "--out", out());
    }

    private static byte[] images(int announced, int bytes) {
        return ByteBuffer.allocate(16 + bytes)
                .putInt(IMAGES_MAGIC)
                .putInt(announced)
                .putInt(28)
                .putInt(28)
                .array();
    }

    private static byte[] labels(int magic, int count) {
        return ByteBuffer.allocate(8 + count).putInt(magic).putInt(count).array();
    }

    @Test
    void imagesThatAreCutOff() throws IOException {
        assertThat(mnist(images(4, 3 * 784), labels(LABELS_MAGIC, 4)))
                .contains("train-images-idx3-ubyte holds 2352 of the 3136 bytes that it announces; it is cut off");
    }

    @Test
    void aFileThatIsNotIdx() throws IOException {
        assertThat(mnist(images(4, 4 * 784), labels(0x12345678, 4)))
                .contains(
                        "train-labels-idx1-ubyte begins with 0x12345678; an IDX file of labels begins with 0x00000801");
    }

    @Test
    void fewerLabelsThanImages() throws IOException {
        assertThat(mnist(images(4, 4 * 784), labels(LABELS_MAGIC, 3)))
                .contains("train-labels-idx1-ubyte has 3 labels, but")
                .contains("has 4 images; use files that belong together.");
    }

    @Test
    void anEmptyFile() throws IOException {
        assertThat(mnist(new byte[0], labels(LABELS_MAGIC, 4))).contains("train-images-idx3-ubyte is empty");
    }

    @Test
    void aHeaderAlone() throws IOException {
        assertThat(mnist(new byte[] {0, 0, 8}, labels(LABELS_MAGIC, 4)))
                .contains("train-images-idx3-ubyte ends too early");
    }

    @Test
    void whereItCameFromIsShownOnRequestOnly() {
        Session session = Session.of(folder, "--debug", "run", "never", "--set", "batchSize=0");
        assertThat(session.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(session.err()).contains("\tat decaylab.");
        assertThat(session.errors().get(session.errors().size() - 1)).startsWith("batchSize is 0;");
    }
}
