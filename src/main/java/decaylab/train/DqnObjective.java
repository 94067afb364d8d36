package decaylab.train;

import decaylab.environment.Environment;
import decaylab.environment.EnvironmentKind;
import decaylab.environment.Outcome;
import decaylab.experiment.AgentSpec;
import decaylab.experiment.Experiment;
import decaylab.instrument.SampleLog;
import decaylab.net.TaskShape;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Deep Q-learning (Mnih et al., "Human-level control through deep reinforcement learning", Nature 2015; double: van Hasselt, Guez
 * and Silver 2016): before each update some steps of the environment, with actions at random or of the largest value; then a
 * mini-batch of remembered steps, whose values are drawn to what was earned and what a target network promises of the state
 * that followed. Every random number is a function of the seed and of a counter that is part of the state.
 */
final class DqnObjective implements Objective, Acting {
    /** Greedy episodes at each evaluation, always with the same starts, so that evaluations differ by the policy alone. */
    static final int EVALUATION_EPISODES = 50;

    /** Episodes over which returns are averaged. */
    static final int RECENT = 20;

    /** The replay buffer's part of the memory that the lab may use, at most: checkpoints hold it too. */
    private static final double SHARE_OF_MEMORY = 1.0 / 16;

    /** Single numbers at the head of the state. */
    private static final int NUMBERS = 6;

    private final Experiment experiment;
    private final AgentSpec agent;
    private final EnvironmentKind kind;
    private final Environment environment;
    private final TaskShape task;
    private final ValueNetwork network;
    private final ValueNetwork target;
    private final ReplayBuffer replay;
    private final ReplayBuffer.Drawn drawn;
    private final float[] valuesAfter;
    private final float[] chosenAfter;
    private final double[] wanted;
    private final FlatArray targetParameters;
    private final FlatArray bestParameters;

    private final CounterRandom starts;
    private final CounterRandom exploration;
    private final CounterRandom memories;
    private final CounterRandom evaluations;

    // State, with the environment's, the replay buffer and both vectors above.
    private long steps;
    private long episode;
    private double earned;
    private long stepsOfEpisode;
    private long bestStep = -1;
    private double bestReturn = Double.NEGATIVE_INFINITY;
    private final double[] recentReturns = new double[RECENT];
    private final double[] recentLengths = new double[RECENT];

    // Of the step under way.
    private long update;
    private double largestValue = SampleLog.EMPTY;
    private double greedyReturn = SampleLog.EMPTY;
    private double epsilon = 1;

    private volatile @Nullable Policy best;

    DqnObjective(Experiment experiment, EnvironmentKind kind, Team team) {
        this.experiment = experiment;
        this.kind = kind;
        agent = experiment.agent();
        environment = kind.make();
        task = ValueNetwork.taskOf(kind);
        int batch = experiment.batchSize();
        long memory = Runtime.getRuntime().maxMemory();
        MemoryGuard.require(experiment, task, Math.max(batch, EVALUATION_EPISODES), memory / 2); // two networks
        requireMemory(agent.replaySize(), task.features(), memory * SHARE_OF_MEMORY);
        network = new ValueNetwork(experiment, kind, team);
        target = new ValueNetwork(experiment, kind, team);
        replay = new ReplayBuffer(agent.replaySize(), task.features());
        drawn = new ReplayBuffer.Drawn(batch, task.features());
        valuesAfter = new float[batch * task.classes()];
        chosenAfter = agent.doubled() ? new float[batch * task.classes()] : valuesAfter;
        wanted = new double[batch];
        targetParameters = network.network().zeros();
        bestParameters = network.network().zeros();
        starts = CounterRandom.of(experiment.seed(), "episodes");
        exploration = CounterRandom.of(experiment.seed(), "exploration");
        memories = CounterRandom.of(experiment.seed(), "replay");
        evaluations = CounterRandom.of(experiment.seed(), "evaluation");
    }

    private static void requireMemory(int replaySize, int features, double available) {
        double need = ReplayBuffer.bytes(replaySize, features);
        if (need > available || need / Float.BYTES > Integer.MAX_VALUE - 8) {
            throw new BadInputException(String.format(
                    Locale.ROOT,
                    "agent.replaySize is %d, which needs %.0f MB of memory, but the lab may use %.0f MB for it; make it "
                            + "smaller.",
                    replaySize,
                    need / 1e6,
                    available / 1e6));
        }
    }

    @Override
    public TaskShape task() {
        return task;
    }

    @Override
    public ParameterLayout layout() {
        return network.network().layout();
    }

    @Override
    public FlatArray initialParameters() {
        return network.network().initialParameters(experiment.seed());
    }

    /** An environment has no epochs: the whole run counts as one. */
    @Override
    public long stepsPerEpoch() {
        return experiment.steps();
    }

    @Override
    public BatchLoss gradient(long step, FlatArray parameters, FlatArray gradient) {
        update = step + 1;
        greedyReturn = SampleLog.EMPTY;
        network.load(parameters);
        epsilon = 1;
        while (steps < agent.warmUp()) {
            act();
        }
        epsilon = agent.epsilon(step);
        for (int i = 0; i < agent.trainEvery(); i++) {
            act();
        }
        if (step % agent.targetEvery() == 0) {
            targetParameters.assign(parameters);
            target.load(targetParameters);
        }
        int batch = experiment.batchSize();
        CounterRandom random = memories.split(step);
        int filled = replay.filled(steps);
        for (int i = 0; i < batch; i++) {
            replay.draw(random.nextInt(filled), i, drawn);
        }
        demand(batch);
        return new BatchLoss(
                network.network().valueGradient(drawn.before, drawn.actions, wanted, batch, gradient), batch);
    }

    /** A step of the environment. */
    private void act() {
        if (stepsOfEpisode == 0) {
            environment.begin(starts.split(episode));
        }
        environment.observe(replay.rows(), replay.seenBefore(steps));
        CounterRandom random = exploration.split(steps);
        int action = random.nextDouble() < epsilon ? random.nextInt(task.classes()) : network.greedy(environment);
        Outcome outcome = environment.step(action);
        environment.observe(replay.rows(), replay.seenAfter(steps));
        replay.note(steps, action, outcome.reward(), outcome.terminated()); // one broken off could have earned more
        steps++;
        stepsOfEpisode++;
        earned += outcome.reward();
        if (outcome.over()) {
            int place = (int) (episode % RECENT);
            recentReturns[place] = earned;
            recentLengths[place] = stepsOfEpisode;
            episode++;
            earned = 0;
            stepsOfEpisode = 0;
        }
    }

    /** What the values of the drawn actions should be. */
    private void demand(int batch) {
        target.values(drawn.after, batch, valuesAfter);
        if (agent.doubled()) {
            network.values(drawn.after, batch, chosenAfter);
        }
        double sum = 0;
        for (int i = 0; i < batch; i++) {
            int actions = task.classes();
            double largest = valuesAfter[i * actions + target.largest(valuesAfter, i)];
            double promised = valuesAfter[i * actions + network.largest(chosenAfter, i)];
            sum += largest;
            wanted[i] =
                    agent.rewardScale() * drawn.rewards[i] + (drawn.terminated[i] ? 0 : agent.discount() * promised);
        }
        largestValue = sum / batch / agent.rewardScale();
    }

    @Override
    public boolean remembersEvaluations() {
        return true;
    }

    /** Plays greedy episodes; what they earn goes to the returns, and losses on sets there are none. */
    @Override
    public Optional<Evaluation> evaluate(FlatArray parameters, BooleanSupplier abandoned) {
        network.load(parameters);
        double[] returns = network.play(evaluations, EVALUATION_EPISODES, abandoned);
        if (abandoned.getAsBoolean()) {
            return Optional.empty();
        }
        greedyReturn = Arrays.stream(returns).average().orElse(Double.NaN);
        if (greedyReturn >= bestReturn) { // among equals the one that learned longer
            bestReturn = greedyReturn;
            bestStep = update;
            bestParameters.assign(parameters);
            publishBest();
        }
        return Optional.of(afterDivergence());
    }

    @Override
    public Evaluation afterDivergence() {
        return new Evaluation(SampleLog.EMPTY, SampleLog.EMPTY, SampleLog.EMPTY, SampleLog.EMPTY);
    }

    private void publishBest() {
        best = bestStep < 0 ? null : new Policy(experiment, bestStep, bestReturn, bestParameters.copy());
    }

    @Override
    public Optional<Acting> acting() {
        return Optional.of(this);
    }

    @Override
    public Returns returns() {
        int count = (int) Math.min(episode, RECENT);
        return new Returns(
                mean(recentReturns, count), greedyReturn, mean(recentLengths, count), episode, epsilon, largestValue);
    }

    private static double mean(double[] values, int count) {
        return count == 0
                ? SampleLog.EMPTY
                : Arrays.stream(values, 0, count).average().orElse(SampleLog.EMPTY);
    }

    @Override
    public Scene scene(FlatArray parameters) {
        network.load(parameters);
        return new Scene(
                kind,
                update,
                episode,
                (int) stepsOfEpisode,
                earned,
                ValueNetwork.boxed(environment.save()),
                network.valuesToShow(environment));
    }

    @Override
    public Optional<Policy> best() {
        return Optional.ofNullable(best);
    }

    /** Counters and the environment, the replay buffer, the target network's parameters, the best ones. */
    @Override
    public List<FlatArray> state() {
        double[] world = environment.save();
        double[] numbers = new double[NUMBERS + 2 * RECENT + world.length];
        numbers[0] = steps;
        numbers[1] = episode;
        numbers[2] = earned;
        numbers[3] = stepsOfEpisode;
        numbers[4] = bestStep;
        numbers[5] = bestReturn;
        System.arraycopy(recentReturns, 0, numbers, NUMBERS, RECENT);
        System.arraycopy(recentLengths, 0, numbers, NUMBERS + RECENT, RECENT);
        System.arraycopy(world, 0, numbers, NUMBERS + 2 * RECENT, world.length);
        return List.of(new FlatArray.OfDouble(numbers), replay.vector(), targetParameters, bestParameters);
    }

    @Override
    public void restore(List<FlatArray> state) {
        double[] numbers = ((FlatArray.OfDouble) state.get(0)).values();
        steps = (long) numbers[0];
        episode = (long) numbers[1];
        earned = numbers[2];
        stepsOfEpisode = (long) numbers[3];
        bestStep = (long) numbers[4];
        bestReturn = numbers[5];
        System.arraycopy(numbers, NUMBERS, recentReturns, 0, RECENT);
        System.arraycopy(numbers, NUMBERS + RECENT, recentLengths, 0, RECENT);
        environment.restore(Arrays.copyOfRange(numbers, NUMBERS + 2 * RECENT, numbers.length));
        replay.vector().assign(state.get(1));
        targetParameters.assign(state.get(2));
        bestParameters.assign(state.get(3));
        target.load(targetParameters);
        publishBest();
    }

    @Override
    public void close() {
        network.close();
        target.close();
    }
}
