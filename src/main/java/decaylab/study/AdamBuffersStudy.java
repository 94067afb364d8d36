package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.experiment.Shortest;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.DecayEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Which of Adam's buffers holds the penalty, and what that does: the second half of Bjorck, Weinberger and Gomes,
 * "Understanding Decoupled and Early Weight Decay" (AAAI 2021). Three {@link BufferIdentities identities}, and the factorial of
 * the specification's section 1.5, V0 to V7, on a small network with and without batch normalisation. The paper states which
 * buffer is to blame; here that is measured and told, nothing of it is asserted.
 *
 * <p>Keys of {@code measured}. VARIANT is the entry in camel case ({@code None, L2, MMixed, Separate, SeparateVMixed,
 * TwinBuffers, Decoupled, DecoupledVMixed}), NET is {@code Plain} or {@code Batch}, L a lambda. Of the best lambda of each
 * variant, by the mean test accuracy: {@code lambdaVARIANTNET, accuracyVARIANTNET, gainVARIANTNET} beyond none in percentage
 * points, {@code seVARIANTNET} its standard error, {@code winsVARIANTNET}, {@code normVARIANTNET} at the end, and means over the
 * steps {@code objectiveVARIANTNET, penaltyVARIANTNET, cosineVARIANTNET, drownedVARIANTNET}. Of pairs at one lambda:
 * {@code normRatioNETAtL, accuracyDifferenceNETAtL} in percentage points, {@code seNETAtL} its standard error,
 * {@code drownedDifferenceNETAtL}; {@code PAIRNETAtL} is the ratio of the objective's shares. NaN where a run diverged, or there
 * is no penalty.
 */
final class AdamBuffersStudy implements Study {
    private static final String ACCURACY = EarlyDecayStudy.ACCURACY;
    private static final String NORM = EarlyDecayStudy.NORM;
    private static final String TRAIN_LOSS = "trainLoss";
    private static final String OBJECTIVE = "objective";
    private static final String PENALTY = "penalty";
    private static final String COSINE = "cosine";
    private static final String DROWNED = "drowned";

    /** Shares over the whole run, in this order. */
    private static final Map<String, Quantity> SHARES = shares();

    private static Map<String, Quantity> shares() {
        Map<String, Quantity> shares = new LinkedHashMap<>();
        shares.put(OBJECTIVE, Quantity.OBJECTIVE_SHARE);
        shares.put(PENALTY, Quantity.PENALTY_SHARE);
        shares.put(COSINE, Quantity.COSINE_OF_SHARES);
        shares.put(DROWNED, Quantity.DROWNED);
        return shares;
    }

    /** A network of the factorial: the word in keys, and the field's. */
    private enum Net {
        PLAIN("Plain", "none", ""),
        BATCH("Batch", "batch", ", batch");

        private final String key;
        private final String normalization;
        private final String inName;

        Net(String key, String normalization, String inName) {
            this.key = key;
            this.normalization = normalization;
            this.inName = inName;
        }
    }

    private final Protocol protocol;

    /** @param base an experiment under Adam, whose entry and lambda the arms replace */
    AdamBuffersStudy(Experiment base) {
        protocol = new Protocol(
                "adam-buffers",
                "Where decay enters Adam: what the penalty does in the first and in the second moment, variant by variant.",
                "Bjorck, Weinberger and Gomes, Understanding Decoupled and Early Weight Decay (AAAI 2021), the part on "
                        + "decoupled decay; Loshchilov and Hutter, Decoupled Weight Decay Regularization (ICLR 2019).",
                List.of(
                        EarlyDecayStudy.words(base),
                        "Eight variants: none (V0), l2 (V1), m-mixed (V2), separate (V3), separate-v-mixed (V4), twin-buffers "
                                + "(V5), decoupled (V6), decoupled-v-mixed (V7), each with three lambdas that suit it; the network "
                                + "without normalisation, and with batch normalisation.",
                        "For a seed all arms share data, start and order of the batches. Every tenth step is split into the "
                                + "objective's and the penalty's share; drowned is the fraction of the weights whose penalty's share is "
                                + "the larger.",
                        "The best lambda of a variant is chosen by the same test accuracy that is then told, which flatters all of "
                                + "them alike."),
                "The paper trains on translation and Atari games; which variants it ran could not be read. The factorial, its "
                        + "names and lambdas are ours. A prototype did not reproduce that a clean division is harmless (V3), so "
                        + "nothing is claimed of it.",
                arms(base),
                panels(),
                0.85,
                0.01);
    }

    /** Those that mix the penalty into buffers, or divide it by them, have their lambdas in common. */
    private static double[] lambdas(DecayEntry entry) {
        return switch (entry) {
            case NONE -> new double[] {0};
            case L2, M_MIXED, SEPARATE, SEPARATE_V_MIXED -> new double[] {0.003, 0.01, 0.03};
            case TWIN_BUFFERS -> new double[] {0.03, 0.1, 0.3};
            case DECOUPLED, DECOUPLED_V_MIXED -> new double[] {0.3, 1, 3};
        };
    }

    private static String name(DecayEntry entry, Net net, double lambda) {
        return entry + (entry == DecayEntry.NONE ? "" : " " + Shortest.of(lambda)) + net.inName;
    }

    private static List<Arm> arms(Experiment base) {
        Arms arms = new Arms(base);
        for (Net net : Net.values()) {
            for (DecayEntry entry : DecayEntry.values()) {
                for (double lambda : lambdas(entry)) {
                    Map<String, String> settings = new LinkedHashMap<>();
                    settings.put("network.normalization", net.normalization);
                    settings.put("decay.entry", entry.toString());
                    settings.put("decay.lambda", Double.toString(lambda));
                    settings.put("instruments", "{shares: 10}");
                    settings.put("evaluateEvery", Long.toString(Math.max(1, base.steps() / 10)));
                    arms.add(name(entry, net, lambda), settings);
                }
            }
        }
        return arms.all();
    }

    /** The middle lambda of each variant. */
    private static List<Panel> panels() {
        List<Panel> panels = new ArrayList<>();
        for (Net net : Net.values()) {
            List<String> arms = Arrays.stream(DecayEntry.values())
                    .map(entry -> name(entry, net, lambdas(entry)[lambdas(entry).length / 2]))
                    .toList();
            panels.add(new Panel("Drowned weights" + net.inName, Quantity.DROWNED, arms));
            panels.add(new Panel("Objective's share" + net.inName, Quantity.OBJECTIVE_SHARE, arms));
            panels.add(new Panel("Norm" + net.inName, Quantity.NORM, arms));
            panels.add(new Panel("Test accuracy" + net.inName, Quantity.TEST_ACCURACY, arms));
        }
        return panels;
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    /** That a variant diverges is a result. */
    @Override
    public boolean divergenceCounts() {
        return true;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        Map<String, Double> figures = new TreeMap<>();
        figures.put(NORM, run.last(Quantity.NORM));
        figures.put(ACCURACY, run.last(Quantity.TEST_ACCURACY));
        figures.put(TRAIN_LOSS, run.last(Quantity.TRAIN_LOSS));
        SampleLog sheet = run.log().sheet(Instrument.SHARES);
        SHARES.forEach((figure, quantity) -> {
            int place = sheet.place(Metric.of(quantity)).orElseThrow();
            double sum = 0;
            for (long row = 0; row < sheet.rows(); row++) {
                sum += sheet.value(place, row);
            }
            figures.put(figure, sum / sheet.rows()); // NaN where there is no penalty, and so no angle
        });
        return figures;
    }

    @Override
    public List<Claim> claims(Figures figures) {
        List<Claim> claims = new ArrayList<>(BufferIdentities.claims());
        claims.add(Claim.reported(
                        "F1",
                        "Mixing the penalty into m alone changes little while the weights move slowly (clean v: V2 and V3).",
                        "m-mixed beside separate at one lambda: ratio of the norms, differences of test accuracy and drowned weights",
                        pair(figures, DecayEntry.M_MIXED, DecayEntry.SEPARATE))
                .reconstructed("V2 differs from V3 by the lag of an average of w behind w. Told, not judged."));
        claims.add(Claim.reported(
                        "F2",
                        "The same with the penalty in v (V1 and V4).",
                        "l2 beside separate-v-mixed at one lambda: ratio of the norms, differences of test accuracy and drowned "
                                + "weights",
                        pair(figures, DecayEntry.L2, DecayEntry.SEPARATE_V_MIXED))
                .reconstructed(
                        "V1 differs from V4 likewise. The paper's abstract names the first moment as the culprit. Told, not "
                                + "judged."));
        claims.add(Claim.reported(
                        "F3",
                        "Mixing the penalty into v makes the objective's step smaller.",
                        "objective's share with the penalty in v by that without, at one lambda: V1 by V2, V4 by V3, V7 by V6",
                        renormalisation(figures))
                .reconstructed("Means over the steps of runs that go their own ways. Told, not judged."));
        claims.add(Claim.reported(
                        "F4",
                        "Dividing by an adaptive v is harmless as long as the buffers are clean (V3).",
                        "best test accuracy of separate beside none, l2 and decoupled",
                        best(
                                figures,
                                List.of(ACCURACY, "gain", "se", "wins", "lambda"),
                                List.of(DecayEntry.NONE, DecayEntry.SEPARATE, DecayEntry.L2, DecayEntry.DECOUPLED)))
                .reconstructed(
                        "A prototype did not reproduce it on this task: a clean v goes to 0 late in the training, and what "
                                + "is divided by it explodes. Told, not judged."));
        claims.add(Claim.reported(
                        "F5",
                        "What each variant does at its best lambda.",
                        "test accuracy, norm, shares, angle and drowned weights of V0 to V7",
                        best(
                                figures,
                                List.of(
                                        ACCURACY, "gain", "se", "wins", "lambda", NORM, OBJECTIVE, PENALTY, COSINE,
                                        DROWNED),
                                List.of(DecayEntry.values())))
                .reconstructed(
                        "That decoupled decay is best is not claimed here: a prototype found no advantage in best "
                                + "accuracy on this task."));
        return claims;
    }

    private static Map<String, Double> pair(Figures figures, DecayEntry one, DecayEntry other) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (Net net : Net.values()) {
            for (double lambda : lambdas(one)) {
                String first = name(one, net, lambda);
                String second = name(other, net, lambda);
                String at = net.key + "At" + Shortest.of(lambda);
                double[] gains = EarlyDecayStudy.gains(figures, first, second);
                measured.put("normRatio" + at, Statistics.mean(figures.ratios(first, second, NORM)));
                measured.put("accuracyDifference" + at, Statistics.mean(gains));
                measured.put("se" + at, Statistics.standardError(gains));
                measured.put("drownedDifference" + at, Statistics.mean(figures.differences(first, second, DROWNED)));
            }
        }
        return measured;
    }

    private static Map<String, Double> renormalisation(Figures figures) {
        Map<DecayEntry, DecayEntry> cleanOf = new LinkedHashMap<>();
        cleanOf.put(DecayEntry.L2, DecayEntry.M_MIXED);
        cleanOf.put(DecayEntry.SEPARATE_V_MIXED, DecayEntry.SEPARATE);
        cleanOf.put(DecayEntry.DECOUPLED_V_MIXED, DecayEntry.DECOUPLED);
        Map<String, Double> measured = new LinkedHashMap<>();
        cleanOf.forEach((mixed, clean) -> {
            String pair = key(mixed) + "By" + key(clean);
            for (Net net : Net.values()) {
                for (double lambda : lambdas(mixed)) {
                    measured.put(
                            pair.substring(0, 1).toLowerCase(Locale.ROOT) + pair.substring(1) + net.key + "At"
                                    + Shortest.of(lambda),
                            Statistics.mean(
                                    figures.ratios(name(mixed, net, lambda), name(clean, net, lambda), OBJECTIVE)));
                }
            }
        });
        return measured;
    }

    private static Map<String, Double> best(Figures figures, List<String> keys, List<DecayEntry> entries) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (Net net : Net.values()) {
            for (DecayEntry entry : entries) {
                double lambda = bestLambda(figures, entry, net);
                String arm = name(entry, net, lambda);
                double[] gains = EarlyDecayStudy.gains(figures, arm, name(DecayEntry.NONE, net, 0));
                for (String key : keys) {
                    double value =
                            switch (key) {
                                case "gain" -> Statistics.mean(gains);
                                case "se" -> Statistics.standardError(gains);
                                case "wins" -> Statistics.positive(gains);
                                case "lambda" -> lambda;
                                default -> figures.mean(arm, key);
                            };
                    measured.put(key + key(entry) + net.key, value);
                }
            }
        }
        return measured;
    }

    /** By the mean test accuracy; one that diverged with any seed is none. */
    private static double bestLambda(Figures figures, DecayEntry entry, Net net) {
        double best = lambdas(entry)[0];
        double most = Double.NEGATIVE_INFINITY;
        for (double lambda : lambdas(entry)) {
            double accuracy = figures.mean(name(entry, net, lambda), ACCURACY);
            if (accuracy > most) {
                most = accuracy;
                best = lambda;
            }
        }
        return best;
    }

    /** {@code SeparateVMixed} of separate-v-mixed. */
    private static String key(DecayEntry entry) {
        StringBuilder key = new StringBuilder();
        for (String word : entry.toString().split("-", -1)) {
            key.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return key.toString();
    }

    @Override
    public List<Table> tables(Figures figures) {
        List<String> columns = List.of(NORM, ACCURACY, OBJECTIVE, PENALTY, COSINE, DROWNED, TRAIN_LOSS);
        List<List<String>> rows = new ArrayList<>();
        for (Arm arm : protocol.arms()) {
            List<String> row = new ArrayList<>(List.of(arm.name()));
            columns.forEach(figure -> row.add(Statistics.meanAndError(figures.of(arm.name(), figure))));
            rows.add(row);
        }
        return List.of(new Table(
                "Every variant and lambda",
                "Means over the seeds, with their standard errors. Norm, accuracy and loss at the end; the shares, their cosine and "
                        + "the fraction of drowned weights are means over the steps, of all matrices but the last layer's.",
                List.of(
                        "arm",
                        "norm",
                        "test accuracy",
                        "objective's share",
                        "penalty's share",
                        "cosine",
                        "drowned",
                        "training loss"),
                rows));
    }
}
