package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.ParameterBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Learning without weight transport, after Akrout et al., "Deep Learning without Weight Transport" (NeurIPS 2019): sections 7.4 to
 * 7.6 of the specification. Decay is what brings the matrices that carry the error together with the weights.
 *
 * <p>Keys of {@code measured}, means over the seeds unless said otherwise, with A an arm's name: {@code angle2[A]} and {@code
 * angleHead[A]} between W and B^T of the second and of the last layer, in degrees; {@code errorAngle[A]} between the errors at the
 * first hidden layer; {@code rho[A]} = ||W - B^T|| by what it was at the start, of all layers; {@code accuracy[A]} of the test set;
 * all at the end. {@code deviation[A]} is the largest difference of rho from what the decay alone says, over seeds, layers and
 * steps; {@code afterEarly} the same of the early arm from the end of its decay on, against (1 - lambda)^T0, which is {@code
 * rhoEarly}.
 */
final class WeightTransportStudy implements Study {
    private static final String BP = "BP";
    private static final String BP_WEAK = "BP, decay 1e-3";
    private static final String BP_STRONG = "BP, decay 3e-3";
    private static final String FA = "FA";
    private static final String DFA = "DFA";
    private static final String KP_NONE = "KP, no decay";
    private static final String KP_WEAKEST = "KP, decay 1e-4";
    private static final String KP_WEAK = "KP, decay 1e-3";
    private static final String KP = "KP, decay 3e-3";
    private static final String KP_EARLY = "KP, early decay";
    private static final String MIRROR = "weight mirror";

    private static final List<String> EXACT = List.of(BP, BP_WEAK, BP_STRONG);
    private static final List<String> FOLLOWING = List.of(KP_NONE, KP_WEAKEST, KP_WEAK, KP, KP_EARLY);
    private static final List<String> OWN = List.of(FA, DFA, KP_NONE, KP_WEAKEST, KP_WEAK, KP, KP_EARLY, MIRROR);

    private static final String ANGLE = "angle2";
    private static final String HEAD_ANGLE = "angleHead";
    private static final String ERROR_ANGLE = "errorAngle";
    private static final String RHO = "rho";
    private static final String ACCURACY = "accuracy";
    private static final String DEVIATION = "deviation";
    private static final String AFTER = "afterEarly";
    private static final String KEPT = "kept";

    /** Four times the decay of {@link #KP} for a quarter of the run: about the same rho at the end. */
    private static final double EARLY_LAMBDA = 0.012;

    private static final double EARLY_PART = 0.25;

    private static final double IDENTITY = 1e-10;
    private static final double ALIGNED = 30;
    private static final double OF_NO_DECAY = 0.5;
    private static final double MIRRORED = 20;
    private static final double APART = 60;
    private static final double SLACK = 0.01;

    private final Protocol protocol;
    private final long earlyEnd;

    /**
     * @param base with Kolen and Pollack's rule, under a decoupled decay by the step, in double precision
     */
    WeightTransportStudy(Experiment base) {
        Arms arms = new Arms(base);
        earlyEnd = arms.step(EARLY_PART);
        List<String> all = new ArrayList<>(EXACT);
        all.addAll(OWN);
        protocol = new Protocol(
                "weight-transport",
                "Decay brings the matrices that carry the error together with the weights, so that a network learns without weight "
                        + "transport.",
                "Akrout, Wilson, Humphreys, Lillicrap and Tweed, Deep Learning without Weight Transport (NeurIPS 2019); Kolen and "
                        + "Pollack 1994; Lillicrap et al. 2016; Nøkland 2016.",
                List.of(
                        "The paper states that networks whose error travels back through learned matrices B, by a weight mirror or by "
                                + "Kolen and Pollack's rule, learn about as well as with back-propagation.",
                        "The lab measures the angle between W and B^T, the ratio rho of ||W - B^T|| to its start, the angle between the "
                                + "errors of both ways, and test accuracy.",
                        "Weight decay is the cause: under Kolen and Pollack's rule both take the same steps, which cancel in W - B^T, so that "
                                + "rho is the product of (1 - lambda) alone; without decay it stays 1.",
                        EarlyDecayStudy.words(base),
                        "BP is back-propagation, FA has fixed matrices, DFA such from the output to each layer, KP takes the steps of W, the "
                                + "mirror learns from noise. Decay takes lambda a step off W and, under KP, off B.",
                        String.format(
                                Locale.ROOT,
                                "Early decay is lambda %s until step %d and none after: about the same rho as %s over the whole run.",
                                EARLY_LAMBDA,
                                earlyEnd,
                                "3e-3"),
                        "Decay helps accuracy by itself, so BP is run with the same lambdas."),
                "A small task in place of ImageNet, double precision, lambdas and thresholds; the mirror answers by its linear part, "
                        + "with a decay of B that keeps it bounded.",
                arms(arms),
                List.of(
                        new Panel("Angle between W and B^T", Quantity.FEEDBACK_ANGLE, OWN),
                        new Panel("Difference of W and B^T", Quantity.FEEDBACK_DIFFERENCE, FOLLOWING),
                        new Panel("Angle between the errors", Quantity.ERROR_ANGLE, OWN),
                        new Panel("Test accuracy", Quantity.TEST_ACCURACY, all),
                        new Panel("Norm", Quantity.NORM, all)),
                0.6,
                0.01);
    }

    private static List<Arm> arms(Arms arms) {
        add(arms, BP, "exact", "0");
        add(arms, BP_WEAK, "exact", "1e-3");
        add(arms, BP_STRONG, "exact", "3e-3");
        add(arms, FA, "fixed", "0");
        add(arms, DFA, "direct", "0");
        add(arms, KP_NONE, "kolen-pollack", "0");
        add(arms, KP_WEAKEST, "kolen-pollack", "1e-4");
        add(arms, KP_WEAK, "kolen-pollack", "1e-3");
        add(arms, KP, "kolen-pollack", "3e-3");
        arms.add(
                KP_EARLY,
                "feedback.kind",
                "kolen-pollack",
                "decay.lambda",
                Double.toString(EARLY_LAMBDA),
                "decay.schedule",
                arms.window(0, EARLY_PART));
        add(arms, MIRROR, "mirror", "0");
        return arms.all();
    }

    private static void add(Arms arms, String name, String kind, String lambda) {
        arms.add(name, "feedback.kind", kind, "decay.lambda", lambda);
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(ACCURACY, run.last(Quantity.TEST_ACCURACY));
        if (!run.experiment().feedback().ownMatrices()) {
            return figures;
        }
        SampleLog sheet = run.log().sheet(Instrument.FEEDBACK);
        List<String> layers =
                run.layout().weights().stream().map(ParameterBlock::layer).toList();
        long last = sheet.rows() - 1;
        figures.put(ANGLE, value(sheet, Quantity.FEEDBACK_ANGLE, layers.get(1), last));
        figures.put(HEAD_ANGLE, value(sheet, Quantity.FEEDBACK_ANGLE, layers.get(layers.size() - 1), last));
        figures.put(ERROR_ANGLE, value(sheet, Quantity.ERROR_ANGLE, layers.get(0), last));
        figures.put(RHO, value(sheet, Quantity.FEEDBACK_DIFFERENCE, null, last));
        double[] wanted = products(run);
        boolean early = run.arm().equals(KP_EARLY);
        double kept = early ? wanted[Math.toIntExact(earlyEnd) - 1] : Double.NaN;
        double deviation = 0;
        double after = 0;
        for (String layer : layers.subList(1, layers.size())) {
            for (long row = 0; row <= last; row++) {
                int step = (int) sheet.value(0, row);
                double rho = value(sheet, Quantity.FEEDBACK_DIFFERENCE, layer, row);
                deviation = Math.max(deviation, Math.abs(rho - wanted[step]));
                if (early && step + 1 >= earlyEnd) {
                    after = Math.max(after, Math.abs(rho - kept));
                }
            }
        }
        figures.put(DEVIATION, deviation);
        figures.put(AFTER, after);
        figures.put(KEPT, kept);
        return figures;
    }

    /** The product of (1 - what decay takes off), up to each step, of what the run's log says was in force. */
    private static double[] products(TrainedRun run) {
        double[] products = new double[Math.toIntExact(run.log().rows())];
        double base = run.experiment().optimizer().learningRate();
        double product = 1;
        for (int step = 0; step < products.length; step++) {
            double rate = run.log().value(Quantity.LEARNING_RATE, step);
            double lambda = run.log().value(Quantity.DECAY, step);
            product *= 1 - run.experiment().decay().coupling().taken(rate, rate / base, lambda);
            products[step] = product;
        }
        return products;
    }

    /** NaN where there is nothing to compare. */
    private static double value(SampleLog sheet, Quantity quantity, @Nullable String layer, long row) {
        return row < 0
                ? Double.NaN
                : sheet.value(sheet.place(new Metric(quantity, layer)).orElseThrow(), row);
    }

    private static double most(Figures figures, String arm, String figure) {
        return Arrays.stream(figures.of(arm, figure)).max().orElse(Double.NaN);
    }

    @Override
    public List<Claim> claims(Figures figures) {
        Map<String, Double> identity = new LinkedHashMap<>();
        for (String arm : FOLLOWING) {
            identity.put(DEVIATION + "[" + arm + "]", most(figures, arm, DEVIATION));
            identity.put(RHO + "[" + arm + "]", figures.mean(arm, RHO));
        }
        double worst = FOLLOWING.stream()
                .mapToDouble(arm -> most(figures, arm, DEVIATION))
                .max()
                .orElse(Double.NaN);
        double free = figures.mean(KP_NONE, ANGLE);
        double aligned = figures.mean(KP, ANGLE);
        double mirror = Math.max(figures.mean(MIRROR, ANGLE), figures.mean(MIRROR, HEAD_ANGLE));
        double still = most(figures, KP_NONE, DEVIATION);
        double after = most(figures, KP_EARLY, AFTER);
        Map<String, Double> stays = of(figures, List.of(KP_NONE), RHO, ANGLE, HEAD_ANGLE);
        stays.put(DEVIATION + "[" + KP_NONE + "]", still);
        Map<String, Double> early = of(figures, List.of(KP_EARLY, KP, KP_NONE), RHO, ANGLE, HEAD_ANGLE, ACCURACY);
        early.put("rhoEarly", figures.mean(KP_EARLY, KEPT));
        early.put(AFTER, after);
        return List.of(
                Claim.asserted(
                                "K1",
                                "Under Kolen and Pollack's rule the difference of W and B^T shrinks by the decay alone, whatever the data.",
                                "|rho_t - prod (1 - lambda_t)| <= 1e-10 for every layer, step, seed and lambda",
                                identity,
                                worst <= IDENTITY)
                        .reconstructed("An identity of the rule; the bound is rounding in double precision."),
                Claim.asserted(
                                "K2",
                                "With decay the matrices align with the weights; without it they do so half-way only.",
                                "angle of the second layer: KP with 3e-3 <= 30 degrees and <= half of KP without decay",
                                of(figures, List.of(KP_NONE, KP_WEAKEST, KP_WEAK, KP), ANGLE, HEAD_ANGLE, ERROR_ANGLE),
                                aligned <= ALIGNED && aligned <= OF_NO_DECAY * free)
                        .reconstructed("Lambdas and thresholds are ours, from a prototype (21 and 55 degrees)."),
                Claim.asserted(
                                "K3",
                                "The weight mirror aligns its matrices with the weights.",
                                "angle of the second and of the last layer <= 20 degrees",
                                of(figures, List.of(MIRROR), ANGLE, HEAD_ANGLE, ERROR_ANGLE),
                                mirror <= MIRRORED)
                        .reconstructed("Noise, rates and threshold are ours, from a prototype (10 degrees)."),
                Claim.asserted(
                                "K4",
                                "Fixed matrices stay far from the weights of inner layers.",
                                "angle of the second layer under FA >= 60 degrees",
                                of(figures, List.of(FA), ANGLE, HEAD_ANGLE, ERROR_ANGLE),
                                figures.mean(FA, ANGLE) >= APART)
                        .reconstructed("The threshold is ours, from a prototype (79 degrees)."),
                Claim.asserted(
                                "K5",
                                "A network learns without weight transport as well as with it.",
                                "test accuracy: KP with 3e-3 >= BP without decay - 0.01",
                                of(figures, protocolNames(), ACCURACY),
                                figures.mean(KP, ACCURACY) >= figures.mean(BP, ACCURACY) - SLACK)
                        .reconstructed(
                                "The task is ours. Decay helps by itself: BP with the same lambda is told beside it."),
                Claim.asserted(
                                "K6",
                                "Without decay the difference of W and B^T never shrinks; the angle falls only as both grow along a common "
                                        + "direction.",
                                "KP without decay: |rho_t - 1| <= 1e-10 at every step",
                                stays,
                                still <= IDENTITY)
                        .reconstructed("An identity of the rule."),
                Claim.asserted(
                                "K7",
                                "Decay early in the run is enough: rho stays where it was when decay ended.",
                                "|rho_t - (1 - lambda)^T0| <= 1e-10 at every step from T0 on",
                                early,
                                after <= IDENTITY)
                        .reconstructed("The early arm is ours, and no claim of the paper."));
    }

    private static List<String> protocolNames() {
        List<String> all = new ArrayList<>(EXACT);
        all.addAll(OWN);
        return all;
    }

    private static Map<String, Double> of(Figures figures, List<String> arms, String... keys) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (String key : keys) {
            for (String arm : arms) {
                measured.put(key + "[" + arm + "]", figures.mean(arm, key));
            }
        }
        return measured;
    }

    @Override
    public List<Table> tables(Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        for (String arm : protocolNames()) {
            boolean own = OWN.contains(arm);
            rows.add(List.of(
                    arm,
                    own && !arm.equals(DFA) ? Statistics.meanAndError(figures.of(arm, ANGLE)) : "",
                    own ? Statistics.meanAndError(figures.of(arm, HEAD_ANGLE)) : "",
                    own ? Statistics.meanAndError(figures.of(arm, ERROR_ANGLE)) : "",
                    own ? Statistics.meanAndError(figures.of(arm, RHO)) : "",
                    Statistics.meanAndError(figures.of(arm, ACCURACY))));
        }
        return List.of(new Table(
                "Angles, difference and accuracy at the end",
                "Means over the seeds, with their standard errors; angles in degrees. Direct matrices have another shape than the "
                        + "weights of inner layers.",
                List.of(
                        "arm",
                        "angle, second layer",
                        "angle, last layer",
                        "errors, first layer",
                        "rho",
                        "test accuracy"),
                rows));
    }
}
