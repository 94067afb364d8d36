package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.ParameterBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/**
 * Without decay weights grow as the data and its generalisation dictate: Bjorck, Weinberger and Gomes, "Understanding Decoupled and
 * Early Weight Decay" (AAAI 2021). Noise in the labels, the number of examples, both crossed, and noise in the inputs; the
 * protocol and the criteria C1 to C3 are those of the specification's section 1.4, a reconstruction.
 *
 * <p>The growth is Gamma = ||w_T||^2 / ||w_0||^2 - 1 over the weights that {@link Quantity#NORM} covers; the gradient budget is
 * the sum over the steps of the squared norm of their gradient. For plain SGD on an invariant network ||w_T||^2 - ||w_0||^2 =
 * sum of eta^2 ||g||^2, exactly.
 *
 * <p>Keys of {@code measured}, means over the seeds: {@code growthR}, {@code budgetR}, {@code trainAccuracyR}, {@code
 * testAccuracyR} and {@code trainLossR} with R the percentage of labels that are redrawn, as in growth25, of 1,024 examples;
 * {@code growthRofN} of N examples; {@code growthInputS} with noise of the deviation S/100 in the inputs; {@code
 * identityDeviation} and {@code identityDeviationWithEpsilon}, the largest of any seed, by the growth.
 */
final class NormGrowthStudy implements Study {
    private static final String GROWTH = "growth";
    private static final String BUDGET = "budget";
    private static final String TRAIN_ACCURACY = "trainAccuracy";
    private static final String TEST_ACCURACY = "testAccuracy";
    private static final String TRAIN_LOSS = "trainLoss";
    private static final String DEVIATION = "deviation";
    private static final String PLAIN = "plain SGD";
    private static final String PLAIN_WITH_EPSILON = "plain SGD, epsilon 1e-5";

    private static final int EXAMPLES = 1024;
    private static final List<Integer> SIZES = List.of(256, EXAMPLES, 4096);
    private static final List<Integer> NOISES = List.of(0, 25, 50, 100);
    /** Deviations of the noise in the inputs, in hundredths. */
    private static final List<Integer> INPUT_NOISES = List.of(50, 100, 200);

    private static final double LEAST_OF_CLEAN = 2;
    private static final double EXACT = 1e-8;
    private static final double WITH_EPSILON = 1e-2;

    private final Protocol protocol;
    private final List<Integer> sizes;
    private final boolean assertsGrowth;

    private NormGrowthStudy(Protocol protocol, List<Integer> sizes, boolean assertsGrowth) {
        this.protocol = protocol;
        this.sizes = sizes;
        this.assertsGrowth = assertsGrowth;
    }

    /**
     * On the data of the specification, with three numbers of examples.
     *
     * @param base on labels without noise, without decay, at a constant learning rate
     */
    static NormGrowthStudy onMadeData(Experiment base) {
        return new NormGrowthStudy(
                protocol(
                        "norm-growth",
                        "Without decay the norm grows as the data dictates: more with labels that have to be memorised.",
                        base,
                        SIZES,
                        0.3,
                        "That the paper's data sets differ in what has to be memorised is inferred; noise in the labels is our "
                                + "way to set it."),
                SIZES,
                true);
    }

    /**
     * On other data, with 1,024 examples, where the identity is judged and all else only told.
     *
     * @param on which data and network, for the name
     * @param base on labels without noise, without decay, at a constant learning rate
     * @param secondsPerRun as in {@link Protocol}
     * @param note on how it differs from the paper
     */
    static NormGrowthStudy on(String on, Experiment base, double secondsPerRun, String note) {
        List<Integer> one = List.of(EXAMPLES);
        return new NormGrowthStudy(
                protocol(
                        "norm-growth-" + on,
                        "The same on " + on + ": growth with labels that have to be memorised.",
                        base,
                        one,
                        secondsPerRun,
                        note),
                one,
                false);
    }

    private static Protocol protocol(
            String name,
            String title,
            Experiment base,
            List<Integer> sizes,
            double secondsPerRun,
            String reconstruction) {
        return new Protocol(
                name,
                title,
                "Bjorck, Weinberger and Gomes, Understanding Decoupled and Early Weight Decay (AAAI 2021): weights grow depending "
                        + "on the data set and on how well it generalises.",
                words(base, sizes),
                reconstruction,
                arms(base, sizes),
                panels(sizes),
                secondsPerRun,
                0.001);
    }

    private static List<Arm> arms(Experiment base, List<Integer> sizes) {
        Arms arms = new Arms(base);
        for (int size : sizes) {
            for (int noise : NOISES) {
                arms.add(arm(size, noise), "data.trainSize", "" + size, "data.labelNoise", "" + noise / 100.0);
            }
        }
        for (int noise : INPUT_NOISES) {
            arms.add(
                    inputArm(noise),
                    "data.trainSize",
                    "" + EXAMPLES,
                    "data.labelNoise",
                    "0",
                    "data.inputNoise",
                    "" + noise / 100.0);
        }
        String[] plain = {"optimizer.kind", "sgd", "precision", "double", "data.labelNoise", "0.5"};
        arms.add(PLAIN, with(plain, "network.bnEpsilon", "0"));
        arms.add(PLAIN_WITH_EPSILON, plain);
        return arms.all();
    }

    private static List<String> words(Experiment base, List<Integer> sizes) {
        List<String> words = new ArrayList<>(List.of(
                EarlyDecayStudy.words(base),
                "A part of the training labels is redrawn at random: none, a quarter, half, all.",
                "Instead of labels the inputs are made worse, by normal noise of 0.5, 1 and 2 of their deviation: the labels "
                        + "stay those of the clean inputs.",
                "Two runs of plain SGD in double precision check the identity behind it: the squared norm grows by the squared "
                        + "length of the steps."));
        if (sizes.size() > 1) {
            words.add(
                    "Noise in the labels is crossed with the number of examples: 256, 1,024 and 4,096. Growth shows only "
                            + "once the labels are being memorised: with 4,096 examples the steps do not suffice for that, and with 256 "
                            + "all is memorised within a hundred steps.");
        }
        return words;
    }

    private static List<Panel> panels(List<Integer> sizes) {
        List<Panel> panels = new ArrayList<>();
        for (int size : sizes) {
            panels.add(new Panel(String.format(Locale.ROOT, "Norm, %,d examples", size), Quantity.NORM, ofSize(size)));
        }
        panels.add(new Panel("Norm, noise in the inputs", Quantity.NORM, ofInputs()));
        panels.add(new Panel("Training loss, 1,024 examples", Quantity.TRAIN_LOSS, ofSize(EXAMPLES)));
        return panels;
    }

    private static String[] with(String[] settings, String... more) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static String arm(int size, int noise) {
        return noise + " % redrawn of " + size;
    }

    private static String inputArm(int noise) {
        return noise == 0 ? arm(EXAMPLES, 0) : String.format(Locale.ROOT, "inputs + %.1f noise", noise / 100.0);
    }

    private static List<String> ofInputs() {
        return Stream.concat(Stream.of(0), INPUT_NOISES.stream())
                .map(NormGrowthStudy::inputArm)
                .toList();
    }

    private static List<String> ofSize(int size) {
        return NOISES.stream().map(noise -> arm(size, noise)).toList();
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        SampleLog log = run.log();
        double start = 0;
        for (ParameterBlock block : run.layout().weights()) {
            if (!block.last()) {
                for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                    start += run.start().get(i) * run.start().get(i);
                }
            }
        }
        double end = run.last(Quantity.NORM) * run.last(Quantity.NORM);
        double budget = 0;
        double steps = 0;
        for (long row = 0; row < log.rows(); row++) {
            double gradient = log.value(Quantity.GRADIENT_NORM, row);
            double length = log.value(Quantity.LEARNING_RATE, row) * gradient;
            budget += gradient * gradient;
            steps += length * length;
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(GROWTH, end / start - 1);
        figures.put(BUDGET, budget);
        figures.put(DEVIATION, Math.abs(steps / (end - start) - 1));
        figures.put(TRAIN_LOSS, run.last(Quantity.TRAIN_LOSS));
        figures.put(TRAIN_ACCURACY, run.last(Quantity.TRAIN_ACCURACY));
        figures.put(TEST_ACCURACY, run.last(Quantity.TEST_ACCURACY));
        return figures;
    }

    @Override
    public List<Claim> claims(Figures figures) {
        Map<String, Double> byNoise = new LinkedHashMap<>();
        boolean rising = true;
        double before = Double.NEGATIVE_INFINITY;
        for (int noise : NOISES) {
            double growth = figures.mean(arm(EXAMPLES, noise), GROWTH);
            rising &= growth > before;
            before = growth;
            for (String figure : List.of(GROWTH, BUDGET, TRAIN_ACCURACY, TEST_ACCURACY, TRAIN_LOSS)) {
                byNoise.put(figure + noise, figures.mean(arm(EXAMPLES, noise), figure));
            }
        }
        double clean = figures.mean(arm(EXAMPLES, 0), GROWTH);
        double random = figures.mean(arm(EXAMPLES, 100), GROWTH);
        Map<String, Double> bySize = new LinkedHashMap<>();
        for (int size : sizes) {
            for (int noise : NOISES) {
                bySize.put(GROWTH + noise + "of" + size, figures.mean(arm(size, noise), GROWTH));
                bySize.put(TRAIN_ACCURACY + noise + "of" + size, figures.mean(arm(size, noise), TRAIN_ACCURACY));
            }
        }
        Map<String, Double> byInput = new LinkedHashMap<>();
        byInput.put("growthInput0", clean);
        for (int noise : INPUT_NOISES) {
            for (String figure : List.of(GROWTH, BUDGET, TRAIN_ACCURACY, TEST_ACCURACY)) {
                byInput.put(figure + "Input" + noise, figures.mean(inputArm(noise), figure));
            }
        }
        double exact = largest(figures.of(PLAIN, DEVIATION));
        double withEpsilon = largest(figures.of(PLAIN_WITH_EPSILON, DEVIATION));
        List<Claim> claims = new ArrayList<>(List.of(
                Claim.asserted(
                                "C1",
                                "How much weights grow depends on the data.",
                                "growth strictly increasing in the part of the labels that is redrawn: 0, 1/4, 1/2, 1",
                                byNoise,
                                rising)
                        .reconstructed("Noise in the labels of one task instead of several data sets."),
                Claim.asserted(
                                "C2",
                                "Weights grow more where the data does not generalise.",
                                "growth of random labels >= 2 growth of clean ones",
                                Map.of("growth0", clean, "growth100", random),
                                random >= LEAST_OF_CLEAN * clean)
                        .reconstructed("The factor is ours, from a prototype (4)."),
                Claim.asserted(
                                "C3",
                                "The growth is the sum of the squared steps: a scale-invariant gradient is orthogonal to the "
                                        + "weights.",
                                "plain SGD in double precision: growth and sum of squared steps differ by at most 1e-8 of it, and "
                                        + "by 1e-2 with the normalisation's epsilon of 1e-5",
                                pair("identityDeviation", exact, "identityDeviationWithEpsilon", withEpsilon),
                                exact <= EXACT && withEpsilon <= WITH_EPSILON)
                        .reconstructed("An identity."),
                Claim.reported(
                                "C4",
                                "Growth depends on the data set and on its size.",
                                "growth by number of examples and noise, with the training accuracy that was reached",
                                bySize)
                        .reconstructed("Only told: the order holds once the labels are memorised."),
                Claim.reported(
                                "C5",
                                "Weights grow more where the inputs tell less about the labels.",
                                "growth by the deviation of the noise in the inputs, in hundredths, beside that of clean ones",
                                byInput)
                        .reconstructed("Only told. The test inputs stay clean.")));
        if (!assertsGrowth) {
            claims.replaceAll(claim -> List.of("C1", "C2").contains(claim.id()) ? claim.onlyReported() : claim);
        }
        return claims;
    }

    private static Map<String, Double> pair(String one, double first, String other, double second) {
        Map<String, Double> pair = new LinkedHashMap<>();
        pair.put(one, first);
        pair.put(other, second);
        return pair;
    }

    /** NaN where one of them is. */
    private static double largest(double[] values) {
        double largest = values.length == 0 ? Double.NaN : 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    @Override
    public List<Table> tables(Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        List<String> arms = new ArrayList<>();
        sizes.forEach(size -> arms.addAll(ofSize(size)));
        INPUT_NOISES.forEach(noise -> arms.add(inputArm(noise)));
        for (String arm : arms) {
            rows.add(List.of(
                    arm,
                    Statistics.meanAndError(figures.of(arm, GROWTH)),
                    Statistics.meanAndError(figures.of(arm, BUDGET)),
                    percent(figures.mean(arm, TRAIN_ACCURACY)),
                    percent(figures.mean(arm, TEST_ACCURACY))));
        }
        return List.of(new Table(
                "Growth and gradient budget",
                "Means over the seeds, with their standard errors. Growth is the squared norm at the end by that at the start, less "
                        + "1; the budget is the sum of the squared norms of the gradients.",
                List.of("data", "growth", "gradient budget", "training accuracy", "test accuracy"),
                rows));
    }

    private static String percent(double part) {
        return Double.isNaN(part) ? "NaN" : String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }
}
