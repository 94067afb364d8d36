package decaylab.study;

import decaylab.environment.EnvironmentKind;
import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.experiment.Shortest;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.train.GreedyPlay;
import decaylab.train.Policy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Decay in deep Q-learning, after the second half of Bjorck, Weinberger and Gomes, "Understanding Decoupled and Early Weight
 * Decay" (AAAI 2021), which compares l2 and decoupled decay of DQN on Atari games: here on a small environment. Each
 * placement of decay is run with the epsilon of Adam that is usual in DQN, 1.5e-4, and with 1e-8 as a control. That the plain
 * algorithm solves the task is asserted; how decay compares is told as it was measured.
 *
 * <p>Keys of {@code measured}, for each arm A: {@code fresh[A]}, the mean over the seeds of the best policy's mean return over
 * 100 episodes that the run has not seen, {@code se[A]} its standard error, {@code greedy[A]} the mean of all evaluations
 * of a run, {@code norm[A]}, {@code headNorm[A]} and {@code value[A]} at the end; {@code leastFresh} is the least of the plain
 * algorithm's seeds.
 */
final class DqnStudy implements Study {
    private static final String FRESH = "fresh";
    private static final String GREEDY = "greedy";
    private static final String NORM = "norm";
    private static final String HEAD_NORM = "headNorm";
    private static final String VALUE = "value";
    private static final String STANDARD_ERROR = "se";

    private static final int FRESH_EPISODES = 100;
    private static final String USUAL = "1.5e-4";
    private static final String CONTROL = "1e-8";
    private static final String PLAIN = "none";
    private static final List<String> L2 = List.of("1e-4", "1e-3");
    private static final List<String> DECOUPLED = List.of("1e-2", "1e-1");

    private final Protocol protocol;
    private final EnvironmentKind kind;

    private DqnStudy(Protocol protocol, EnvironmentKind kind) {
        this.protocol = protocol;
        this.kind = kind;
    }

    /**
     * @param name of the study
     * @param base on an environment, with Adam
     * @param secondsPerRun as in {@link Protocol}
     */
    static DqnStudy of(String name, Experiment base, double secondsPerRun) {
        EnvironmentKind kind = base.environment()
                .orElseThrow(() -> new IllegalArgumentException(base.data().name() + " is no environment"));
        Protocol protocol = new Protocol(
                name,
                "Deep Q-learning on " + kind + " without decay, with l2 and with decoupled decay.",
                "Bjorck, Weinberger and Gomes, Understanding Decoupled and Early Weight Decay (AAAI 2021): DQN with the "
                        + "hyper-parameters of dopamine on Atari games; Mnih et al. 2015; van Hasselt, Guez and Silver 2016.",
                words(base, kind),
                "A small environment in place of Atari games, and its own hyper-parameters; lambdas, episodes and what counts "
                        + "as solved are ours.",
                arms(base),
                panels(),
                secondsPerRun,
                0.05);
        return new DqnStudy(protocol, kind);
    }

    private static List<String> words(Experiment base, EnvironmentKind kind) {
        return List.of(
                EarlyDecayStudy.words(base),
                String.format(
                        Locale.ROOT,
                        "Each of them an update, after %d step%s of the environment; a replay buffer of %,d steps, a target "
                                + "network every %d updates.",
                        base.agent().trainEvery(),
                        base.agent().trainEvery() == 1 ? "" : "s",
                        base.agent().replaySize(),
                        base.agent().targetEvery()),
                "Decay enters as l2 or decoupled, with two lambdas each, or not at all; all with Adam's epsilon 1.5e-4, and all "
                        + "again with 1e-8 as a control.",
                "The policy that earned most at an evaluation is kept, and plays 100 fresh episodes at the end; solved is a mean "
                        + "return of " + Shortest.of(kind.solvedFrom()) + ".",
                "Bands are one standard deviation of the seeds. Three seeds show what happens, not which is better.");
    }

    private static String name(String entry, String epsilon) {
        return epsilon.equals(USUAL) ? entry : entry + ", epsilon " + epsilon;
    }

    private static List<Arm> arms(Experiment base) {
        Arms arms = new Arms(base);
        for (String epsilon : List.of(USUAL, CONTROL)) {
            arms.add(name(PLAIN, epsilon), "decay.entry", "none", "optimizer.epsilon", epsilon);
            L2.forEach(lambda -> add(arms, "l2", lambda, epsilon));
            DECOUPLED.forEach(lambda -> add(arms, "decoupled", lambda, epsilon));
        }
        return arms.all();
    }

    private static void add(Arms arms, String entry, String lambda, String epsilon) {
        arms.add(
                name(entry + " " + lambda, epsilon),
                "decay.entry",
                entry,
                "decay.lambda",
                lambda,
                "decay.gate",
                "auto",
                "optimizer.epsilon",
                epsilon);
    }

    private static List<String> names(String epsilon) {
        List<String> names = new ArrayList<>();
        names.add(name(PLAIN, epsilon));
        L2.forEach(lambda -> names.add(name("l2 " + lambda, epsilon)));
        DECOUPLED.forEach(lambda -> names.add(name("decoupled " + lambda, epsilon)));
        return names;
    }

    private static List<Panel> panels() {
        List<Panel> panels = new ArrayList<>();
        for (String epsilon : List.of(USUAL, CONTROL)) {
            panels.add(new Panel("Greedy return, epsilon " + epsilon, Quantity.GREEDY_RETURN, names(epsilon)));
            panels.add(new Panel("Norm, epsilon " + epsilon, Quantity.NORM, names(epsilon)));
        }
        panels.add(new Panel("Return while learning", Quantity.RETURN, names(USUAL)));
        return panels;
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        Policy best = run.best().orElseThrow(() -> new IllegalStateException(run.arm() + " was never evaluated"));
        double[] fresh = GreedyPlay.fresh(best, FRESH_EPISODES, abandoned);
        SampleLog sheet = run.log().sheet(Instrument.RETURNS);
        double sum = 0;
        int evaluations = 0;
        for (long row = 0; row < sheet.rows(); row++) {
            double value = sheet.value(Quantity.GREEDY_RETURN, row);
            if (!SampleLog.isEmpty(value)) {
                sum += value;
                evaluations++;
            }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(FRESH, Arrays.stream(fresh).average().orElse(Double.NaN));
        figures.put(GREEDY, sum / evaluations);
        figures.put(NORM, run.last(Quantity.NORM));
        figures.put(HEAD_NORM, run.last(Quantity.HEAD_NORM));
        figures.put(VALUE, sheet.value(Quantity.LARGEST_VALUE, sheet.rows() - 1));
        progress.accept(1);
        return figures;
    }

    @Override
    public List<Claim> claims(Figures figures) {
        double[] plain = figures.of(PLAIN, FRESH);
        double least = Arrays.stream(plain).min().orElse(Double.NaN);
        Map<String, Double> solved = new LinkedHashMap<>();
        solved.put(FRESH, figures.mean(PLAIN, FRESH));
        solved.put("leastFresh", least);
        String bound = Shortest.of(kind.solvedFrom());
        return List.of(
                Claim.asserted(
                                "Q1",
                                "Deep Q-learning solves the task.",
                                "no decay, epsilon 1.5e-4: mean return of the best policy over 100 fresh episodes >= "
                                        + bound + " for every seed",
                                solved,
                                least >= kind.solvedFrom())
                        .reconstructed("The environment and its bound are ours."),
                Claim.reported(
                                "Q2",
                                "Decoupled decay serves DQN better than l2.",
                                "mean return of the best policy over 100 fresh episodes with its standard error, and the mean of all "
                                        + "evaluations, by arm",
                                byArm(figures, names(USUAL), FRESH, STANDARD_ERROR, GREEDY))
                        .reconstructed(
                                "Only told: the paper's games are others, and three seeds do not tell which is better."),
                Claim.reported(
                                "Q3",
                                "Adam's epsilon decides how l2 and decoupled decay compare.",
                                "the same with epsilon 1e-8",
                                byArm(figures, names(CONTROL), FRESH, STANDARD_ERROR, GREEDY))
                        .reconstructed("Only told; the control is ours."),
                Claim.reported(
                                "Q4",
                                "Decay keeps the weights of a Q-network small.",
                                "norm, the last layer's norm and the largest values at the end, by arm",
                                byArm(figures, allNames(), NORM, HEAD_NORM, VALUE))
                        .reconstructed("Only told."));
    }

    private static List<String> allNames() {
        List<String> all = new ArrayList<>(names(USUAL));
        all.addAll(names(CONTROL));
        return all;
    }

    private static Map<String, Double> byArm(Figures figures, List<String> arms, String... keys) {
        Map<String, Double> measured = new LinkedHashMap<>();
        for (String arm : arms) {
            for (String key : keys) {
                double value = key.equals(STANDARD_ERROR)
                        ? Statistics.standardError(figures.of(arm, FRESH))
                        : figures.mean(arm, key);
                measured.put(key + "[" + arm + "]", value);
            }
        }
        return measured;
    }

    @Override
    public List<Table> tables(Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        for (String arm : allNames()) {
            rows.add(List.of(
                    arm,
                    Statistics.meanAndError(figures.of(arm, FRESH)),
                    Statistics.meanAndError(figures.of(arm, GREEDY)),
                    Statistics.meanAndError(figures.of(arm, NORM)),
                    Statistics.meanAndError(figures.of(arm, HEAD_NORM))));
        }
        return List.of(new Table(
                "Returns and norms",
                "Means over the seeds, with their standard errors: of the best policy over 100 fresh episodes, of all evaluations, "
                        + "and the norms at the end.",
                List.of("decay", "best policy", "all evaluations", "norm", "norm of the head"),
                rows));
    }
}
