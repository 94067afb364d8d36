package decaylab.train;

import decaylab.environment.Environment;
import decaylab.environment.EnvironmentKind;
import decaylab.environment.Outcome;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Episodes of a policy that always does what it thinks best, on a copy and apart from the run that found it. */
public final class GreedyPlay {
    private GreedyPlay() {}

    /**
     * Returns of episodes that the run has not seen, neither in training nor at its evaluations.
     *
     * @param abandoned asked now and then; where it is true the rest is left out
     * @return of each episode, not discounted
     */
    public static double[] fresh(Policy policy, int episodes, BooleanSupplier abandoned) {
        try (Team team = Team.of(1);
                ValueNetwork network = new ValueNetwork(policy.experiment(), kind(policy), team)) {
            network.load(policy.parameters());
            return network.play(stream(policy), episodes, abandoned);
        }
    }

    /**
     * One such episode, step by step, to be shown.
     *
     * @param number which, from 0
     * @return every state, the first and the last included
     */
    public static List<Scene> episode(Policy policy, long number) {
        EnvironmentKind kind = kind(policy);
        List<Scene> scenes = new ArrayList<>();
        try (Team team = Team.of(1);
                ValueNetwork network = new ValueNetwork(policy.experiment(), kind, team)) {
            network.load(policy.parameters());
            Environment environment = kind.make();
            environment.begin(stream(policy).split(number));
            boolean over = false;
            double earned = 0;
            for (int step = 0; ; step++) {
                scenes.add(new Scene(
                        kind,
                        policy.step(),
                        number,
                        step,
                        earned,
                        ValueNetwork.boxed(environment.save()),
                        network.valuesToShow(environment)));
                if (over) {
                    return scenes;
                }
                Outcome outcome = environment.step(network.greedy(environment));
                earned += outcome.reward();
                over = outcome.over();
            }
        }
    }

    private static EnvironmentKind kind(Policy policy) {
        return policy.experiment()
                .environment()
                .orElseThrow(() -> new IllegalArgumentException("a policy without an environment"));
    }

    private static CounterRandom stream(Policy policy) {
        return CounterRandom.of(policy.experiment().seed(), "fresh episodes");
    }
}
