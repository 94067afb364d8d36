package decaylab.study;

import decaylab.experiment.BallSpec;
import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.CapacityMeter;
import decaylab.optim.NormBall;
import decaylab.optim.ParameterBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Soft decay and hard projection as two controls of a network's capacity, after Xu and Wang, "Understanding Weight Normalized Deep
 * Neural Networks with Rectified Linear Units" (NeurIPS 2018), a paper without experiments: the protocol and the criteria X1 to X6
 * are those of the specification's section 4.5, a reconstruction.
 *
 * <p>The gap is test minus training cross-entropy; the bound is {@link Quantity#L1_INF_BOUND} of the norms at the end, and of the
 * ball {@link Quantity#BALL_BOUND}.
 *
 * <p>Keys of {@code measured}, means over the seeds, W a width, K a number of hidden layers, A a treatment as in {@code c=5} or
 * {@code L2 0.01}: {@code gap[A, W]}, {@code bound[A, W]}, {@code ballBound[A, W]}, {@code largestViolation} relative and of any
 * run, {@code gap[A, depth K]}, {@code bound[A, depth K]}, {@code terms[A, depth K]} the bound without its product of factors.
 */
final class CapacityStudy implements Study {
    private static final String GAP = "gap";
    private static final String BOUND = "bound";
    private static final String BALL_BOUND = "ballBound";
    private static final String TERMS = "terms";
    private static final String VIOLATION = "violation";
    private static final String FROBENIUS = "frobeniusProduct";
    private static final String TEST_ACCURACY = "testAccuracy";
    private static final String TRAIN_LOSS = "trainLoss";

    private static final String PLAIN = "plain";
    private static final String WEAK = "L2 0.001";
    private static final String STRONG = "L2 0.01";
    private static final List<Integer> RADII = List.of(10, 5, 3);
    private static final String MIDDLE = "c=5";
    private static final String MAX_NORM = "L2-inf c=2";
    private static final String FROBENIUS_BALL = "L2-2 c=5";

    /** Those of the specification. */
    private static final List<Integer> COMPARED = List.of(32, 256);

    private static final List<Integer> WIDTHS = List.of(16, 32, 64, 128, 256);
    private static final int WIDTH = 32;
    private static final List<Integer> DEPTHS = List.of(1, 2, 3, 4);
    private static final int DEPTH = 2;
    /** Treatments that are followed over width and depth. */
    private static final List<String> SWEPT = List.of(PLAIN, STRONG, MIDDLE);

    private static final int MAX_NORM_WIDTH = 128;

    private static final double EXACT = 1e-9;
    private static final double FACTOR = 3;

    private final Protocol protocol;

    /** @param base on made data, dense rectified units without normalisation, its decay off and without a ball */
    CapacityStudy(Experiment base) {
        List<String> words = new ArrayList<>();
        words.add(EarlyDecayStudy.words(base));
        words.addAll(
                List.of(
                        "The paper states: where the (p,q)-norm of every layer is bounded, and q is at most p*, the Rademacher complexity "
                                + "does not depend on the width, and on the depth only through a square root. It has no experiments.",
                        "The lab measures: the norms of every layer, the bound that they give, and the gap of test and training loss, plain, "
                                + "with L2 decay, and with weights that are projected onto a ball after every step.",
                        "What it has to do with weight decay: the L2 penalty is the soft Lagrangian of the ball p = q = 2. Decay makes the norms, "
                                + "and with them the bound, smaller; a projection keeps it below what its radius says, for every width.",
                        "Inputs are divided by the largest of them, weights and biases of a unit are one column, double precision; the bound is "
                                + "that of one output, and vacuous in absolute terms: only how it moves is of interest.",
                        "Widths 16 to 256 with two hidden layers, and one to four hidden layers of 32, for the plain run, L2 0.01 and c = 5. "
                                + "With c above 1 the product of the radii grows with every layer; the square root is that of the terms beside it."));
        protocol = new Protocol(
                "capacity",
                "Soft decay and hard projection keep the capacity small; a projection's bound forgets the width.",
                "Xu and Wang, Understanding Weight Normalized Deep Neural Networks with Rectified Linear Units (NeurIPS 2018).",
                words,
                "Everything that is run: the paper is pure theory. The bound is derived in the lab, with constants of its own; the "
                        + "projections, the data and the radii are ours.",
                arms(base),
                panels(),
                0.3,
                0.02);
    }

    private static String arm(String treatment, int width) {
        return treatment + ", width " + width;
    }

    private static String deep(String treatment, int depth) {
        return depth == DEPTH ? arm(treatment, WIDTH) : treatment + ", depth " + depth;
    }

    private static List<Arm> arms(Experiment base) {
        Arms arms = new Arms(base);
        for (int width : WIDTHS) {
            List<String> treatments = COMPARED.contains(width) ? treatments() : SWEPT;
            treatments.forEach(treatment -> arms.add(arm(treatment, width), settings(treatment, width, DEPTH)));
        }
        for (int depth : DEPTHS) {
            if (depth != DEPTH) {
                SWEPT.forEach(treatment -> arms.add(deep(treatment, depth), settings(treatment, WIDTH, depth)));
            }
        }
        for (int width : List.of(WIDTH, MAX_NORM_WIDTH)) {
            arms.add(arm(MAX_NORM, width), settings(MAX_NORM, width, DEPTH));
            arms.add(arm(FROBENIUS_BALL, width), settings(FROBENIUS_BALL, width, DEPTH));
        }
        return arms.all();
    }

    private static List<String> treatments() {
        List<String> all = new ArrayList<>(List.of(PLAIN, WEAK, STRONG));
        RADII.forEach(radius -> all.add("c=" + radius));
        return all;
    }

    private static Map<String, String> settings(String treatment, int width, int depth) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "network.widths", "[" + String.join(", ", Collections.nCopies(depth, Integer.toString(width))) + "]");
        if (treatment.startsWith("L2 ")) {
            settings.put("decay.gate", "auto");
            settings.put("decay.lambda", treatment.substring(3));
        } else if (!treatment.equals(PLAIN)) {
            int at = treatment.indexOf("c=");
            settings.put("decay.constraint", at == 0 ? NormBall.L1_INF.toString() : treatment.substring(0, at - 1));
            settings.put("decay.radius", treatment.substring(at + 2));
        }
        return settings;
    }

    private static List<Panel> panels() {
        List<Panel> panels = new ArrayList<>();
        for (int width : COMPARED) {
            List<String> arms =
                    treatments().stream().map(each -> arm(each, width)).toList();
            panels.add(new Panel("Bound, width " + width, Quantity.L1_INF_BOUND, arms));
            panels.add(new Panel("Gap, width " + width, Quantity.GAP, arms));
        }
        return panels;
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(GAP, run.last(Quantity.GAP));
        figures.put(BOUND, run.last(Quantity.L1_INF_BOUND));
        BallSpec ball = run.experiment().decay().ball();
        CapacityMeter meter = new CapacityMeter(run.experiment().network(), run.layout(), run.data());
        meter.bound(NormBall.L1_INF, meter.read(run.parameters()))
                .ifPresent(bound -> figures.put(TERMS, bound.peeling() + bound.input()));
        ball.constraint().ball().ifPresent(each -> {
            figures.put(BALL_BOUND, run.last(Quantity.BALL_BOUND));
            figures.put(VIOLATION, violation(run, each, ball));
        });
        figures.put(FROBENIUS, run.last(Quantity.L2_2_NORM));
        figures.put(TRAIN_LOSS, run.last(Quantity.TRAIN_LOSS));
        figures.put(TEST_ACCURACY, run.last(Quantity.TEST_ACCURACY));
        progress.accept(1);
        return figures;
    }

    /** By how much of its radius a layer's norm was above it after any step; below 0 where none was. */
    private static double violation(TrainedRun run, NormBall of, BallSpec ball) {
        SampleLog sheet = run.log().sheet(Instrument.CAPACITY);
        double most = -1;
        for (ParameterBlock block : run.layout().weights()) {
            int place =
                    sheet.place(Metric.of(Quantity.ofNorm(of), block.layer())).orElseThrow();
            double radius = block.last() ? ball.ofOutput() : ball.radius();
            for (long row = 0; row < sheet.rows(); row++) {
                most = Math.max(most, sheet.value(place, row) / radius - 1);
            }
        }
        return most;
    }

    @Override
    public List<Claim> claims(Figures figures) {
        return List.of(
                inTheBall(figures),
                forgetsTheWidth(figures),
                gapFollowsTheRadius(figures),
                decayLowersTheBound(figures),
                CapacityIdentities.underTheBound(),
                widthOfMaxNorm(figures),
                overWidths(figures),
                overDepths(figures),
                softAndHard(figures));
    }

    private Claim inTheBall(Figures figures) {
        double most = -1;
        for (Arm arm : protocol.arms()) {
            if (arm.settings().containsKey("decay.constraint")) {
                for (double each : figures.of(arm.name(), VIOLATION)) {
                    most = Math.max(most, each);
                }
            }
        }
        return Claim.asserted(
                        "X1",
                        "Weights stay in their ball.",
                        "after every step of every projected run, a layer's norm exceeds its radius by at most 1e-9 of it",
                        Map.of("largestViolation", most),
                        most <= EXACT)
                .reconstructed("The paper has no algorithm. In double precision; in single precision it is 1e-7.");
    }

    private static Claim forgetsTheWidth(Figures figures) {
        Map<String, Double> measured = new LinkedHashMap<>();
        boolean same = true;
        for (int radius : RADII) {
            String treatment = "c=" + radius;
            double narrow = put(measured, figures, treatment, COMPARED.get(0), BALL_BOUND);
            double wide = put(measured, figures, treatment, COMPARED.get(1), BALL_BOUND);
            same &= Math.abs(wide / narrow - 1) <= EXACT;
            for (int width : COMPARED) {
                same &= put(measured, figures, treatment, width, BOUND) <= narrow * (1 + EXACT);
            }
        }
        COMPARED.forEach(width -> put(measured, figures, PLAIN, width, BOUND));
        return Claim.asserted(
                        "X2",
                        "With L1-inf the bound does not depend on the width.",
                        "bound of the ball the same for widths 32 and 256 within 1e-9, and the bound by the norms at the end at most that",
                        measured,
                        same)
                .reconstructed("The plain runs, whose bound grows with the width, are told beside them.");
    }

    private static Claim gapFollowsTheRadius(Figures figures) {
        Map<String, Double> measured = new LinkedHashMap<>();
        boolean falling = true;
        for (int width : COMPARED) {
            double before = Double.POSITIVE_INFINITY;
            for (int radius : RADII) {
                double gap = put(measured, figures, "c=" + radius, width, GAP);
                falling &= gap < before;
                before = gap;
            }
            put(measured, figures, PLAIN, width, GAP);
        }
        return Claim.asserted(
                        "X3",
                        "The smaller the ball, the smaller the gap of test and training loss.",
                        "gap of c = 10 > c = 5 > c = 3, for both widths",
                        measured,
                        falling)
                .reconstructed("The radii are ours.");
    }

    private static Claim decayLowersTheBound(Figures figures) {
        Map<String, Double> measured = new LinkedHashMap<>();
        boolean lower = true;
        for (int width : COMPARED) {
            double plain = put(measured, figures, PLAIN, width, BOUND);
            put(measured, figures, WEAK, width, BOUND);
            double decayed = put(measured, figures, STRONG, width, BOUND);
            lower &= decayed * FACTOR <= plain;
        }
        return Claim.asserted(
                        "X4",
                        "Weight decay shrinks the bound of the capacity.",
                        "bound(L2 0.01) <= bound(plain) / 3, for both widths",
                        measured,
                        lower)
                .reconstructed("The factor is ours, from a prototype (5.7).");
    }

    /** X6: q above p*, as in max-norm, where the width does count. */
    private static Claim widthOfMaxNorm(Figures figures) {
        Map<String, Double> measured = new LinkedHashMap<>();
        double narrow = put(measured, figures, MAX_NORM, WIDTH, BALL_BOUND);
        double wide = put(measured, figures, MAX_NORM, MAX_NORM_WIDTH, BALL_BOUND);
        double square = 4; // c = 2
        double predicted =
                Math.pow((1 + square * MAX_NORM_WIDTH) / (1 + square * WIDTH), DEPTH / 2.0); // K_l = sqrt(1 + c^2 d)
        double frobenius = put(measured, figures, FROBENIUS_BALL, MAX_NORM_WIDTH, BALL_BOUND)
                / put(measured, figures, FROBENIUS_BALL, WIDTH, BALL_BOUND);
        measured.put("ratio", wide / narrow);
        measured.put("predictedRatio", predicted);
        measured.put("ratioOfL2-2", frobenius);
        return Claim.asserted(
                        "X6",
                        "With q above p* the width counts: max-norm is not free of it, p = q = 2 is.",
                        "bound of the ball for width 128 by that for 32: as prod K_l says for L2-inf, 1 for L2-2, within 1e-9",
                        measured,
                        Math.abs(wide / narrow / predicted - 1) <= EXACT && Math.abs(frobenius - 1) <= EXACT)
                .reconstructed("An identity of the bound that the lab derives.");
    }

    private static Claim overWidths(Figures figures) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (String treatment : SWEPT) {
            for (int width : WIDTHS) {
                put(measured, figures, treatment, width, BOUND);
                put(measured, figures, treatment, width, GAP);
            }
        }
        return Claim.reported(
                        "X7",
                        "How bound and gap go with the width.",
                        "plain, L2 0.01 and c = 5 over widths 16 to 256",
                        measured)
                .reconstructed("Only told.");
    }

    private static Claim overDepths(Figures figures) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (String treatment : SWEPT) {
            for (int depth : DEPTHS) {
                for (String key : List.of(BOUND, GAP, TERMS)) {
                    measured.put(
                            key + "[" + treatment + ", depth " + depth + "]",
                            figures.mean(deep(treatment, depth), key));
                }
            }
        }
        return Claim.reported(
                        "X8",
                        "How bound and gap go with the depth.",
                        "plain, L2 0.01 and c = 5 with one to four hidden layers of 32; terms: what is left of the bound without the "
                                + "product of its factors, a square root of the depth and a constant",
                        measured)
                .reconstructed("Only told.");
    }

    private static Claim softAndHard(Figures figures) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (String treatment : List.of(PLAIN, WEAK, STRONG, FROBENIUS_BALL)) {
            put(measured, figures, treatment, WIDTH, FROBENIUS);
            put(measured, figures, treatment, WIDTH, GAP);
            put(measured, figures, treatment, WIDTH, TEST_ACCURACY);
        }
        return Claim.reported(
                        "X9",
                        "The L2 penalty is the soft form of the ball p = q = 2.",
                        "product of the Frobenius norms, gap and test accuracy, plain, with L2 decay, and in the ball of radius 5",
                        measured)
                .reconstructed("Only told.");
    }

    private static double put(
            Map<String, Double> measured, Figures figures, String treatment, int width, String figure) {
        double value = figures.mean(arm(treatment, width), figure);
        measured.put(figure + "[" + treatment + ", " + width + "]", value);
        return value;
    }

    @Override
    public List<Graph> graphs(Figures figures) {
        return List.of(
                overWidth("Bound over the width", BOUND, true, figures),
                overWidth("Gap over the width", GAP, false, figures),
                overDepth("Bound over the depth", BOUND, true, figures),
                overDepth("Gap over the depth", GAP, false, figures));
    }

    private static Graph overWidth(String title, String figure, boolean logarithmic, Figures figures) {
        List<Graph.Line> lines = new ArrayList<>();
        for (String treatment : SWEPT) {
            List<Graph.Point> points = WIDTHS.stream()
                    .map(width -> point(width, figures.of(arm(treatment, width), figure)))
                    .toList();
            lines.add(new Graph.Line(treatment, points));
        }
        return new Graph(title, "", "width", logarithmic, lines);
    }

    private static Graph overDepth(String title, String figure, boolean logarithmic, Figures figures) {
        List<Graph.Line> lines = new ArrayList<>();
        for (String treatment : SWEPT) {
            List<Graph.Point> points = DEPTHS.stream()
                    .map(depth -> point(depth, figures.of(deep(treatment, depth), figure)))
                    .toList();
            lines.add(new Graph.Line(treatment, points));
        }
        return new Graph(title, "", "hidden layers", logarithmic, lines);
    }

    private static Graph.Point point(int at, double[] values) {
        return new Graph.Point(at, Statistics.mean(values), Statistics.standardError(values));
    }

    @Override
    public List<Table> tables(Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        for (Arm arm : protocol.arms()) {
            boolean projected = arm.settings().containsKey("decay.constraint");
            rows.add(List.of(
                    arm.name(),
                    Statistics.meanAndError(figures.of(arm.name(), GAP)),
                    Statistics.meanAndError(figures.of(arm.name(), BOUND)),
                    projected ? Statistics.number(figures.mean(arm.name(), BALL_BOUND)) : "",
                    Statistics.meanAndError(figures.of(arm.name(), FROBENIUS)),
                    Statistics.meanAndError(figures.of(arm.name(), TRAIN_LOSS)),
                    String.format(Locale.ROOT, "%.1f %%", 100 * figures.mean(arm.name(), TEST_ACCURACY))));
        }
        return List.of(new Table(
                "Gap and bound",
                "Means over the seeds, with their standard errors: test minus training loss, the bound by the L1-inf norms at the end, "
                        + "that of the ball, the product of the Frobenius norms. Bounds are of one output, and vacuous in absolute terms.",
                List.of(
                        "run",
                        "gap",
                        "bound",
                        "bound of the ball",
                        "Frobenius product",
                        "training loss",
                        "test accuracy"),
                rows));
    }
}
