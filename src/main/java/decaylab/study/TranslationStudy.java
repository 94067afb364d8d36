package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.net.LayerNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * A real, tiny translation under l2 and under decoupled decay, over five lambdas each, for Bjorck, Weinberger and Gomes, "Understanding
 * Decoupled and Early Weight Decay" (AAAI 2021), who see the gain of decoupled decay in translation. Everything is reported and
 * nothing asserted: which decay is better on so small a task says nothing of theirs.
 *
 * <p>Keys of {@code measured}, means over the seeds, with A one of {@code none}, {@code l2:LAMBDA} and {@code decoupled:LAMBDA}: {@code
 * exact[A]} is the fraction of held-out examples that are translated without an error, {@code loss[A]} the test loss of a token in
 * nats; {@code sourceFrequent[A]}, {@code sourceMiddle[A]}, {@code sourceRare[A]} and the same of {@code target} are the mean
 * lengths of the embedding's rows of the most frequent third of the letters, of the middle and of the rarest one; {@code diverged[A]}
 * is 1 where a run diverged, else 0.
 */
final class TranslationStudy implements Study {
    private static final String NONE = "none";
    private static final String EXACT = "exact";
    private static final String LOSS = "loss";
    private static final List<String> ENTRIES = List.of("l2", "decoupled");
    private static final Map<String, List<String>> LAMBDAS = Map.of(
            "l2", List.of("1e-6", "1e-5", "1e-4", "1e-3", "1e-2"),
            "decoupled", List.of("1e-2", "1e-1", "1", "3", "10"));
    private static final List<String> CLASSES = List.of("Frequent", "Middle", "Rare");

    private final Protocol protocol;

    /**
     * @param base a translator under decay
     */
    TranslationStudy(Experiment base) {
        Arms arms = new Arms(base).add(NONE, "decay.gate", "off");
        List<Panel> panels = new ArrayList<>();
        for (String entry : ENTRIES) {
            List<String> names = new ArrayList<>(List.of(NONE));
            for (String lambda : lambdas(entry)) {
                arms.add(name(entry, lambda), "decay.entry", entry, "decay.lambda", lambda);
                names.add(name(entry, lambda));
            }
            panels.add(new Panel("Translated without an error, " + entry, Quantity.TEST_ACCURACY, names));
            panels.add(new Panel("Test loss, " + entry, Quantity.TEST_LOSS, names));
            panels.add(new Panel("Norm, " + entry, Quantity.NORM, names));
        }
        protocol = new Protocol(
                "translation",
                "German number words translated into English ones under l2 and under decoupled decay, five lambdas each.",
                "Bjorck, Weinberger and Gomes, Understanding Decoupled and Early Weight Decay (AAAI 2021), its experiments on "
                        + "translation.",
                List.of(
                        EarlyDecayStudy.words(base),
                        "Numbers from 0 to 9,999 in words, letter by letter; a tenth is held out. An LSTM reads, another one writes and "
                                + "attends to the first.",
                        "No decay, and l2 and decoupled decay with five lambdas each; the ranges differ, since lambda means something "
                                + "else in each.",
                        "Letters are ordered by how often they come in the training data and divided into three classes."),
                "The paper trains Transformers on real corpora. Everything is only told: so small a task, solved by nearly every arm, "
                        + "cannot say which decay is better.",
                arms.all(),
                panels,
                20,
                0.001);
    }

    private static List<String> lambdas(String entry) {
        return LAMBDAS.getOrDefault(entry, List.of());
    }

    private static String name(String entry, String lambda) {
        return entry + ":" + lambda;
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    /** So large a lambda that a run diverges is a result like any other. */
    @Override
    public boolean divergenceCounts() {
        return true;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        int width = run.experiment().network().widths().get(0);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(EXACT, run.last(Quantity.TEST_ACCURACY));
        figures.put(LOSS, run.last(Quantity.TEST_LOSS));
        put(
                figures,
                "source",
                new RowLengths(
                        run.layout(),
                        run.parameters(),
                        LayerNames.SOURCE_EMBEDDING,
                        width,
                        run.data().tokenCounts()));
        put(
                figures,
                "target",
                new RowLengths(
                        run.layout(),
                        run.parameters(),
                        LayerNames.TARGET_EMBEDDING,
                        width,
                        run.data().labelCounts()));
        return figures;
    }

    private static void put(Map<String, Double> figures, String side, RowLengths rows) {
        for (int i = 0; i < CLASSES.size(); i++) {
            int from = i * rows.count() / CLASSES.size();
            int to = (i + 1) * rows.count() / CLASSES.size();
            figures.put(side + CLASSES.get(i), rows.mean(from, to));
        }
    }

    @Override
    public List<Claim> claims(Figures figures) {
        Map<String, Double> quality = new LinkedHashMap<>();
        Map<String, Double> rows = new LinkedHashMap<>();
        for (Arm arm : protocol.arms()) {
            String at = "[" + arm.name() + "]";
            for (String figure : List.of(EXACT, LOSS)) {
                quality.put(figure + at, figures.mean(arm.name(), figure));
            }
            quality.put("diverged" + at, figures.diverged(arm.name()) ? 1.0 : 0.0);
            for (String side : List.of("source", "target")) {
                for (String each : CLASSES) {
                    rows.put(side + each + at, figures.mean(arm.name(), side + each));
                }
            }
        }
        return List.of(
                Claim.reported(
                                "T1",
                                "Decay in translation: how well each entry does over its lambdas.",
                                "fraction of held-out number words translated without an error, and test loss",
                                quality)
                        .reconstructed("Only told."),
                Claim.reported(
                                "T2",
                                "What each entry makes of the embeddings of frequent and rare letters.",
                                "mean length of the embedding's rows by how often the letter comes, in three classes",
                                rows)
                        .reconstructed("Only told: twenty letters are no vocabulary; see the study rare-tokens."));
    }

    @Override
    public List<Table> tables(Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        for (Arm arm : protocol.arms()) {
            List<String> row = new ArrayList<>();
            row.add(arm.name());
            row.add(percent(figures.mean(arm.name(), EXACT)));
            row.add(Statistics.meanAndError(figures.of(arm.name(), LOSS)));
            Map<String, String> of = new TreeMap<>();
            for (String side : List.of("source", "target")) {
                for (String each : CLASSES) {
                    of.put(side + each, Statistics.number(figures.mean(arm.name(), side + each)));
                }
                row.add(String.join(
                        " / ",
                        CLASSES.stream()
                                .map(each -> of.getOrDefault(side + each, ""))
                                .toList()));
            }
            rows.add(row);
        }
        return List.of(new Table(
                "Every arm",
                "Means over the seeds. Row lengths of the most frequent third of the letters / the middle / the rarest.",
                List.of("arm", "without an error", "test loss, nats a letter", "source rows", "target rows"),
                rows));
    }

    private static String percent(double part) {
        return Double.isNaN(part) ? "NaN" : String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }
}
