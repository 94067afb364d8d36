package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.net.LayerNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * A penalty in Adam's buffers takes from rare tokens whatever lambda is: their gradient is the penalty alone, and Adam divides by its
 * size. Experiment D4 of the specification's section 1.5, for Bjorck, Weinberger and Gomes, "Understanding Decoupled and Early Weight Decay"
 * (AAAI 2021); tokens come as often as Zipf's law says.
 *
 * <p>Keys of {@code measured}, means over the seeds: {@code ratioX} is the mean length of the embedding's rows of the tokens from rank
 * 500 on by that of the 50 most frequent ones, at the end, with X one of None, L2, Decoupled and Weaker; {@code frequentX} and {@code rareX} are
 * these lengths; {@code ratioStart}, {@code frequentStart} and {@code rareStart} the same before the first step; {@code matched} is
 * frequentL2 by frequentWeaker; {@code accuracyX} and {@code lossX} are of the test set.
 */
final class RareTokensStudy implements Study {
    private static final String NONE = "none";
    private static final String L2 = "l2";
    private static final String DECOUPLED = "decoupled";
    private static final String MATCHED = "decoupled, weaker";
    private static final Map<String, String> KEYS = keys();

    private static final String FREQUENT_ROWS = "frequent";
    private static final String MIDDLE_ROWS = "middle";
    private static final String RARE_ROWS = "rare";
    private static final String RATIO = "ratio";
    private static final String START = "Start";
    private static final String ACCURACY = "accuracy";
    private static final String LOSS = "loss";

    /** Ranks of frequent tokens, and the first of rare ones. */
    private static final int FREQUENT = 50;

    private static final int RARE = 500;
    private static final double MOST_OF_L2 = 0.6;
    private static final double LEAST_OF_DECOUPLED = 0.85;

    private final Protocol protocol;

    /**
     * @param base with a bag of tokens under decoupled decay
     */
    RareTokensStudy(Experiment base) {
        List<String> names = List.copyOf(KEYS.keySet());
        protocol = new Protocol(
                "rare-tokens",
                "A penalty in Adam's buffers makes the rows of rare tokens vanish; decoupled decay takes from all alike.",
                "Bjorck, Weinberger and Gomes, Understanding Decoupled and Early Weight Decay (AAAI 2021): why decoupled decay "
                        + "matters most for language.",
                List.of(
                        EarlyDecayStudy.words(base),
                        "Six tokens of a thousand an example, token k as often as 1/k; each has a hidden weight, and the class says "
                                + "whether their sum is above 0.",
                        "No decay, l2 with lambda 1e-3, and decoupled decay with lambda 0.3, as in the prototype, and 0.17, with which the "
                                + "rows of frequent tokens end as long as under l2.",
                        "A row that comes in no example has the penalty as its only gradient, and Adam makes steps of about the learning "
                                + "rate of it, however small lambda is."),
                "Task, lambdas and thresholds are ours, from a prototype.",
                new Arms(base)
                        .add(NONE, "decay.gate", "off")
                        .add(L2, "decay.entry", "l2", "decay.lambda", "1.0e-3")
                        .add(DECOUPLED, "decay.entry", "decoupled", "decay.lambda", "0.3")
                        .add(MATCHED, "decay.entry", "decoupled", "decay.lambda", "0.17")
                        .all(),
                List.of(
                        new Panel("Norm of embedding and hidden layer", Quantity.NORM, names),
                        new Panel("Test loss", Quantity.TEST_LOSS, names),
                        new Panel("Test accuracy", Quantity.TEST_ACCURACY, names),
                        new Panel("Training loss", Quantity.TRAIN_LOSS, names)),
                0.7,
                0.01);
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put(NONE, "None");
        keys.put(L2, "L2");
        keys.put(DECOUPLED, "Decoupled");
        keys.put(MATCHED, "Weaker");
        return keys;
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        int width = run.experiment().network().widths().get(0);
        long[] counts = run.data().tokenCounts();
        Map<String, Double> figures = new LinkedHashMap<>();
        put(figures, "", new RowLengths(run.layout(), run.parameters(), LayerNames.EMBEDDING, width, counts));
        put(figures, START, new RowLengths(run.layout(), run.start(), LayerNames.EMBEDDING, width, counts));
        figures.put(ACCURACY, run.last(Quantity.TEST_ACCURACY));
        figures.put(LOSS, run.last(Quantity.TEST_LOSS));
        return figures;
    }

    private static void put(Map<String, Double> figures, String when, RowLengths rows) {
        double frequent = rows.mean(0, FREQUENT);
        double rare = rows.mean(RARE, rows.count());
        figures.put(FREQUENT_ROWS + when, frequent);
        figures.put(MIDDLE_ROWS + when, rows.mean(FREQUENT, RARE));
        figures.put(RARE_ROWS + when, rare);
        figures.put(RATIO + when, rare / frequent);
    }

    @Override
    public List<Claim> claims(Figures figures) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        Map<String, Double> told = new LinkedHashMap<>();
        for (String figure : List.of(RATIO, FREQUENT_ROWS, RARE_ROWS)) {
            KEYS.forEach((arm, key) -> ratios.put(figure + key, figures.mean(arm, figure)));
            ratios.put(figure + START, figures.mean(NONE, figure + START));
        }
        double frequent = figures.mean(L2, FREQUENT_ROWS);
        ratios.put("matched", frequent / figures.mean(MATCHED, FREQUENT_ROWS));
        for (String figure : List.of(ACCURACY, LOSS)) {
            KEYS.forEach((arm, key) -> told.put(figure + key, figures.mean(arm, figure)));
        }
        double l2 = figures.mean(L2, RATIO);
        double decoupled = Math.min(figures.mean(DECOUPLED, RATIO), figures.mean(MATCHED, RATIO));
        return List.of(
                Claim.asserted(
                                "D4",
                                "Decay that is mixed into Adam's buffers makes the rows of rare tokens short; decoupled decay does not.",
                                "mean row length of ranks from 500 on by that of the top 50: l2 <= 0.6 and decoupled >= 0.85, with either lambda",
                                ratios,
                                l2 <= MOST_OF_L2 && decoupled >= LEAST_OF_DECOUPLED)
                        .reconstructed("The ratio and its thresholds are ours, from a prototype (0.33 and 0.98)."),
                Claim.reported(
                                "D4b",
                                "Which of them generalises better.",
                                "test accuracy and loss at the end; only told, since one lambda each says nothing of which is better",
                                told)
                        .reconstructed("Only told."));
    }

    @Override
    public List<Table> tables(Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("before training", figures, NONE, START));
        KEYS.keySet().forEach(arm -> rows.add(row(arm, figures, arm, "")));
        return List.of(new Table(
                "Row lengths by how often the token comes",
                "Means over the seeds, with their standard errors.",
                List.of("arm", "top 50", "ranks 51 to 500", "ranks from 501 on", "ratio", "test accuracy"),
                rows));
    }

    private static List<String> row(String name, Figures figures, String arm, String when) {
        return List.of(
                name,
                Statistics.meanAndError(figures.of(arm, FREQUENT_ROWS + when)),
                Statistics.meanAndError(figures.of(arm, MIDDLE_ROWS + when)),
                Statistics.meanAndError(figures.of(arm, RARE_ROWS + when)),
                Statistics.meanAndError(figures.of(arm, RATIO + when)),
                when.isEmpty() ? String.format(Locale.ROOT, "%.1f %%", 100 * figures.mean(arm, ACCURACY)) : "");
    }
}
