package decaylab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Made data against pinned values and against their definitions. */
class MadeDataTest {
    private static DataSet load(String name, int train, int test, double noise, long seed) {
        return new DataCatalogue()
                .load(new DataRequest(name, null, DataRequest.Columns.usual(), train, test, noise, 0, seed));
    }

    /** A published seed must give the same data for good: first bits of everything, on every machine. */
    @ParameterizedTest
    @CsvSource({
        "proto, f969cda2",
        "teacher, fc55dd3f",
        "spirals, d9b498ba",
        "moons, c70c1dd3",
        "zipf, c114f703",
        "number-words, 3bb353fb"
    })
    void theFirstExamplesStayWhatTheyAre(String name, String pinned) {
        DataSet data = load(name, 20, 10, 0.3, 1);
        CRC32 sum = new CRC32();
        for (float[] inputs : new float[][] {data.trainInputs(), data.testInputs()}) {
            for (float value : inputs) {
                sum.update(ByteBuffer.allocate(4)
                        .putInt(Float.floatToRawIntBits(value))
                        .flip());
            }
        }
        for (int[] labels : new int[][] {data.trainLabels(), data.cleanTrainLabels(), data.testLabels()}) {
            for (int label : labels) {
                sum.update(label);
            }
        }
        assertThat(Long.toHexString(sum.getValue())).isEqualTo(pinned);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.15, 2", "0.5, 3", "1, 4"})
    void noiseRedrawsItsShareOfTheTrainingLabelsOnly(double noise, long seed) {
        int n = 20_000;
        DataSet data = load("teacher", n, 100, noise, seed);
        int changed = 0;
        for (int i = 0; i < n; i++) {
            changed += data.trainLabels()[i] == data.cleanTrainLabels()[i] ? 0 : 1;
        }
        double expected = noise * 4 / 5; // one in five is redrawn to what it was
        double fiveSigma = 5 * Math.sqrt(expected * (1 - expected) / n);
        assertThat((double) changed / n).isCloseTo(expected, within(fiveSigma));
        assertThat(data.testLabels())
                .containsExactly(load("teacher", 1, 100, 0, seed).testLabels());
    }

    /** x = c (1 + 0.3 xi) + 0.8 N: what is left beside the nearest centre has variance 0.64, the stretch 0.09. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void protoIsStretchedCentresAndNoise(long seed) {
        double[][] centres = new double[30][64];
        CounterRandom random = CounterRandom.of(seed, "proto centres");
        for (double[] centre : centres) {
            for (int j = 0; j < 64; j++) {
                centre[j] = 0.45 * random.nextGaussian();
            }
        }
        int n = 6000;
        DataSet data = load("proto", n, 1, 0, seed);
        double rest = 0;
        double stretch = 0;
        double stretchSquares = 0;
        double stretchNoise = 0;
        int[] modes = new int[30];
        for (int i = 0; i < n; i++) {
            int best = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int m = 3 * data.trainLabels()[i]; m < 3 * data.trainLabels()[i] + 3; m++) {
                double squares = squares(data, i, centres[m], 1);
                if (squares < least) {
                    least = squares;
                    best = m;
                }
            }
            modes[best]++;
            double length = 0;
            double along = 0;
            for (int j = 0; j < 64; j++) {
                length += centres[best][j] * centres[best][j];
                along += centres[best][j] * data.trainInputs()[i * 64 + j];
            }
            double factor = along / length;
            stretch += factor;
            stretchSquares += (factor - 1) * (factor - 1);
            stretchNoise += 0.64 / length;
            rest += squares(data, i, centres[best], factor) / 63;
        }
        assertThat(stretch / n).isCloseTo(1, within(0.03));
        assertThat((stretchSquares - stretchNoise) / n).isCloseTo(0.09, within(0.015));
        assertThat(rest / n).isCloseTo(0.64, within(0.01));
        // Five standard deviations of 6000 draws over thirty modes, and the few taken for a neighbour.
        assertThat(Arrays.stream(modes).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(120, 280));
    }

    private static double squares(DataSet data, int example, double[] centre, double factor) {
        double sum = 0;
        for (int j = 0; j < 64; j++) {
            double difference = data.trainInputs()[example * 64 + j] - factor * centre[j];
            sum += difference * difference;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void teachersInputsAreNormal(long seed) {
        DataSet data = load("teacher", 5000, 1, 0, seed);
        for (int j = 0; j < 20; j++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < 5000; i++) {
                double value = data.trainInputs()[i * 20 + j];
                sum += value;
                squares += value * value;
            }
            assertThat(sum / 5000).isCloseTo(0, within(5 / Math.sqrt(5000)));
            assertThat(squares / 5000).isCloseTo(1, within(5 * Math.sqrt(2.0 / 5000)));
        }
    }

    /** The label again from float inputs: only an example on a border, of which there are few, may differ. */
    @Test
    void teachersLabelsAreTheLargestScore() {
        CounterRandom random = CounterRandom.of(9, "teacher weights");
        double[] a = random(random, 20 * 30);
        double[] b = random(random, 30 * 5);
        DataSet data = load("teacher", 3000, 1, 0, 9);
        int wrong = 0;
        for (int i = 0; i < 3000; i++) {
            double[] score = new double[5];
            for (int h = 0; h < 30; h++) {
                double sum = 0;
                for (int j = 0; j < 20; j++) {
                    sum += data.trainInputs()[i * 20 + j] * a[j * 30 + h];
                }
                for (int k = 0; k < 5; k++) {
                    score[k] += (Math.max(sum / Math.sqrt(20), 0) - 0.4) * b[h * 5 + k];
                }
            }
            double largest = Math.max(Math.max(Math.max(score[0], score[1]), Math.max(score[2], score[3])), score[4]);
            wrong += score[data.trainLabels()[i]] == largest ? 0 : 1;
        }
        assertThat(wrong).isLessThanOrEqualTo(1);
    }

    private static double[] random(CounterRandom random, int n) {
        double[] all = new double[n];
        for (int i = 0; i < n; i++) {
            all[i] = random.nextGaussian();
        }
        return all;
    }

    /** Turning a point back by what its radius says must give its arm's angle. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void spiralsAreArmsThatCanBeToldApart(long seed) {
        DataSet data = load("spirals", 3000, 1, 0, seed);
        int right = 0;
        int[] counts = new int[3];
        for (int i = 0; i < 3000; i++) {
            double x = data.trainInputs()[2 * i];
            double y = data.trainInputs()[2 * i + 1];
            double radius = Math.hypot(x, y);
            assertThat(radius).isLessThan(1.5 + 6 * 0.06);
            double arm = (Math.atan2(y, x) / (2 * Math.PI) - 1.25 * (radius - 0.1) / 1.4) * 3;
            right += Math.floorMod(Math.round(arm), 3L) == data.trainLabels()[i] ? 1 : 0;
            counts[data.trainLabels()[i]]++;
        }
        assertThat(right).isGreaterThan(2900);
        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(870, 1130));
    }

    /** Token k of a thousand comes with the probability 1 / (k + 1) / 7.485, and rare ones decide. */
    @Test
    void zipfHasFewFrequentTokensAndManyRareOnes() {
        DataSet data = load("zipf", 20_000, 10, 0, 1);
        assertThat(data.vocabulary()).isEqualTo(1000);
        assertThat(data.features()).isEqualTo(6);
        assertThat(data.targets()).isEqualTo(1);
        int[] counts = new int[1000];
        for (float token : data.trainInputs()) {
            counts[(int) token]++;
        }
        for (int k : new int[] {0, 1, 9, 99}) {
            double expected = 120_000 / 7.485470860550345 / (k + 1);
            assertThat((double) counts[k]).isCloseTo(expected, within(4 * Math.sqrt(expected)));
        }
        assertThat(Arrays.stream(counts, 500, 1000).sum()).isBetween(10_700, 11_600); // ln 2 of 7.485 parts
        assertThat((double) Arrays.stream(data.trainLabels()).sum() / 20_000).isBetween(0.25, 0.75);
        double[] weights = new double[1000];
        for (int round = 0; round < 30; round++) { // a perceptron finds weights that tell all classes: they are sums
            for (int i = 0; i < data.trainSize(); i++) {
                double sum = 0;
                for (int j = 0; j < 6; j++) {
                    sum += weights[(int) data.trainInputs()[6 * i + j]];
                }
                int wrong = data.trainLabels()[i] - (sum > 0 ? 1 : 0);
                for (int j = 0; j < 6 && wrong != 0; j++) {
                    weights[(int) data.trainInputs()[6 * i + j]] += wrong;
                }
            }
        }
        int right = 0;
        double frequent = 0;
        for (int i = 0; i < data.trainSize(); i++) {
            double sum = 0;
            for (int j = 0; j < 6; j++) {
                sum += weights[(int) data.trainInputs()[6 * i + j]];
            }
            right += (sum > 0 ? 1 : 0) == data.trainLabels()[i] ? 1 : 0;
        }
        for (int k = 0; k < 20; k++) {
            frequent = Math.max(frequent, Math.abs(weights[k]));
        }
        assertThat(right).isGreaterThan(19_000);
        assertThat(frequent)
                .isLessThan(Arrays.stream(weights).map(Math::abs).max().orElseThrow() / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void moonsAreCentredAndOfAboutUnitScale(long seed) {
        DataSet data = load("moons", 4000, 1, 0, seed);
        for (int j = 0; j < 2; j++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < 4000; i++) {
                double value = data.trainInputs()[2 * i + j];
                sum += value;
                squares += value * value;
            }
            assertThat(sum / 4000).isCloseTo(0, within(0.06));
            assertThat(Math.sqrt(squares / 4000)).isBetween(0.6, 1.2);
        }
    }

    @Test
    void sizesAndNoiseOutOfRangeAreRefused() {
        assertThatThrownBy(() -> load("proto", 0, 1, 0, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage("data.trainSize is 0; it must be at least 1, or null for all.");
        assertThatThrownBy(() -> load("proto", 1, -3, 0, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage("data.testSize is -3; it must be at least 1, or null for all.");
        assertThatThrownBy(() -> load("proto", 1, 1, Double.NaN, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessage("data.labelNoise is NaN; it must be from 0 to 1.");
    }

    @Test
    void aSetThatFitsNoArrayIsRefusedBeforeItIsMade() {
        assertThatThrownBy(() -> load("proto", 2_000_000_000, 1, 0, 1))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("2000000001 examples of 64 numbers needs 512.0 GB")
                .hasMessageEndingWith("make data.trainSize or data.testSize smaller.");
    }
}
