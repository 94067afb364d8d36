package decaylab.data;

import decaylab.random.CounterRandom;
import java.util.Arrays;

/**
 * Data sets made from a seed. Every example is drawn from a stream of its own, so that asking for more examples, or for
 * other label noise, leaves those that were there as they are.
 */
final class MadeData {
    private static final int PROTO_FEATURES = 64;
    private static final int PROTO_CLASSES = 10;
    private static final int PROTO_MODES = 3;
    private static final int TEACHER_FEATURES = 20;
    private static final int TEACHER_CLASSES = 5;
    private static final int TEACHER_HIDDEN = 30;
    private static final int ZIPF_VOCABULARY = 1_000;
    private static final int ZIPF_TOKENS = 6;
    /** So many of the most frequent tokens tell little. */
    private static final int ZIPF_FREQUENT = 20;

    private MadeData() {}

    /** Draws one example into an array and says its class. */
    @FunctionalInterface
    private interface Maker {
        int draw(CounterRandom random, float[] into, int offset);
    }

    /**
     * The workhorse: 64 numbers, 10 classes with three modes each. A mode's centre is 0.45 N(0, I); an example is its
     * centre times (1 + 0.3 xi) plus 0.8 N(0, I).
     */
    static DataSet proto(int trainSize, int testSize, double labelNoise, long seed) {
        CounterRandom centreRandom = CounterRandom.of(seed, "proto centres");
        double[] centres = new double[PROTO_CLASSES * PROTO_MODES * PROTO_FEATURES];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = 0.45 * centreRandom.nextGaussian();
        }
        return make(
                "proto", PROTO_FEATURES, PROTO_CLASSES, trainSize, testSize, labelNoise, seed, (random, into, at) -> {
                    int label = random.nextInt(PROTO_CLASSES);
                    int mode = (label * PROTO_MODES + random.nextInt(PROTO_MODES)) * PROTO_FEATURES;
                    double stretch = 1 + 0.3 * random.nextGaussian();
                    for (int j = 0; j < PROTO_FEATURES; j++) {
                        into[at + j] = (float) (centres[mode + j] * stretch + 0.8 * random.nextGaussian());
                    }
                    return label;
                });
    }

    /**
     * 20 normal numbers, 5 classes: the largest of (relu(x A / sqrt(20)) - 0.4) B with normal A (20 x 30) and B (30 x 5).
     */
    static DataSet teacher(int trainSize, int testSize, double labelNoise, long seed) {
        CounterRandom teacherRandom = CounterRandom.of(seed, "teacher weights");
        double[][] a = normal(teacherRandom, TEACHER_FEATURES, TEACHER_HIDDEN);
        double[][] b = normal(teacherRandom, TEACHER_HIDDEN, TEACHER_CLASSES);
        double root = StrictMath.sqrt(TEACHER_FEATURES);
        return make(
                "teacher",
                TEACHER_FEATURES,
                TEACHER_CLASSES,
                trainSize,
                testSize,
                labelNoise,
                seed,
                (random, into, at) -> {
                    double[] x = new double[TEACHER_FEATURES];
                    for (int j = 0; j < x.length; j++) {
                        x[j] = random.nextGaussian();
                        into[at + j] = (float) x[j];
                    }
                    double[] score = new double[TEACHER_CLASSES];
                    for (int h = 0; h < TEACHER_HIDDEN; h++) {
                        double sum = 0;
                        for (int j = 0; j < x.length; j++) {
                            sum += x[j] * a[j][h];
                        }
                        double hidden = Math.max(0, sum / root) - 0.4;
                        for (int k = 0; k < score.length; k++) {
                            score[k] += hidden * b[h][k];
                        }
                    }
                    int best = 0;
                    for (int k = 1; k < score.length; k++) {
                        best = score[k] > score[best] ? k : best;
                    }
                    return best;
                });
    }

    private static double[][] normal(CounterRandom random, int rows, int columns) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return matrix;
    }

    /** Three interleaved spiral arms in the plane, one and a quarter turns each, radius 0.1 to 1.5, noise 0.06. */
    static DataSet spirals(int trainSize, int testSize, double labelNoise, long seed) {
        int arms = 3;
        return make("spirals", 2, arms, trainSize, testSize, labelNoise, seed, (random, into, at) -> {
            int label = random.nextInt(arms);
            // The root spreads the points evenly along the arm.
            double along = StrictMath.sqrt(random.nextDouble());
            double radius = 0.1 + 1.4 * along;
            double angle = 2 * StrictMath.PI * (1.25 * along + (double) label / arms);
            into[at] = (float) (radius * StrictMath.cos(angle) + 0.06 * random.nextGaussian());
            into[at + 1] = (float) (radius * StrictMath.sin(angle) + 0.06 * random.nextGaussian());
            return label;
        });
    }

    /** Two half moons in the plane, shifted into each other, noise 0.15. */
    static DataSet moons(int trainSize, int testSize, double labelNoise, long seed) {
        return make("moons", 2, 2, trainSize, testSize, labelNoise, seed, (random, into, at) -> {
            int label = random.nextInt(2);
            double angle = StrictMath.PI * random.nextDouble();
            double x = label == 0 ? StrictMath.cos(angle) : 1 - StrictMath.cos(angle);
            double y = label == 0 ? StrictMath.sin(angle) : 0.5 - StrictMath.sin(angle);
            into[at] = (float) (x - 0.5 + 0.15 * random.nextGaussian());
            into[at + 1] = (float) (1.5 * (y - 0.25) + 0.15 * random.nextGaussian());
            return label;
        });
    }

    /**
     * Six tokens of a thousand, of which token k comes with a probability in proportion to 1 / (k + 1). Each has a hidden weight
     * N(0, 1), the twenty most frequent ones a fifth of that; the class is 1 where the six weights sum to more than 0.
     */
    static DataSet zipf(int trainSize, int testSize, double labelNoise, long seed) {
        CounterRandom weightRandom = CounterRandom.of(seed, "zipf weights");
        double[] weights = new double[ZIPF_VOCABULARY];
        double[] upTo = new double[ZIPF_VOCABULARY];
        double sum = 0;
        for (int k = 0; k < ZIPF_VOCABULARY; k++) {
            weights[k] = weightRandom.nextGaussian() * (k < ZIPF_FREQUENT ? 0.2 : 1);
            sum += 1.0 / (k + 1);
            upTo[k] = sum;
        }
        double all = sum;
        DataSet plain = make("zipf", ZIPF_TOKENS, 2, trainSize, testSize, labelNoise, seed, (random, into, at) -> {
            double score = 0;
            for (int j = 0; j < ZIPF_TOKENS; j++) {
                int place = Arrays.binarySearch(upTo, all * random.nextDouble());
                int token = Math.min(ZIPF_VOCABULARY - 1, place < 0 ? -place - 1 : place + 1);
                into[at + j] = token;
                score += weights[token];
            }
            return score > 0 ? 1 : 0;
        });
        return new DataSet(
                plain.name(),
                plain.shape(),
                ZIPF_VOCABULARY,
                1,
                plain.classes(),
                plain.trainInputs(),
                plain.trainLabels(),
                plain.cleanTrainLabels(),
                plain.testInputs(),
                plain.testLabels(),
                null);
    }

    private static DataSet make(
            String name,
            int features,
            int classes,
            int trainSize,
            int testSize,
            double labelNoise,
            long seed,
            Maker maker) {
        MemoryNeed.require(name, (long) trainSize + testSize, features);
        float[] train = new float[Math.multiplyExact(trainSize, features)];
        float[] test = new float[Math.multiplyExact(testSize, features)];
        int[] trainLabels = draw(CounterRandom.of(seed, name + " train"), maker, train, trainSize, features);
        int[] testLabels = draw(CounterRandom.of(seed, name + " test"), maker, test, testSize, features);
        int[] noisy = LabelNoise.redraw(trainLabels, classes, labelNoise, seed);
        return new DataSet(name, new int[] {features}, classes, train, noisy, trainLabels, test, testLabels);
    }

    private static int[] draw(CounterRandom stream, Maker maker, float[] into, int size, int features) {
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = maker.draw(stream.split(i), into, i * features);
        }
        return labels;
    }
}
