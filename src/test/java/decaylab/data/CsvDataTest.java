package decaylab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import decaylab.data.DataRequest.Columns;
import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of all kinds, damaged ones, and the real ones where they are there. */
class CsvDataTest {
    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static DataSet load(Path path, Columns columns, Integer train, Integer test) {
        return new DataCatalogue().load(new DataRequest("csv", path, columns, train, test, 0, 0, 1));
    }

    private static DataSet load(Path path) {
        return load(path, Columns.usual(), null, null);
    }

    /** Rows 0,0,a 1,2,b 2,4,a ... */
    private static String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i + "," + 2 * i + "," + (i % 2 == 0 ? "a" : "b") + "\n")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void columnsAreSeparatedByWhatThereIsMostOf(String delimiter) throws IOException {
        write("a.csv", rows(10).replace(",", delimiter).replace("\n", "\r\n"));
        DataSet set = load(folder);
        assertThat(set.shape()).containsExactly(2);
        assertThat(set.classes()).isEqualTo(2);
        assertThat(set.trainSize()).isEqualTo(8);
        assertThat(set.testSize()).isEqualTo(2);
    }

    @Test
    void aFifthIsDrawnForTestingAndNoRowIsInBoth() throws IOException {
        write("a.csv", rows(50));
        DataSet set = load(folder);
        double[] seen = IntStream.range(0, 50)
                .mapToDouble(i -> i < 40 ? set.trainInputs()[2 * i] : set.testInputs()[2 * (i - 40)])
                .sorted()
                .toArray();
        double step = (seen[49] - seen[0]) / 49;
        for (int i = 1; i < 50; i++) {
            assertThat(seen[i] - seen[i - 1]).isCloseTo(step, within(1e-5));
        }
        DataSet other = new DataCatalogue().load(new DataRequest("csv", folder, Columns.usual(), null, null, 0, 0, 2));
        assertThat(other.testInputs()).isNotEqualTo(set.testInputs());
        assertThat(load(folder, Columns.usual(), 20, 7).trainSize()).isEqualTo(20);
    }

    @Test
    void columnsAreStandardisedWithTheTrainingRows() throws IOException {
        write("train.csv", "1,7,x\n3,7,y\n5,7,x\n");
        write("test.csv", "7,8,y\n");
        DataSet set = load(folder);
        double deviation = Math.sqrt(8 / 3.0);
        assertThat(set.trainInputs()[0]).isCloseTo((float) (-2 / deviation), within(1e-6f));
        assertThat(set.testInputs()[0]).isCloseTo((float) (4 / deviation), within(1e-6f));
        assertThat(set.trainInputs()[1]).isZero(); // a column of one value
        assertThat(set.testInputs()[1]).isEqualTo(1);
        assertThat(set.testLabels()).containsExactly(1);
    }

    @Test
    void aHeaderIsSeenAndItsNamesCanBeGiven() throws IOException {
        write("a.csv", "\uFEFFkind,\"width, mm\",height\nred,1,2\nblue,3,4\nred,5,6\n");
        assertThatThrownBy(() -> load(folder))
                .hasMessageContaining("has 'red' in row 2, column kind, where a number must be");
        for (String column : new String[] {"first", "kind"}) {
            DataSet set = load(folder, new Columns(null, column), null, null);
            assertThat(set.trainSize() + set.testSize()).isEqualTo(3);
            assertThat(set.classes()).isEqualTo(2);
        }
        assertThatThrownBy(() -> load(folder, new Columns(null, "colour"), null, null))
                .hasMessage("data.classColumn is colour, but the columns of " + folder.resolve("a.csv")
                        + " are kind, width, mm, height; make it last, first or the name of a column.");
        assertThatThrownBy(() -> load(folder, new Columns(false, "kind"), null, null))
                .hasMessageContaining("has no header with names");
    }

    @Test
    void aHeaderOfNumbersHasToBeTold() throws IOException {
        write("train.csv", "1,2,3\n4,5,0\n7,8,1\n");
        write("test.csv", "1,2,3\n4,5,0\n");
        assertThat(load(folder).trainSize()).isEqualTo(3);
        assertThat(load(folder, new Columns(true, "3"), null, null).trainSize()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "10 2 9!0 1 2!2,9,10", // numbers by their size
                "b a c!0 1 2!a,b,c",
                "10 b 9!0 1 2!10,9,b", // one word among them: by the alphabet
                "1.0 2 1.5!0 1 2!1.0,1.5,2"
            })
    void classesAreInTheirOrder(String words, String ignored, String order) throws IOException {
        String[] classes = words.split(" ", -1);
        write("train.csv", Arrays.stream(classes).map(c -> "1," + c + "\n").collect(Collectors.joining()));
        write("test.csv", "2," + classes[0] + "\n");
        String[] sorted = order.split(",", -1);
        int[] expected = Arrays.stream(classes)
                .mapToInt(c -> Arrays.asList(sorted).indexOf(c))
                .toArray();
        assertThat(load(folder).trainLabels()).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "1,2,a\\n3,b\\n!has 2 columns in row 2 where the first has 3",
                "1,2,a\\n3,,b\\n!has nothing in row 2, column 2, where a number must be",
                "1,2,a\\n3,NaN,b\\n!has 'NaN' in row 2, column 2",
                "1,2,a\\n3,1e999,b\\n!has '1e999' in row 2, column 2",
                "1,2,a\\n3,4,\\n!has no class in row 2, column 3",
                "1,2,a\\n3,4,a\\n!has 1 different values; there must be 2 to 1000",
                "a\\nb\\n!has 1 columns in its first line",
                "1,2,a\\n!has 1 different values",
                "x,y,z\\n!has 'x' in row 1, column 1",
                "1,\"2,a\\n3,4,b\\n!is no table of comma-separated values",
            })
    void whatIsWrongIsNamed(String text, String sentence) throws IOException {
        Path file = write("a.csv", text.replace("\\n", "\n"));
        assertThatThrownBy(() -> load(folder))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(sentence)
                .hasMessageContaining(file.toString());
    }

    @Test
    void whichFileIsMeantMustBeClear() throws IOException {
        assertThatThrownBy(() -> load(folder)).hasMessageContaining("has no table");
        write("a.csv", rows(9));
        write("b.csv", rows(9));
        assertThatThrownBy(() -> load(folder)).hasMessageContaining("has the tables a.csv, b.csv");
        assertThat(load(folder.resolve("b.csv")).trainSize()).isEqualTo(7);
        assertThatThrownBy(() -> load(folder.resolve("c.csv"))).hasMessageContaining("neither a folder nor a file");
        assertThatThrownBy(() -> load(folder.resolve("b.csv"), Columns.usual(), 8, null))
                .hasMessageContaining("data.trainSize is 8, but");
        Files.write(folder.resolve("b.csv"), new byte[] {'1', ',', (byte) 0xFF, '\n'});
        assertThatThrownBy(() -> load(folder.resolve("b.csv"))).hasMessageContaining("is not UTF-8 text");
    }

    @Test
    void threeHundredMutatedTablesAreReadOrRefusedAndNothingElse() throws IOException {
        CounterRandom random = CounterRandom.of(17, "mutations");
        byte[] good = ("x,y,class\n" + rows(12)).getBytes(StandardCharsets.UTF_8);
        String signs = "\0\"',;\t|\n\r\u00e9-+.e9NaN";
        byte[] pool = signs.getBytes(StandardCharsets.ISO_8859_1);
        int refused = 0;
        for (int trial = 0; trial < 300; trial++) {
            byte[] bytes = good.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = pool[random.nextInt(pool.length)];
            }
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            Path file = Files.write(folder.resolve("a.csv"), bytes);
            try {
                load(file);
            } catch (BadInputException e) {
                assertThat(e.getMessage()).contains("a.csv").endsWith(".").doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 299);
    }

    @Test
    void theRealTablesAreReadAsTheyAre() {
        String data = System.getenv("DECAYLAB_DATA");
        assumeTrue(data != null, "DECAYLAB_DATA is not set: the real tables are not read");
        DataSet iris = load(Path.of(data, "csv", "iris.csv"));
        assertThat(iris.trainSize()).isEqualTo(120);
        assertThat(iris.testSize()).isEqualTo(30);
        assertThat(iris.classes()).isEqualTo(3);
        assertThat(iris.shape()).containsExactly(4);
        DataSet digits = load(Path.of(data, "csv", "optdigits.tra"));
        assertThat(digits.trainSize()).isEqualTo(3823);
        assertThat(digits.testSize()).isEqualTo(1797);
        assertThat(digits.classes()).isEqualTo(10);
        assertThat(Arrays.copyOf(digits.testLabels(), 10)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThatThrownBy(() -> load(Path.of(data, "csv"))).hasMessageContaining("has the tables iris.csv");
    }
}
