package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When decay matters: switched off at some step, switched on at some step, or on for a quarter of the run alone. Golatkar, Achille
 * and Soatto, "Time Matters in Regularizing Deep Networks" (NeurIPS 2019); the protocol and the criteria G1 to G4 are those of
 * the specification's sections 2.3 and 2.4. The learning rate falls by 10 at a half and at three quarters of the run.
 *
 * <p>Keys of {@code measured}, means over the seeds: {@code gainX} is the test accuracy beyond that without decay in percentage
 * points, {@code seX} its standard error, {@code winsX} the fraction of the seeds in which it is above 0, {@code normX} the norm
 * at the end. X is Always, OffAt or OnFrom with the eighth of the run, as in OffAt4, or Window with the eighth where it begins.
 * {@code sensitivityWindowX} is the gain of a window by that of always, where the latter exceeds two standard errors.
 */
final class CriticalPeriod {
    private static final String NONE = "none, staircase";
    private static final String ALWAYS = "always, staircase";
    private static final String OFF = "off at ";
    private static final String ON = "on from ";
    private static final String WINDOW = "window from ";
    private static final List<Integer> EIGHTHS = List.of(1, 2, 4, 6);
    /** Those from 0 and from 6 are "off at 2/8" and "on from 6/8". */
    private static final List<Integer> WINDOWS = List.of(1, 2, 3, 4, 5);

    private static final int WHOLE = 8;
    /** Eighths of the run. */
    private static final int WINDOW_LENGTH = 2;

    private static final double LEAST_OF_ALWAYS = 0.7;
    private static final double MOST_OF_ALWAYS = 0.25;
    private static final double HALF = 0.5;

    private final List<Arm> arms;
    private final long steps;

    /** @param base with decay that is always on; its learning rate's schedule is replaced */
    CriticalPeriod(Experiment base) {
        steps = base.steps();
        Arms made = new Arms(base);
        String staircase = "{kind: piecewise, knots: [{from: " + made.step(HALF) + ", factor: 0.1}, {from: "
                + made.step(0.75) + ", factor: 0.01}]}";
        String[] schedule = {"optimizer.schedule", staircase};
        made.add(NONE, schedule[0], schedule[1], "decay.gate", "off");
        made.add(ALWAYS, schedule);
        for (int eighth : EIGHTHS) {
            made.add(off(eighth), schedule[0], schedule[1], "decay.schedule", made.window(0, part(eighth)));
        }
        for (int eighth : EIGHTHS) {
            made.add(on(eighth), schedule[0], schedule[1], "decay.schedule", made.window(part(eighth), 1));
        }
        for (int eighth : WINDOWS) {
            String window = made.window(part(eighth), part(eighth + WINDOW_LENGTH));
            made.add(window(eighth), schedule[0], schedule[1], "decay.schedule", window);
        }
        arms = made.all();
    }

    private static double part(int eighths) {
        return (double) eighths / WHOLE;
    }

    private static String off(int eighth) {
        return eighth == 0 ? NONE : eighth == WHOLE ? ALWAYS : OFF + eighth + "/8";
    }

    private static String on(int eighth) {
        return eighth == 0 ? ALWAYS : eighth == WHOLE ? NONE : ON + eighth + "/8";
    }

    private static String window(int eighth) {
        return eighth == 0 ? off(WINDOW_LENGTH) : eighth == WHOLE - WINDOW_LENGTH ? on(eighth) : WINDOW + eighth + "/8";
    }

    List<Arm> arms() {
        return arms;
    }

    List<Panel> panels() {
        List<String> shown = List.of(NONE, ALWAYS, off(4), on(4));
        return List.of(
                new Panel("Norm, learning rate in steps", Quantity.NORM, shown),
                new Panel("Effective learning rate, in steps", Quantity.EFFECTIVE_LEARNING_RATE, shown),
                new Panel("Test accuracy, learning rate in steps", Quantity.TEST_ACCURACY, shown));
    }

    List<Claim> claims(Figures figures) {
        double always = gain(figures, ALWAYS);
        double offAtHalf = gain(figures, off(4));
        double onFromHalf = gain(figures, on(4));
        double onLate = gain(figures, on(6));
        return List.of(
                Claim.asserted(
                                "G1",
                                "Decay in the first part of the training alone does as well as decay always.",
                                "gain(off at 1/2) >= 0.7 gain(always)",
                                gains(figures, List.of(ALWAYS, off(1), off(2), off(4), off(6))),
                                offAtHalf >= LEAST_OF_ALWAYS * always)
                        .reconstructed(
                                "Made data and a small network instead of CIFAR-10 and ResNet-18; here the first "
                                        + "eighth alone recovers only a part of it."),
                Claim.asserted(
                                "G2",
                                "Decay that begins late in the training is as good as none.",
                                "gain(on from 3/4) <= 0.25 gain(always)",
                                gains(figures, List.of(ALWAYS, on(1), on(2), on(4), on(6))),
                                onLate <= MOST_OF_ALWAYS * always)
                        .reconstructed("The learning rate has fallen to a hundredth by then."),
                Claim.asserted(
                                "G3",
                                "The first half matters more than the second.",
                                "gain(on from 1/2) < gain(off at 1/2)",
                                gains(figures, List.of(off(4), on(4))),
                                onFromHalf < offAtHalf)
                        .reconstructed("The same data, order and start for each seed."),
                Claim.reported(
                                "G4",
                                "The norm at the end does not tell how well a run generalises.",
                                "norm at the end, beside the gain: on from 1/2 has about half the norm of none and little of "
                                        + "the gain",
                                norms(figures))
                        .reconstructed("Only told: small norms and gains need not go together."),
                Claim.reported(
                                "G5",
                                "A short window of decay helps only inside the critical period.",
                                "gain of a window of a quarter of the run, by where it begins",
                                windows(figures))
                        .reconstructed(
                                "On this task the critical period is the phase of the large learning rate, not the "
                                        + "very first epochs: a window in the second quarter is as good as the first half. Decay "
                                        + "matters while the learning rate is large."));
    }

    /** How much of what decay gains is gained by where it is on. */
    Graph graph(Figures figures) {
        List<Graph.Point> offs = new ArrayList<>();
        List<Graph.Point> ons = new ArrayList<>();
        List<Graph.Point> windows = new ArrayList<>();
        for (int eighth : List.of(0, 1, 2, 4, 6, WHOLE)) {
            offs.add(point(figures, eighth, off(eighth)));
            ons.add(point(figures, eighth, on(eighth)));
        }
        for (int eighth = 0; eighth <= WHOLE - WINDOW_LENGTH; eighth++) {
            windows.add(point(figures, eighth, window(eighth)));
        }
        return new Graph(
                "Critical period: gain in test accuracy by the step of the switch",
                "percentage points",
                List.of(
                        new Graph.Line("off at the step", offs),
                        new Graph.Line("on from the step", ons),
                        new Graph.Line("on for a quarter from the step", windows)));
    }

    private Graph.Point point(Figures figures, int eighth, String arm) {
        double[] gains = gainsOf(figures, arm);
        return new Graph.Point(steps * eighth / WHOLE, Statistics.mean(gains), Statistics.standardError(gains));
    }

    private static double[] gainsOf(Figures figures, String arm) {
        return EarlyDecayStudy.gains(figures, arm, NONE);
    }

    private static double gain(Figures figures, String arm) {
        return Statistics.mean(gainsOf(figures, arm));
    }

    private static Map<String, Double> gains(Figures figures, List<String> of) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (String arm : of) {
            double[] gains = gainsOf(figures, arm);
            measured.put("gain" + key(arm), Statistics.mean(gains));
            measured.put("se" + key(arm), Statistics.standardError(gains));
            measured.put("wins" + key(arm), Statistics.positive(gains));
        }
        return measured;
    }

    private static Map<String, Double> norms(Figures figures) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (String arm : List.of(NONE, ALWAYS, off(4), on(4))) {
            measured.put("norm" + key(arm), figures.mean(arm, EarlyDecayStudy.NORM));
            measured.put("gain" + key(arm), gain(figures, arm));
        }
        return measured;
    }

    private static Map<String, Double> windows(Figures figures) {
        double[] always = gainsOf(figures, ALWAYS);
        boolean clear = Statistics.mean(always) > 2 * Statistics.standardError(always);
        Map<String, Double> measured = new LinkedHashMap<>();
        for (int eighth = 0; eighth <= WHOLE - WINDOW_LENGTH; eighth++) {
            double[] gains = gainsOf(figures, window(eighth));
            measured.put("gainWindow" + eighth, Statistics.mean(gains));
            measured.put("seWindow" + eighth, Statistics.standardError(gains));
            if (clear) {
                measured.put("sensitivityWindow" + eighth, Statistics.mean(gains) / Statistics.mean(always));
            }
        }
        return measured;
    }

    /** As in OffAt4. */
    private static String key(String arm) {
        if (arm.equals(NONE) || arm.equals(ALWAYS)) {
            return arm.equals(NONE) ? "None" : "Always";
        }
        String eighth = arm.substring(arm.lastIndexOf(' ') + 1, arm.indexOf('/'));
        return (arm.startsWith(OFF) ? "OffAt" : "OnFrom") + eighth;
    }
}
