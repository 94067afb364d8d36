package decaylab.experiment;

import decaylab.optim.Coupling;
import decaylab.optim.DecayEntry;
import decaylab.optim.Gate;
import decaylab.random.CounterRandom;
import decaylab.schedule.Every;
import decaylab.schedule.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Experiments from anywhere in the allowed ranges, with doubles that have all their digits. */
final class RandomExperiments {
    private static final List<@Nullable String> FOLDERS = Arrays.asList(
            null,
            "/data/mnist",
            "data/My digits",
            "0123",
            "2024",
            "1e3",
            "0x1F",
            "1_000",
            "12:30:45",
            "off",
            "null",
            "~",
            "true",
            ".inf",
            "- a",
            "a: b",
            "a #b",
            "'quoted'",
            "\"quoted\"",
            "C:\\Users\\me\\data",
            "donn\u00e9es/\u6570\u636e/\u0628\u064a\u0627\u0646\u0627\u062a/\uD83D\uDE00",
            " leading and trailing ",
            "&anchor",
            "*alias",
            "!tag",
            "%",
            "@at",
            "{a}",
            "[a]",
            "a very long folder name with spaces, more than eighty characters of them, so that lines might be folded");

    private static final DecayLayers NAMED = new DecayLayers.Named(List.of("dense1", "on", "output"));

    private final CounterRandom random;

    RandomExperiments(long seed) {
        random = CounterRandom.of(seed, "experiments");
    }

    Experiment next() {
        Normalization normalization = any(Normalization.values());
        OptimizerKind optimizer = any(OptimizerKind.values());
        DecayEntry entry = any(Arrays.stream(DecayEntry.values())
                .filter(e -> optimizer == OptimizerKind.ADAM || !e.needsAdam())
                .toArray(DecayEntry[]::new));
        DecayLayers layers = normalization == Normalization.NONE
                ? any(new DecayLayers[] {DecayLayers.ALL, DecayLayers.LAST, NAMED})
                : any(new DecayLayers[] {DecayLayers.ALL, DecayLayers.NORMALIZED, DecayLayers.LAST, NAMED});
        NetworkKind kind = any(NetworkKind.values());
        boolean transplanted = entry == DecayEntry.NONE && flip();
        return new Experiment(
                new DataSpec(
                        any(new String[] {"proto", "mnist", "2024", "off", "a b"}),
                        FOLDERS.get(random.nextInt(FOLDERS.size())),
                        flip() ? null : (Integer) (2 + random.nextInt(10_000_000 - 1)),
                        flip() ? null : (Integer) (1 + random.nextInt(10_000_000)),
                        random.nextDouble(),
                        small() * 1000,
                        flip(),
                        random.nextInt(1001),
                        any(CsvHeader.values()),
                        any(new String[] {"last", "first", "species", "4", "no"}),
                        flip() ? null : (Long) random.nextLong(),
                        flip()),
                new NetworkSpec(
                        kind, widths(), 1 + random.nextInt(16), any(Activation.values()), normalization, small()),
                new OptimizerSpec(
                        optimizer,
                        small() * 1e9,
                        random.nextDouble() * 0.9999,
                        random.nextDouble() * 0.99999,
                        random.nextDouble() * 0.9999999,
                        small(),
                        small() * 1e9,
                        schedule(),
                        flip() ? curvature() : CurvatureSpec.defaults()),
                new DecaySpec(
                        entry,
                        small() * 1e6,
                        any(Gate.values()),
                        schedule(),
                        layers,
                        flip(),
                        flip(),
                        entry.atStep() ? any(Coupling.values()) : Coupling.LEARNING_RATE,
                        entry.atStep() && flip() ? control() : null,
                        transplanted ? transplant() : null,
                        new BallSpec(
                                kind == NetworkKind.MLP && !transplanted ? any(Constraint.values()) : Constraint.NONE,
                                1e-6 + small() * 1e5,
                                flip() ? null : 1 + small())),
                2 + random.nextInt(999_999),
                1 + random.nextInt(1_000_000_000),
                random.nextLong(),
                any(Precision.values()),
                1 + random.nextInt(1_000_000_000),
                Map.of(),
                List.of());
    }

    private TransplantSpec transplant() {
        return new TransplantSpec(
                1 + random.nextInt(1_000_000_000),
                Map.of("dense1", List.of(1e-3 + small(), 1e9), "conv 2", List.of(1.0, 2.0)),
                flip());
    }

    /** Off, since it cannot be combined with most of the rest; its numbers are there all the same. */
    private CurvatureSpec curvature() {
        return new CurvatureSpec(
                Curvature.NONE,
                1e-6 + small(),
                random.nextDouble() * 0.9999,
                1 + random.nextInt(1_000_000_000),
                1 + random.nextInt(1_000_000_000),
                small());
    }

    private ControlSpec control() {
        return new ControlSpec(ControlQuantity.NORM, 1e-3 + small(), schedule(), 1e-6 + small());
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            widths.add(1 + random.nextInt(1_000_000));
        }
        return widths;
    }

    Schedule schedule() {
        return switch (random.nextInt(6)) {
            case 0 -> new Schedule.Constant();
            case 1 -> {
                long from = random.nextLong() >>> 2;
                yield new Schedule.Window(from, flip() ? null : (Long) (from + (random.nextLong() >>> 2)));
            }
            case 2 -> {
                List<Schedule.Knot> knots = new ArrayList<>();
                long from = 0;
                for (int i = random.nextInt(5); i > 0; i--) {
                    knots.add(new Schedule.Knot(from, small() * 1e300));
                    from += 1 + random.nextInt(100_000);
                }
                yield new Schedule.Piecewise(knots);
            }
            case 3 -> new Schedule.Cosine(random.nextDouble());
            case 4 -> new Schedule.Exponential(1 - random.nextDouble(), any(Every.values()));
            default -> {
                List<Schedule.Point> points = new ArrayList<>();
                double at = random.nextDouble() / 8;
                for (int i = random.nextInt(5); i >= 0; i--) {
                    points.add(new Schedule.Point(at, small()));
                    at += random.nextDouble() / 8 + 1e-9;
                }
                yield new Schedule.Drawn(points);
            }
        };
    }

    /** In [0, 1), of any magnitude, now and then 0 or a subnormal. */
    private double small() {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> Double.MIN_VALUE * random.nextInt(1000);
            case 2 -> random.nextInt(1000) / 1000.0;
            default -> random.nextDouble() * StrictMath.pow(10, -random.nextInt(20));
        };
    }

    private boolean flip() {
        return random.nextInt(2) == 0;
    }

    private <T> T any(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
