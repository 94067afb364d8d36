package decaylab.train;

import decaylab.data.DataSet;
import decaylab.experiment.BallSpec;
import decaylab.experiment.Change;
import decaylab.experiment.Constraint;
import decaylab.experiment.DecaySpec;
import decaylab.experiment.Experiment;
import decaylab.experiment.Instrument;
import decaylab.experiment.OptimizerKind;
import decaylab.experiment.PlannedChange;
import decaylab.experiment.Tunable;
import decaylab.graph.NodeGraph;
import decaylab.instrument.Equilibrium;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.instrument.geometry.CapacityMeter;
import decaylab.net.LayerNames;
import decaylab.net.NativeLibrary;
import decaylab.optim.BlockSums;
import decaylab.optim.DecayEntry;
import decaylab.optim.FlatArray;
import decaylab.optim.Gate;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.optim.Projection;
import decaylab.optim.StepRule;
import decaylab.optim.StepSettings;
import decaylab.optim.UpdateKernel;
import decaylab.parallel.Team;
import decaylab.parallel.WorkLog;
import decaylab.problem.BadInputException;
import decaylab.schedule.Horizon;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A run, step by step: gradient, update, samples. The same experiment with the same changes at the same steps gives the
 * same bits, whichever thread calls. For one thread at a time; the log and the interventions may be read from any.
 */
public final class Trainer implements AutoCloseable {
    /** In a run's first second the other core is the virtual machine's compiler's. */
    private static final long GRACE_NANOS = 1_000_000_000L;

    private final Experiment experiment;
    private final Objective objective;
    private final Team team;
    private final Horizon horizon;
    private final ParameterLayout layout;
    private final FlatArray parameters;
    private final FlatArray gradient;
    private final UpdateKernel kernel;
    private final IntPredicate decays;
    /** Null as long as weights went where they wanted. */
    private @Nullable Projection projection;

    private final SampleLog log;
    private final CopyInstruments onCopies;
    /** Null for a network whose layers are not all dense. */
    private final @Nullable CapacityInstrument capacity;

    private final InstrumentPanel panel;
    private final AfterStepInstruments afterwards;
    private final double[] row;
    private final int[] weightBlocks;
    private final BlockSums covered = new BlockSums();
    private final BlockSums normalized = new BlockSums();
    private final boolean anyNormalized;
    private final boolean adam;
    /** What the gradient goes through first; null for nothing. */
    private final @Nullable CurvatureTransform transform;
    /** Norms of another run; null for none. */
    private final @Nullable NormTransplant transplant;
    /** The rows of the embedding; null for a network without. */
    private final @Nullable TokenRows tokens;

    private final Deque<PlannedChange> planned;
    private final List<Intervention> interventions = new CopyOnWriteArrayList<>();
    private long step;
    /** Where parts train on threads of their own; null where all is one. */
    private final @Nullable UnlockedParts unlocked;
    /** No part goes further than this. */
    private long furthest = Long.MAX_VALUE;

    private Tunable inForce;
    private final DecayControl control;
    private @Nullable String divergence;
    private long deviation = -1;
    /** The first step that is this run's own. */
    private final long fork;

    private boolean givenUp;
    private volatile boolean evaluationsAbandoned;

    /**
     * Builds the network and its start.
     *
     * @param planned changes that are due at their steps
     * @param threads how many do the arithmetic, 1 or 2; the bits are the same
     * @throws decaylab.problem.BadInputException where experiment, data and changes do not go together
     */
    public static Trainer create(Experiment experiment, DataSet data, List<PlannedChange> planned, int threads) {
        return create(experiment, data, null, planned, threads);
    }

    /**
     * Builds the network where another run of the same experiment was. The steps up to the fork that lie behind the checkpoint
     * are {@link #repeating() repeated} first.
     *
     * @param origin the past; null for a run from its start
     * @param planned changes that are due at their steps, at the fork or after it
     * @param threads how many do the arithmetic, 1 or 2; the bits are the same
     * @throws decaylab.problem.BadInputException where experiment, data, past and changes do not go together
     */
    public static Trainer create(
            Experiment experiment, DataSet data, @Nullable Origin origin, List<PlannedChange> planned, int threads) {
        return create(experiment, new Task.Examples(data), origin, planned, threads);
    }

    /**
     * The same for whatever there is to learn from.
     *
     * @param task a data set, or an environment
     * @param origin the past; null for a run from its start
     * @param planned changes that are due at their steps, at the fork or after it
     * @param threads how many do the arithmetic, 1 or 2; the bits are the same
     * @throws decaylab.problem.BadInputException where experiment, task, past and changes do not go together
     */
    public static Trainer create(
            Experiment experiment, Task task, @Nullable Origin origin, List<PlannedChange> planned, int threads) {
        planned.forEach(change -> change.requireBefore(experiment.steps()));
        if (origin != null) {
            planned.forEach(change -> change.requireFrom(origin.step()));
        }
        Team team = Team.of(threads, GRACE_NANOS, NativeLibrary::load); // OpenMP's threads are each thread's own
        try {
            return new Trainer(experiment, task, objective(experiment, task, team), origin, planned, team);
        } catch (RuntimeException | Error e) {
            team.close();
            throw e;
        }
    }

    private static Objective objective(Experiment experiment, Task task, Team team) {
        if (task instanceof Task.World world) {
            return new DqnObjective(experiment, world.kind(), team);
        }
        DataSet data = ((Task.Examples) task).data();
        NodeGraph graph = data.graph();
        if (graph != null) {
            return new GraphObjective(experiment, data, graph, team);
        }
        return data.translates()
                ? new TranslationObjective(experiment, data, team)
                : new SupervisedObjective(experiment, data, team);
    }

    private Trainer(
            Experiment experiment,
            Task task,
            Objective objective,
            @Nullable Origin origin,
            List<PlannedChange> planned,
            Team team) {
        this.team = team;
        this.experiment = experiment;
        this.objective = objective;
        layout = objective.layout();
        transform = objective.transform().orElse(null);
        parameters = objective.initialParameters();
        gradient = parameters.zeros(layout.length());
        horizon = new Horizon(objective.stepsPerEpoch(), experiment.steps());
        kernel = new UpdateKernel(
                layout,
                experiment.optimizer().rule(),
                transform == null || experiment.decay().entry() != DecayEntry.L2
                        ? experiment.decay().entry()
                        : DecayEntry.NONE, // the penalty has to be in before the inverse curvature
                DecayMask.of(layout, experiment.decay()),
                parameters,
                team);
        decays = kernel::isDecayed;
        weightBlocks = java.util.stream.IntStream.range(0, layout.blocks().size())
                .filter(i -> layout.blocks().get(i).role() == ParameterBlock.Role.WEIGHT)
                .toArray();
        tokens = task instanceof Task.Examples examples
                ? TokenRows.of(layout, examples.data()).orElse(null)
                : null;
        if (tokens != null) {
            kernel.divide(tokens.classes());
        } else if (experiment.instruments().containsKey(Instrument.EMBEDDING)) {
            throw new BadInputException("instruments.embedding cannot be taken: " + TokenRows.REFUSAL);
        }
        anyNormalized = layout.blocks().stream().anyMatch(ParameterBlock::normalized);
        transplant = experiment.decay().transplant() == null
                ? null
                : new NormTransplant(experiment.decay().transplant(), layout);
        adam = experiment.optimizer().kind() == OptimizerKind.ADAM;
        inForce = Tunable.of(experiment);
        DecayMask.requireKnown(layout, experiment.decay().layers());
        planned.forEach(change -> requirePossible(change.change()));
        List<PlannedChange> ahead = new ArrayList<>();
        fork = origin == null ? 0 : origin.step();
        log = origin == null
                ? SampleLog.ofLayers(LayerNames.of(experiment.network()))
                : origin.past().fork(origin.step());
        onCopies = new CopyInstruments(experiment, task, log);
        for (Instrument instrument : experiment.instruments().keySet()) {
            if (instrument.where() == Instrument.Where.ON_A_COPY) {
                onCopies.refusal(instrument).ifPresent(reason -> {
                    throw new BadInputException("instruments." + instrument + " cannot be taken: " + reason);
                });
            }
        }
        Optional<String> refusal = experiment
                .onGraph()
                .map(graph ->
                        "data.name is " + graph + ", a graph, whose propagation the bound does not know; leave it out.")
                .or(() -> CapacityMeter.refusal(experiment.network()));
        if (refusal.isPresent() && experiment.instruments().containsKey(Instrument.CAPACITY)) {
            throw new BadInputException("instruments.capacity cannot be taken: " + refusal.get());
        }
        capacity = refusal.isPresent() ? null : new CapacityInstrument(experiment, task, layout, log);
        panel = panel();
        afterwards = new AfterStepInstruments(log, panel, objective, capacity, parameters);
        experiment.instruments().forEach(panel::watch);
        if (origin != null) {
            if (origin.checkpoint() != null) {
                restore(origin.checkpoint(), origin.interventions());
            }
            interventions.addAll(origin.interventions()); // those that are repeated too: none is ever missing
            for (Intervention made : origin.interventions()) {
                if (made.step() >= step) {
                    ahead.add(made.planned());
                }
            }
        }
        ahead.addAll(planned);
        ahead.sort(Comparator.comparingLong(PlannedChange::step)); // keeps the order of those at the same step
        this.planned = new ArrayDeque<>(ahead);
        row = new double[log.metrics().size()];
        control = new DecayControl(experiment, horizon, log);
        unlocked = objective.unlocked(parameters, kernel, this::plan).orElse(null);
        if (unlocked != null) {
            unlocked.reset(step);
            unlocked.decay(DecayMask.of(layout, inForce.decay()));
        }
    }

    private InstrumentPanel panel() {
        StepRule rule = experiment.optimizer().rule();
        Equilibrium equilibrium = new Equilibrium(rule, experiment.decay().entry());
        StepInstruments inTheStep =
                new StepInstruments(log, layout.blocks(), kernel, equilibrium, adam, parameters, tokens);
        return new InstrumentPanel(
                kernel,
                inTheStep,
                onCopies,
                parameters,
                rule,
                experiment.steps(),
                experiment.evaluateEvery(),
                refused());
    }

    /** Instruments that have nothing to measure here. */
    private Set<Instrument> refused() {
        Set<Instrument> refused = EnumSet.noneOf(Instrument.class);
        if (objective.acting().isEmpty()) {
            refused.add(Instrument.RETURNS);
        }
        if (!experiment.feedback().ownMatrices()) {
            refused.add(Instrument.FEEDBACK);
        }
        if (objective.synthetic().isEmpty()) {
            refused.add(Instrument.SYNTHETIC);
        }
        if (objective.validation().isEmpty()) {
            refused.add(Instrument.VALIDATION);
        }
        if (capacity == null) {
            refused.add(Instrument.CAPACITY);
        }
        if (experiment.synthetic().unlocked()) {
            refused.addAll(Instrument.OF_THE_WHOLE);
        }
        if (transform != null) { // they take the step to be along the gradient
            refused.addAll(List.of(Instrument.BUDGET, Instrument.SHARES, Instrument.EQUILIBRIUM));
        }
        return refused;
    }

    private void requirePossible(Change change) {
        DecayMask.requireKnown(layout, change);
        if (change instanceof Change.SetControl set && set.control() != null) {
            set.control().requireFor(experiment);
        }
        if (change instanceof Change.SetConstraint) {
            experiment.with(change); // refuses what would be no experiment
        }
    }

    /**
     * Takes over the state of a run of the same experiment.
     *
     * @param made its changes; those before the checkpoint hold what it does not: schedules, mask and control
     */
    private void restore(Checkpoint checkpoint, List<Intervention> made) {
        int further = checkpoint.buffers().size() - experiment.buffers();
        if (checkpoint.parameters().getClass() != parameters.getClass()
                || checkpoint.parameters().length() != parameters.length()
                || further < 0
                || further > 1
                || !isLike(checkpoint.objective(), objective.state())) {
            throw new BadInputException("The checkpoint of step " + checkpoint.step()
                    + " is of another network or optimizer than the experiment's; delete it to do without.");
        }
        parameters.assign(checkpoint.parameters());
        kernel.followShares(further > 0); // a shadow that goes on as it was
        List<FlatArray> buffers = kernel.buffers();
        for (int i = 0; i < buffers.size(); i++) {
            buffers.get(i).assign(checkpoint.buffers().get(i));
        }
        objective.restore(checkpoint.objective());
        step = checkpoint.step();
        for (Intervention before : made) {
            if (before.step() < step) {
                inForce = before.planned().change().in(inForce);
            }
        }
        inForce = new Change.SetGate(checkpoint.gate()).in(inForce);
        inForce = new Change.SetLambda(checkpoint.lambdaBase()).in(inForce);
        inForce = new Change.SetLearningRate(checkpoint.learningRateBase()).in(inForce);
        kernel.decay(DecayMask.of(layout, inForce.decay()));
    }

    private static boolean isLike(List<FlatArray> some, List<FlatArray> others) {
        boolean alike = some.size() == others.size();
        for (int i = 0; alike && i < some.size(); i++) {
            alike = some.get(i).getClass() == others.get(i).getClass()
                    && some.get(i).length() == others.get(i).length();
        }
        return alike;
    }

    /** All of the state, copied. */
    public Checkpoint checkpoint() {
        return state().copy();
    }

    /** All of the state, copied into the vectors of a checkpoint that nobody needs. */
    Checkpoint checkpoint(Checkpoint spare) {
        List<FlatArray> buffers = kernel.buffers();
        if (spare.buffers().size() != buffers.size()) { // an instrument that needs one was turned on or off
            return checkpoint();
        }
        Checkpoint now = new Checkpoint(
                step, gate(), lambdaBase(), learningRateBase(), spare.parameters(), spare.buffers(), spare.objective());
        now.parameters().assign(parameters);
        for (int i = 0; i < now.buffers().size(); i++) {
            now.buffers().get(i).assign(buffers.get(i));
        }
        List<FlatArray> beside = objective.state();
        for (int i = 0; i < beside.size(); i++) {
            now.objective().get(i).assign(beside.get(i));
        }
        return now;
    }

    /** All of the state, live. */
    Checkpoint state() {
        return new Checkpoint(
                step, gate(), lambdaBase(), learningRateBase(), parameters, kernel.buffers(), objective.state());
    }

    /** Whether the next step is one whose row is known already, since it lies before the fork. */
    public boolean repeating() {
        return step < log.rows() && divergence == null;
    }

    /**
     * The first repeated step that gave another row than is known: the past was computed on another machine or by another
     * version of the lab, or its file was changed.
     */
    public OptionalLong deviation() {
        return deviation < 0 ? OptionalLong.empty() : OptionalLong.of(deviation);
    }

    /** Whether a planned change comes into force with the next step. */
    boolean changeIsDue() {
        return !planned.isEmpty() && planned.peek().step() <= step;
    }

    /** What is being run. */
    public Experiment experiment() {
        return experiment;
    }

    /** How the parameters are divided. */
    public ParameterLayout layout() {
        return layout;
    }

    /** The samples; readable from any thread. */
    public SampleLog log() {
        return log;
    }

    /** The changes made so far; readable from any thread. */
    public List<Intervention> interventions() {
        return List.copyOf(interventions);
    }

    /** How many steps are done. */
    public long step() {
        return step;
    }

    /** True where no further step will come: all are done, or the run diverged. */
    public boolean finished() {
        return divergence != null || step >= experiment.steps() && !givenUp;
    }

    /** A sentence where the loss, a weight or a buffer was not finite. */
    public Optional<String> divergence() {
        return Optional.ofNullable(divergence);
    }

    /** What is in force at the next step: schedules, mask and control included. */
    public Tunable inForce() {
        return inForce;
    }

    /** Position of the decay's gate. */
    public Gate gate() {
        return inForce.decay().gate();
    }

    /** Base of the decay. */
    public double lambdaBase() {
        return inForce.decay().lambda();
    }

    /** Base of the learning rate. */
    public double learningRateBase() {
        return inForce.optimizer().learningRate();
    }

    /**
     * The decay of the next step, lambda_t: base times factor times gate, or what control chooses; 0 where no decay enters the
     * update.
     */
    public double nextDecay() {
        DecaySpec decay = inForce.decay();
        if (decay.entry() == DecayEntry.NONE || !objective.trains()) {
            return 0;
        }
        return switch (decay.gate()) {
            case AUTO -> {
                double scheduled = decay.lambda() * decay.schedule().factor(step, horizon);
                yield decay.control() == null
                        ? scheduled
                        : control.next(
                                decay.control(), step, scheduled, nextLearningRate(), decayStep(nextLearningRate(), 1));
            }
            case ON -> decay.lambda();
            case OFF -> 0;
        };
    }

    /** How the feedback on lambda stands; empty where there is none in force. */
    public Optional<ControlVerdict> verdict() {
        DecaySpec decay = inForce.decay();
        return decay.control() == null || decay.gate() != Gate.AUTO
                ? Optional.empty()
                : Optional.of(ControlVerdict.of(decay.control(), log, ControlVerdict.since(interventions), horizon));
    }

    /** The learning rate of the next step, eta_t: base times factor. */
    public double nextLearningRate() {
        return learningRateBase() * learningRateFactor(step);
    }

    private double learningRateFactor(long at) {
        return inForce.optimizer().schedule().factor(at, horizon);
    }

    /** The settings of a step ahead, which feedback does not change; asked by the threads of parts, while nothing changes. */
    private StepSettings plan(long at, int targets) {
        DecaySpec decay = inForce.decay();
        double learningRate = learningRateBase() * learningRateFactor(at);
        double lambda = decay.entry() == DecayEntry.NONE || decay.gate() == Gate.OFF ? 0 : decay.lambda();
        double now = decay.gate() == Gate.AUTO ? lambda * decay.schedule().factor(at, horizon) : lambda;
        double taken = experiment.decay().coupling().taken(learningRate, learningRateFactor(at), now);
        double scale = experiment.optimizer().lossScale() / targets;
        return new StepSettings(at + 1, learningRate, now, taken, scale);
    }

    /**
     * Whether all parts of the network are at the same step, so that there is a state; false only where parts are ahead on
     * threads of their own.
     */
    public boolean settled() {
        return unlocked == null || unlocked.limit() <= step;
    }

    /** Does the steps that parts of the network have begun ahead, so that afterwards there is a state. */
    public void settle() {
        if (unlocked != null) {
            unlocked.stopAt(step);
            while (!settled() && !finished() && !givenUp) {
                advance();
            }
        }
    }

    /** Has no part of the network go further than to a step, so that there is a state then. */
    void until(long last) {
        furthest = last;
    }

    /** How far parts may go: to the next step at which the whole network is needed. */
    private long nextLimit() {
        long every = experiment.evaluateEvery();
        long next = Math.min(experiment.steps(), (step / every + 1) * every);
        if (repeating()) {
            next = Math.min(next, log.rows());
        }
        if (!planned.isEmpty() && planned.peek().step() > step) {
            next = Math.min(next, planned.peek().step());
        }
        return Math.max(step + 1, Math.min(next, furthest));
    }

    /** The gradient, the update and what follows it, by all parts at once or one after the other. */
    private BatchLoss learn(double learningRate, double decay, boolean measured) {
        if (unlocked != null) {
            if (unlocked.limit() <= step) {
                unlocked.grant(nextLimit());
            }
            return unlocked.step(step);
        }
        BatchLoss batch = objective.gradient(step, parameters, gradient);
        StepSettings settings = direct(settings(learningRate, decay, batch));
        long start = System.nanoTime();
        beginStep();
        if (measured) {
            kernel.step(parameters, gradient, settings, panel.taking());
            tellPlainGradient();
        } else {
            kernel.stepUnmeasured(parameters, gradient, settings);
        }
        project();
        if (transplant != null) {
            transplant.apply(step, parameters, kernel);
        }
        objective.follow(gradient, settings, decays);
        objective.work().ifPresent(work -> noteUpdate(work, start));
        return batch;
    }

    /** Where one pass updates all parts, it is each one's. */
    private void noteUpdate(WorkLog work, long start) {
        for (int part = 0; part < work.workers(); part++) {
            work.note(part, WorkLog.Work.UPDATE, step, start);
        }
    }

    /** Who worked when in the last steps; empty where the network is not divided. Readable from any thread. */
    public Optional<WorkLog> work() {
        return unlocked == null ? objective.work() : Optional.of(unlocked.log());
    }

    /**
     * Makes a change; it is in force at the next step. One that changes nothing is not recorded.
     *
     * @throws BadInputException where it is not possible in this experiment; nothing is changed then
     */
    public void change(Change change) {
        requirePossible(change);
        String from = change.back(inForce).value();
        inForce = change.in(inForce);
        boolean[] decayed = DecayMask.of(layout, inForce.decay());
        kernel.decay(decayed);
        if (unlocked != null) {
            unlocked.decay(decayed);
        }
        if (!from.equals(change.value()) && step >= fork) {
            interventions.add(new Intervention(step, change.what(), from, change.value()));
        }
    }

    /**
     * Turns an instrument on or off; nothing that is trained depends on it.
     *
     * @param interval every how many steps it is taken; 0 turns it off
     */
    public void watch(Instrument instrument, int interval) {
        panel.watch(instrument, interval);
    }

    /**
     * Bounds what measuring may cost: instruments that cost much are taken less often than asked for.
     *
     * @param most fraction of the time that steps take without it; infinite for no bound
     */
    public void limitOverhead(double most) {
        panel.limit(most);
    }

    /** Says how many steps a second are done at the most, so that instruments may use the time between. */
    void pace(double stepsPerSecond) {
        panel.pace(1e9 / stepsPerSecond);
    }

    /** Whether something is being measured on a copy; readable from any thread. */
    public boolean measuring() {
        return !onCopies.isIdle();
    }

    /**
     * Waits until everything that was taken of this run is in its log.
     *
     * @throws InterruptedException where the thread is interrupted meanwhile
     */
    public void awaitInstruments() throws InterruptedException {
        onCopies.await();
    }

    /** What measuring costs; readable from any thread. */
    public Overhead overhead() {
        return panel.overhead();
    }

    /**
     * Does one step and appends its row.
     *
     * @throws IllegalStateException where the run is finished
     */
    public void advance() {
        if (finished() || givenUp) {
            throw new IllegalStateException("the run is finished");
        }
        while (changeIsDue()) {
            change(planned.remove().change());
        }
        double learningRate = nextLearningRate();
        double decay = nextDecay();
        panel.begin(step);
        BatchLoss batch = learn(learningRate, decay, true);
        StepSettings settings = settings(learningRate, decay, batch);
        panel.beginSamples();
        boolean finite = sample(batch.loss(), learningRate, decay);
        panel.endSamples();
        panel.take(settings);
        step++;
        if (!finite) {
            divergence = "The run diverged at step " + (step - 1)
                    + ": the loss or a weight is no longer a finite number; use a smaller learning rate.";
        }
        boolean evaluates = finished() || step % experiment.evaluateEvery() == 0;
        if (step <= log.rows()) {
            compare(step - 1);
            if (evaluates && finite && objective.remembersEvaluations()) {
                objective.evaluate(parameters, () -> false);
            }
            return;
        }
        givenUp = evaluates && !evaluate(finite);
        if (!givenUp) { // a row without the evaluation that belongs to it would never be made good
            afterwards.take(step - 1, evaluates, finite, gap(), inForce.decay().ball());
            log.append(row);
        }
    }

    /** Test minus training loss of the evaluation that belongs to the row; empty without one. */
    private double gap() {
        double test = row[Quantity.TEST_LOSS.ordinal()];
        return SampleLog.isEmpty(test) ? SampleLog.EMPTY : test - row[Quantity.TRAIN_LOSS.ordinal()];
    }

    /** Looks whether a repeated step gave what is known of it; evaluations, which change nothing, are not repeated. */
    private void compare(long known) {
        if (unlocked != null) { // no step is ever the same again
            return;
        }
        for (int i = 0; i < row.length && deviation < 0; i++) {
            boolean evaluated = log.metrics().get(i).quantity().cadence() == Quantity.Cadence.EVALUATION;
            if (!evaluated && Double.doubleToLongBits(row[i]) != Double.doubleToLongBits(log.value(i, known))) {
                deviation = known;
            }
        }
    }

    /**
     * Does one step that measures nothing, appends no row and never ends the run: what a step would cost without
     * instruments.
     */
    public void advanceUnmeasured() {
        learn(nextLearningRate(), nextDecay(), false);
        step++;
    }

    /** Has the gradient go through what there is, after which nothing is left to be multiplied by. */
    private StepSettings direct(StepSettings settings) {
        if (transform == null) {
            return settings;
        }
        double penalty = experiment.decay().entry() == DecayEntry.L2 ? settings.decay() : 0;
        transform.apply(parameters, gradient, settings.gradientScale(), penalty, settings.learningRate(), kernel);
        return new StepSettings(settings.count(), settings.learningRate(), settings.decay(), settings.decayStep(), 1);
    }

    /** The kernel has seen a direction; samples tell the gradient's length. */
    private void tellPlainGradient() {
        if (transform != null) {
            for (int i = 0; i < layout.blocks().size(); i++) {
                kernel.sums(i).gradient = transform.squaredGradient(i);
            }
        }
    }

    private boolean constrained() {
        return inForce.decay().ball().constraint() != Constraint.NONE;
    }

    private void beginStep() {
        if (constrained()) {
            if (projection == null) {
                projection = new Projection(layout, parameters);
            }
            projection.begin(parameters);
        }
    }

    /** Brings the weights back into the ball, where there is one. */
    private void project() {
        BallSpec ball = inForce.decay().ball();
        Projection ofStep = projection;
        if (ofStep != null) {
            ball.constraint()
                    .ball()
                    .ifPresent(inside -> ofStep.project(parameters, inside, ball.radius(), ball.ofOutput()));
        }
    }

    /** The sums of a step as a whole, its projection included. */
    private BlockSums wholeStep(int block) {
        BlockSums ofUpdate = kernel.sums(block);
        return projection == null || !constrained()
                ? ofUpdate
                : projection.whole(parameters, layout.blocks().get(block), block, ofUpdate);
    }

    private StepSettings settings(double learningRate, double decay, BatchLoss batch) {
        double gradientScale = experiment.optimizer().lossScale() / batch.targets();
        return new StepSettings(step + 1, learningRate, decay, decayStep(learningRate, decay), gradientScale);
    }

    private double decayStep(double learningRate, double decay) {
        return experiment.decay().coupling().taken(learningRate, learningRateFactor(step), decay);
    }

    /** Fills the row of this step but for the evaluation; returns whether everything is finite. */
    private boolean sample(double loss, double learningRate, double decay) {
        Arrays.fill(row, SampleLog.EMPTY);
        covered.clear();
        normalized.clear();
        double finite = loss * 0;
        for (int i = 0; i < layout.blocks().size(); i++) {
            finite += kernel.sums(i).finite;
        }
        int place = firstLayerPlace();
        double head = SampleLog.EMPTY;
        for (int i : weightBlocks) {
            ParameterBlock block = layout.blocks().get(i);
            BlockSums sums = wholeStep(i);
            if (block.last()) {
                head = Math.sqrt(sums.weightsAfter);
            } else {
                covered.add(sums);
            }
            if (block.normalized()) {
                normalized.add(sums);
            }
            row[place++] = Math.sqrt(sums.weightsAfter);
            row[place++] = block.normalized() && transform == null
                    ? effective(learningRate, sums.weightsAfter)
                    : SampleLog.EMPTY;
            row[place++] = sums.rotation();
        }
        put(Quantity.STEP, step);
        put(Quantity.EPOCH, Math.floorDiv(step, horizon.stepsPerEpoch()));
        put(Quantity.LOSS, loss);
        put(Quantity.LEARNING_RATE, learningRate);
        put(Quantity.DECAY, decay);
        put(Quantity.NORM, Math.sqrt(covered.weightsAfter));
        put(Quantity.HEAD_NORM, head);
        put(
                Quantity.EFFECTIVE_LEARNING_RATE,
                anyNormalized && transform == null ? effective(learningRate, covered.weightsAfter) : SampleLog.EMPTY);
        put(Quantity.GRADIENT_NORM, Math.sqrt(covered.gradient));
        put(Quantity.UPDATE_NORM, Math.sqrt(covered.change));
        put(Quantity.ROTATION, anyNormalized ? normalized.rotation() : SampleLog.EMPTY);
        return finite == 0;
    }

    /** eta / ||w||^2 where the step is proportional to the gradient, eta / ||w|| under Adam, whose step is not. */
    private double effective(double learningRate, double squaredNorm) {
        return learningRate / (adam ? Math.sqrt(squaredNorm) : squaredNorm);
    }

    /** False where it was given up. */
    private boolean evaluate(boolean finite) {
        if (!finite) {
            put(objective.afterDivergence());
            return true;
        }
        long start = System.nanoTime();
        Optional<Evaluation> taken = objective.evaluate(parameters, () -> evaluationsAbandoned);
        panel.evaluated(System.nanoTime() - start);
        taken.ifPresent(this::put);
        return taken.isPresent();
    }

    private void put(Evaluation evaluation) {
        put(Quantity.TRAIN_LOSS, evaluation.trainLoss());
        put(Quantity.TEST_LOSS, evaluation.testLoss());
        put(Quantity.TRAIN_ACCURACY, evaluation.trainAccuracy());
        put(Quantity.TEST_ACCURACY, evaluation.testAccuracy());
    }

    /**
     * Gives up the evaluation under way and those that follow, with the step that they belong to, whose row is not written, and
     * what is measured on copies.
     * For a run that is to end: the evaluation of a large data set takes seconds. May be called from any thread.
     */
    public void abandonEvaluations() {
        evaluationsAbandoned = true;
        onCopies.abandon();
    }

    // The network's quantities come first in the log, in the order of their declaration.
    private void put(Quantity quantity, double value) {
        row[quantity.ordinal()] = value;
    }

    private static int firstLayerPlace() {
        return Quantity.LAYER_NORM.ordinal();
    }

    /** The environment as it is now; empty where nothing acts. */
    public Optional<Scene> scene() {
        return objective.acting().map(acting -> acting.scene(parameters));
    }

    /** The weights and what carries the error in their place, as they are now; empty where they carry it themselves. */
    public Optional<FeedbackScene> feedback() {
        return objective.feedback(parameters);
    }

    /** The parameters that earned most at an evaluation so far; empty before the first, and where nothing acts. Readable from any thread. */
    public Optional<Policy> best() {
        return objective.acting().flatMap(Acting::best);
    }

    /** A copy of the parameters. */
    public Snapshot snapshot() {
        return new Snapshot(experiment, objective.task(), step, parameters.copy());
    }

    @Override
    public void close() {
        if (unlocked != null) {
            unlocked.close();
        }
        onCopies.close();
        objective.close();
        team.close();
    }
}
