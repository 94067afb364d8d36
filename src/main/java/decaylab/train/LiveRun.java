package decaylab.train;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.PlannedChange;
import decaylab.experiment.Tunable;
import decaylab.instrument.SampleLog;
import decaylab.net.LayerNames;
import decaylab.parallel.WorkLog;
import decaylab.problem.BadInputException;
import decaylab.problem.LabFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run on a training thread of its own. Nothing reaches into that thread: commands go into a mailbox, which it empties
 * between two steps; the log, the interventions and the status are pulled. Methods may be called from any thread, and only
 * {@link #awaitEnd} and {@link #close} wait.
 */
public final class LiveRun implements RunView, AutoCloseable {
    private static final long SPEED_WINDOW_NANOS = 1_000_000_000L;
    private static final long LONGEST_FAREWELL_MILLIS = 1000;

    /** Between two pictures of the environment: about a frame. */
    private static final long SCENE_NANOS = 30_000_000L;

    /** A run and those that follow it are never further apart: what is compared are the same steps. */
    private static final long LONGEST_LEAD = 64;

    /** Between two looks at where the others are. */
    private static final long LOOK_NANOS = 200_000;

    private final Experiment experiment;
    private final @Nullable Origin origin;
    /** The run whose steps this one follows; null where it goes its own pace. */
    private final @Nullable LiveRun leader;

    private final Checkpoints checkpoints = new Checkpoints();
    private final List<PlannedChange> planned;
    private final DataSource source;
    private final int threads;
    private final LinkedBlockingQueue<Object> mailbox = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile RunStatus status;
    private volatile @Nullable Trainer trainer;
    private volatile @Nullable Task task;
    private volatile @Nullable Scene scene;
    private volatile @Nullable FeedbackScene feedback;
    private volatile boolean stopping;
    /** Written by the training thread alone. */
    private volatile long trainedNanos;

    /** Those whose steps are the same as this one's. */
    private final List<LiveRun> followers = new CopyOnWriteArrayList<>();

    /** Until the trainer is made: the rows of the past. */
    private final SampleLog past;

    // Of the training thread alone.
    private long toDo;
    private boolean stopped;
    private double speedLimit = Double.POSITIVE_INFINITY;
    private long paceStart;
    private long paceSteps;
    private long speedStart;
    private long speedSteps;
    private double stepsPerSecond;
    private long sceneTaken;

    private record SnapshotRequest(CompletableFuture<Snapshot> answer) {}

    private record CheckpointRequest(CompletableFuture<Checkpoint> answer) {}

    /**
     * Starts to prepare; the run then waits for {@link Command.Play}.
     *
     * @param planned changes that are due at their steps
     * @param source where the data comes from
     * @param threads how many do the arithmetic, 1 or 2; the bits are the same
     */
    public LiveRun(Experiment experiment, List<PlannedChange> planned, DataSource source, int threads) {
        this(experiment, null, planned, source, threads, null);
    }

    /** A run that begins where another one was, and then waits for {@link Command.Play}. */
    public static LiveRun branch(
            Experiment experiment, Origin origin, List<PlannedChange> planned, DataSource source, int threads) {
        return new LiveRun(experiment, origin, planned, source, threads, null);
    }

    /**
     * A branch of this run that does the steps this run does, by itself and at the same time: this one waits where the twin
     * falls behind. At the end of this run the twin goes on to its own.
     *
     * @param origin the past that both share
     * @param planned changes of the twin
     */
    public LiveRun twin(Origin origin, List<PlannedChange> planned) {
        LiveRun twin = new LiveRun(experiment, origin, planned, source, threads, this);
        lead(twin);
        twin.post(new Command.Play());
        return twin;
    }

    /**
     * Another run from its start, on the same batches where its data, seed and batch size are the same, that does the steps this
     * run does and waits where this one does; at first it catches up. There may be several beside one.
     *
     * @param other what it runs
     * @param planned its changes
     */
    public LiveRun beside(Experiment other, List<PlannedChange> planned) {
        LiveRun beside = new LiveRun(other, null, planned, source, threads, this);
        lead(beside);
        beside.post(new Command.Play());
        return beside;
    }

    private void lead(LiveRun other) {
        followers.removeIf(follower -> follower.status().state().ended());
        followers.add(other);
    }

    private LiveRun(
            Experiment experiment,
            @Nullable Origin origin,
            List<PlannedChange> planned,
            DataSource source,
            int threads,
            @Nullable LiveRun leader) {
        this.threads = threads;
        this.experiment = experiment;
        this.origin = origin;
        this.planned = List.copyOf(planned);
        this.source = source;
        this.leader = leader;
        past = origin == null
                ? SampleLog.ofLayers(LayerNames.of(experiment.network()))
                : origin.past().fork(origin.step());
        status = new RunStatus(
                RunState.PREPARING,
                past.rows(),
                Tunable.of(experiment),
                0,
                experiment.optimizer().learningRate(),
                0,
                Double.NaN,
                speedLimit,
                null);
        thread = new Thread(this::work, "training");
        thread.setDaemon(true);
        thread.start();
    }

    /** What is being run. */
    public Experiment experiment() {
        return experiment;
    }

    /** The samples so far. */
    @Override
    public SampleLog log() {
        Trainer made = trainer;
        return made == null ? past : made.log();
    }

    /** The changes so far. */
    @Override
    public List<Intervention> interventions() {
        Trainer made = trainer;
        if (made == null) {
            return origin == null ? List.of() : origin.interventions();
        }
        return made.interventions();
    }

    /** The checkpoints of this run that are in memory. */
    @Override
    public CheckpointRing checkpoints() {
        return checkpoints.ring();
    }

    /** The changes that were planned from the start. */
    public List<PlannedChange> planned() {
        return planned;
    }

    /** Where this run began that another one was; empty for a run from its start. */
    public Optional<Origin> origin() {
        return Optional.ofNullable(origin);
    }

    /**
     * The past of this run, for a branch.
     *
     * @param step the branch's first own step, at most the number of rows
     */
    public Origin pastUntil(long step) {
        return new Origin(
                step, log(), interventions(), checkpoints.ring().upTo(step).orElse(null));
    }

    /** The time that its own steps took, evaluations included, in seconds. */
    public double trainingSeconds() {
        return trainedNanos / 1e9;
    }

    /** Whether something is still being measured on a copy; it may be after the end. */
    public boolean measuring() {
        Trainer made = trainer;
        return made != null && made.measuring();
    }

    /** What measuring costs. */
    public Overhead overhead() {
        Trainer made = trainer;
        return made == null ? Overhead.UNKNOWN : made.overhead();
    }

    /** Where the run stands. */
    public RunStatus status() {
        return status;
    }

    /** The data, once it is there; of a run on an environment there never is any. */
    public Optional<DataSet> data() {
        return task instanceof Task.Examples examples ? Optional.of(examples.data()) : Optional.empty();
    }

    /** The environment as it was lately; empty before the first update, and where nothing acts. */
    public Optional<Scene> scene() {
        return Optional.ofNullable(scene);
    }

    /** The weights and what carries the error in their place, as they were lately; empty before the first update. */
    public Optional<FeedbackScene> feedback() {
        return Optional.ofNullable(feedback);
    }

    /** Who worked when in the last steps; empty where modules of synthetic gradients do not divide the network. */
    public Optional<WorkLog> workLog() {
        Trainer made = trainer;
        return made == null ? Optional.empty() : made.work();
    }

    /** The parameters that earned most at an evaluation so far; empty before the first, and where nothing acts. */
    public Optional<Policy> best() {
        Trainer made = trainer;
        return made == null ? Optional.empty() : made.best();
    }

    /** Puts a command into the mailbox; in force on the next mini-batch, without effect once the run has ended. */
    public void post(Command command) {
        mailbox.add(command);
        if (command instanceof Command.Stop) {
            stopping = true;
            abandonEvaluations();
        }
    }

    private void abandonEvaluations() {
        Trainer made = trainer;
        if (made != null) {
            made.abandonEvaluations();
        }
    }

    /** The parameters between two steps; completes exceptionally where the run ends before. */
    public CompletableFuture<Snapshot> snapshot() {
        CompletableFuture<Snapshot> answer = new CompletableFuture<>();
        mailbox.add(new SnapshotRequest(answer));
        if (ended.getCount() == 0) {
            refuseWhatIsLeft();
        }
        return answer;
    }

    /** All of the state between two steps; completes exceptionally where the run ends before. */
    public CompletableFuture<Checkpoint> checkpoint() {
        CompletableFuture<Checkpoint> answer = new CompletableFuture<>();
        mailbox.add(new CheckpointRequest(answer));
        if (ended.getCount() == 0) {
            refuseWhatIsLeft();
        }
        return answer;
    }

    /** Waits until the run has ended; false where it has not by then. */
    public boolean awaitEnd(Duration most) throws InterruptedException {
        return ended.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Stops the run and waits until its thread is done with the step under way, one second at most: the reading of data and
     * the loading of native code cannot be broken off, and end by themselves.
     */
    @Override
    public void close() {
        post(new Command.Stop());
        try {
            thread.join(LONGEST_FAREWELL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        RunState end;
        String problem = null;
        try {
            end = train();
            Trainer made = trainer;
            problem = made == null ? null : made.divergence().orElse(null);
        } catch (BadInputException | LabFailure e) {
            end = RunState.FAILED;
            problem = e.getMessage();
        } catch (InterruptedException e) {
            end = RunState.STOPPED;
        } catch (RuntimeException | Error e) {
            end = RunState.FAILED;
            problem = "The run failed: " + e + "; the log up to here is kept.";
        }
        Trainer made = trainer;
        if (made != null) {
            made.close();
        }
        stepsPerSecond = 0;
        publish(end, problem);
        ended.countDown();
        refuseWhatIsLeft();
    }

    private RunState train() throws InterruptedException {
        Task loaded = source.task(experiment);
        task = loaded;
        Trainer made = Trainer.create(experiment, loaded, origin, planned, threads);
        try {
            checkpoints.prepare(made);
            while (made.repeating() && !stopping) {
                checkpoints.beforeStep(made);
                made.advance();
            }
        } finally {
            trainer = made; // who closes it looks there
        }
        if (stopping) { // asked for while there was no trainer to tell
            abandonEvaluations();
        }
        publish(RunState.PAUSED, null);
        while (!stopped && !made.finished()) {
            Object message = toDo > 0 ? nextWhileRunning() : mailbox.take();
            if (message != null) {
                settle(made);
                handle(message, made);
                publish(toDo > 0 ? RunState.RUNNING : RunState.PAUSED, null);
            } else if (toDo > 0 && mayAdvance(made.step())) {
                checkpoints.beforeStep(made);
                long start = System.nanoTime();
                made.until(made.step() + Math.min(toDo, made.experiment().steps()));
                made.advance();
                trainedNanos = trainedNanos + System.nanoTime() - start; // by this thread alone
                toDo--;
                paceSteps++;
                measureSpeed();
                publish(toDo > 0 ? RunState.RUNNING : RunState.PAUSED, null);
            } else if (leader != null
                    && leader.status().state() == RunState.PAUSED
                    && status.state() != RunState.PAUSED) {
                publish(RunState.PAUSED, null);
            }
        }
        settle(made);
        checkpoints.atEnd(made);
        takeScene(made);
        if (made.divergence().isPresent()) {
            return RunState.DIVERGED;
        }
        return made.finished() ? RunState.FINISHED : RunState.STOPPED;
    }

    /** Does what parts of the network have begun ahead, so that what a message asks for finds a state. */
    private void settle(Trainer made) {
        if (!made.settled()) {
            long before = made.step();
            made.settle();
            toDo = Math.max(0, toDo - (made.step() - before));
        }
    }

    /** Whether this run would not leave one of those beside it behind, or overtake the one that it follows. */
    private boolean mayAdvance(long step) {
        for (LiveRun behind : followers) {
            RunStatus other = behind.status();
            if (!other.state().ended() && step - other.step() >= LONGEST_LEAD) {
                return false;
            }
        }
        if (leader != null) {
            RunStatus ahead = leader.status();
            return ahead.state().ended() || step < ahead.step();
        }
        return true;
    }

    /** The next message; null where the next step may be due. Waits where the speed is bounded, or for others. */
    private @Nullable Object nextWhileRunning() throws InterruptedException {
        Trainer made = trainer;
        if (made != null && !mayAdvance(made.step())) {
            return mailbox.poll(LOOK_NANOS, TimeUnit.NANOSECONDS);
        }
        if (speedLimit == Double.POSITIVE_INFINITY) {
            return mailbox.poll();
        }
        long due = paceStart + (long) (paceSteps * 1e9 / speedLimit);
        return mailbox.poll(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private void handle(Object message, Trainer made) {
        if (message instanceof SnapshotRequest request) {
            request.answer.complete(made.snapshot());
        } else if (message instanceof CheckpointRequest request) {
            request.answer.complete(made.checkpoint());
        } else if (message instanceof Command.Play) {
            begin(Long.MAX_VALUE);
        } else if (message instanceof Command.PlayTo play) {
            begin(play.steps() > made.step() ? play.steps() - made.step() : Long.MAX_VALUE);
        } else if (message instanceof Command.Advance advance) {
            begin(advance.steps());
        } else if (message instanceof Command.Pause) {
            toDo = 0;
            stepsPerSecond = 0;
        } else if (message instanceof Command.LimitSpeed limit) {
            speedLimit = limit.stepsPerSecond();
            made.pace(speedLimit);
            startPace();
        } else if (message instanceof Command.Intervene intervene) {
            checkpoints.beforeChange(made);
            made.change(intervene.change());
        } else if (message instanceof Command.Watch watch) {
            made.watch(watch.instrument(), watch.interval());
        } else if (message instanceof Command.LimitOverhead limit) {
            made.limitOverhead(limit.most());
        } else if (message instanceof Command.Stop) {
            stopped = true;
        }
    }

    private void begin(long steps) {
        if (toDo == 0) {
            startPace();
            speedStart = System.nanoTime();
            speedSteps = 0;
        }
        toDo = steps;
    }

    private void startPace() {
        paceStart = System.nanoTime();
        paceSteps = 0;
    }

    private void measureSpeed() {
        speedSteps++;
        long now = System.nanoTime();
        long passed = now - speedStart;
        if (passed >= SPEED_WINDOW_NANOS || stepsPerSecond == 0) {
            stepsPerSecond = speedSteps * 1e9 / Math.max(1, passed);
        }
        if (passed >= SPEED_WINDOW_NANOS) {
            speedStart = now;
            speedSteps = 0;
        }
    }

    private void publish(RunState state, @Nullable String problem) {
        Trainer made = trainer;
        RunStatus last = status;
        if (made == null) {
            status = new RunStatus(
                    state,
                    past.rows(),
                    last.inForce(),
                    last.decay(),
                    last.learningRate(),
                    0,
                    Double.NaN,
                    speedLimit,
                    problem);
            return;
        }
        if (!state.ended() && (state != RunState.RUNNING || System.nanoTime() - sceneTaken >= SCENE_NANOS)) {
            takeScene(made);
        }
        double left = stepsPerSecond > 0 ? (experiment.steps() - made.step()) / stepsPerSecond : Double.NaN;
        status = new RunStatus(
                state,
                made.step(),
                made.inForce(),
                made.nextDecay(),
                made.nextLearningRate(),
                state == RunState.RUNNING ? stepsPerSecond : 0,
                state == RunState.RUNNING ? left : Double.NaN,
                speedLimit,
                problem);
    }

    /** While the trainer is open. */
    private void takeScene(Trainer made) {
        if (made.step() > 0) { // before, no episode has begun
            scene = made.scene().orElse(null);
            feedback = made.feedback().orElse(null);
            sceneTaken = System.nanoTime();
        }
    }

    private void refuseWhatIsLeft() {
        for (Object message = mailbox.poll(); message != null; message = mailbox.poll()) {
            IllegalStateException over = new IllegalStateException("the run has ended");
            if (message instanceof SnapshotRequest request) {
                request.answer.completeExceptionally(over);
            } else if (message instanceof CheckpointRequest request) {
                request.answer.completeExceptionally(over);
            }
        }
    }
}
