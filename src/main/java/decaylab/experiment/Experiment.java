package decaylab.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import decaylab.environment.EnvironmentKind;
import decaylab.graph.GraphSource;
import decaylab.optim.Coupling;
import decaylab.optim.DecayEntry;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import decaylab.schedule.Every;
import decaylab.schedule.Schedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that determines a run. Immutable; a field that cannot be used is refused with a sentence.
 *
 * @param data which data
 * @param network which network
 * @param optimizer how weights are updated
 * @param decay how weights decay
 * @param agent how it learns by trying; the defaults where the data is no environment
 * @param feedback how the error travels back
 * @param synthetic modules of synthetic gradients; the defaults, which are none, where there are none
 * @param graph how nodes of a graph are classified; the defaults where the data is no graph
 * @param batchSize examples a step; the last batch of an epoch may be smaller
 * @param steps optimiser updates in all
 * @param seed of everything that is left to chance
 * @param precision of the arithmetic
 * @param evaluateEvery steps between two evaluations on training and test set
 * @param instruments every how many steps which instrument is taken
 * @param interventions changes that are made during the run, in the order in which they are made
 */
public record Experiment(
        DataSpec data,
        NetworkSpec network,
        OptimizerSpec optimizer,
        DecaySpec decay,
        AgentSpec agent,
        FeedbackSpec feedback,
        SyntheticSpec synthetic,
        GraphSpec graph,
        int batchSize,
        long steps,
        long seed,
        Precision precision,
        int evaluateEvery,
        Map<Instrument, Integer> instruments,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PlannedChange> interventions) {
    /** Every how many steps returns are taken where nothing else is said. */
    private static final int RETURNS_EVERY = 100;

    /** The same for feedback. */
    private static final int FEEDBACK_EVERY = 20;
    /** Every how many steps modules of synthetic gradients are measured where nothing else is said. */
    private static final int SYNTHETIC_EVERY = 10;

    public Experiment {
        EnumMap<Instrument, Integer> inOrder = new EnumMap<>(Instrument.class);
        instruments.forEach((instrument, interval) -> inOrder.put(instrument, instrument.require(interval)));
        if (EnvironmentKind.ofWord(data.name()).isPresent()) {
            inOrder.putIfAbsent(Instrument.RETURNS, RETURNS_EVERY);
        }
        if (feedback.ownMatrices()) {
            inOrder.putIfAbsent(Instrument.FEEDBACK, FEEDBACK_EVERY);
        } else if (inOrder.containsKey(Instrument.FEEDBACK)) {
            throw new BadInputException(
                    "instruments.feedback is set, but feedback.kind is exact, where the weights carry the "
                            + "error themselves; leave it out, or set feedback.kind to fixed, direct, mirror or kolen-pollack.");
        }
        if (synthetic.present()) {
            inOrder.putIfAbsent(Instrument.SYNTHETIC, SYNTHETIC_EVERY);
        }
        if (GraphSource.ofWord(data.name()).isPresent()) {
            inOrder.putIfAbsent(Instrument.VALIDATION, 1);
        }
        instruments = Collections.unmodifiableMap(inOrder);
        interventions = interventions.stream()
                .sorted(Comparator.comparingLong(PlannedChange::step)) // keeps the order of those at the same step
                .toList();
        for (PlannedChange change : interventions) {
            change.requireBefore(steps);
        }
        Field.BATCH_SIZE.require(batchSize);
        Field.STEPS.require(steps);
        Field.EVALUATE_EVERY.require(evaluateEvery);
        if (network.normalization() != Normalization.NONE && batchSize < 2) {
            throw new BadInputException("batchSize is 1, but batch normalisation needs at least 2 examples a batch; "
                    + "make batchSize larger or set network.normalization to none.");
        }
        if (decay.entry().needsAdam() && optimizer.kind() != OptimizerKind.ADAM) {
            throw new BadInputException("decay.entry is " + decay.entry() + ", which is defined under adam only, but "
                    + "optimizer.kind is " + optimizer.kind()
                    + "; use none, l2 or decoupled, or set optimizer.kind to adam.");
        }
        if (decay.layers() == DecayLayers.NORMALIZED && network.normalization() == Normalization.NONE) {
            throw new BadInputException("decay.layers is normalized, but network.normalization is none, so no layer "
                    + "would decay; use all or last, or set network.normalization to batch.");
        }
        if (EnvironmentKind.ofWord(data.name()).isPresent()) {
            requireToAct(agent, batchSize);
        } else {
            requireNotToAct(data, agent, instruments);
        }
        optimizer.curvature().requireFor(network, data, optimizer.kind(), decay, instruments);
        feedback.requireFor(
                data,
                network,
                optimizer,
                decay,
                EnvironmentKind.ofWord(data.name()).isPresent());
        decay.ball().requireFor(network, feedback.kind(), decay.transplant() != null);
        if (synthetic.present()) {
            requireParts(data, network, optimizer, feedback, synthetic);
            if (synthetic.unlocked()) {
                requireNothingOfTheWhole(decay, instruments);
            }
        } else {
            requireNoParts(synthetic, instruments);
        }
        GraphExperiments.require(data, network, optimizer, decay, feedback, synthetic, graph, instruments);
        if (decay.control() != null) {
            decay.control().requireFor(decay.entry(), optimizer.kind(), network.normalization());
        }
    }

    /** An experiment that is not on a graph, where the error travels by the weights. */
    public Experiment(
            DataSpec data,
            NetworkSpec network,
            OptimizerSpec optimizer,
            DecaySpec decay,
            AgentSpec agent,
            int batchSize,
            long steps,
            long seed,
            Precision precision,
            int evaluateEvery,
            Map<Instrument, Integer> instruments,
            List<PlannedChange> interventions) {
        this(
                data,
                network,
                optimizer,
                decay,
                agent,
                FeedbackSpec.defaults(),
                SyntheticSpec.defaults(),
                GraphSpec.defaults(),
                batchSize,
                steps,
                seed,
                precision,
                evaluateEvery,
                instruments,
                interventions);
    }

    /** The same on a data set, where nothing acts. */
    public Experiment(
            DataSpec data,
            NetworkSpec network,
            OptimizerSpec optimizer,
            DecaySpec decay,
            int batchSize,
            long steps,
            long seed,
            Precision precision,
            int evaluateEvery,
            Map<Instrument, Integer> instruments,
            List<PlannedChange> interventions) {
        this(
                data,
                network,
                optimizer,
                decay,
                AgentSpec.defaults(),
                FeedbackSpec.defaults(),
                SyntheticSpec.defaults(),
                GraphSpec.defaults(),
                batchSize,
                steps,
                seed,
                precision,
                evaluateEvery,
                instruments,
                interventions);
    }

    private static void requireToAct(AgentSpec agent, int batchSize) {
        if (agent.warmUp() < batchSize) {
            throw new BadInputException("agent.warmUp is " + agent.warmUp() + ", but batchSize is " + batchSize
                    + ", so the first mini-batch would have too few steps to draw from; make agent.warmUp larger.");
        }
    }

    private static void requireNotToAct(DataSpec data, AgentSpec agent, Map<Instrument, Integer> instruments) {
        String what = !agent.equals(AgentSpec.defaults())
                ? "agent"
                : instruments.containsKey(Instrument.RETURNS) ? "instruments.returns" : "";
        if (!what.isEmpty()) {
            throw new BadInputException(what + " is set, but data.name is " + data.name()
                    + ", where nothing acts; leave it out, or set data.name to one of "
                    + String.join(", ", EnvironmentKind.words()) + ".");
        }
    }

    private static void requireParts(
            DataSpec data,
            NetworkSpec network,
            OptimizerSpec optimizer,
            FeedbackSpec feedback,
            SyntheticSpec synthetic) {
        String at = "synthetic.at is " + synthetic.at() + ", but ";
        if (feedback.ownMatrices()) {
            throw new BadInputException(
                    at + "feedback.kind is " + feedback.kind()
                            + ", and the error can travel in one way alone; set feedback.kind to exact or synthetic.at to none.");
        }
        if (optimizer.curvature().isOn()) {
            throw new BadInputException(
                    at + "optimizer.curvature is " + optimizer.curvature().kind()
                            + ", whose factors are made of exact errors; set optimizer.curvature to none or synthetic.at to none.");
        }
        if (network.kind() != NetworkKind.MLP) {
            throw new BadInputException(
                    at + "network.kind is " + network.kind()
                            + ", and modules stand between dense layers alone; set network.kind to mlp or synthetic.at to none.");
        }
        if (EnvironmentKind.ofWord(data.name()).isPresent()) {
            throw new BadInputException(at + "data.name is " + data.name()
                    + ", where there are no labels for a module to read; use a data set or set synthetic.at to none.");
        }
    }

    private static void requireNothingOfTheWhole(DecaySpec decay, Map<Instrument, Integer> instruments) {
        Optional<String> whole = Stream.of(
                        Stream.of("decay.control").filter(field -> decay.control() != null),
                        Stream.of("decay.transplant").filter(field -> decay.transplant() != null),
                        Stream.of("decay.constraint")
                                .filter(field -> decay.ball().constraint() != Constraint.NONE),
                        instruments.keySet().stream()
                                .filter(Instrument.OF_THE_WHOLE::contains)
                                .map(instrument -> "instruments." + instrument))
                .flatMap(fields -> fields)
                .findFirst();
        if (whole.isPresent()) {
            throw new BadInputException(whole.get() + " is set, but synthetic.mode is unlocked, where the parts of the "
                    + "network are never at the same step; leave it out or set synthetic.mode to synchronous.");
        }
    }

    private static void requireNoParts(SyntheticSpec synthetic, Map<Instrument, Integer> instruments) {
        String what = !synthetic.equals(SyntheticSpec.defaults())
                ? "synthetic"
                : instruments.containsKey(Instrument.SYNTHETIC) ? "instruments.synthetic" : "";
        if (!what.isEmpty()) {
            throw new BadInputException(
                    what + " is set, but synthetic.at is none, so there is no module; leave it out, or "
                            + "set synthetic.at to middle or every.");
        }
    }

    /** The environment that it learns from; empty where it learns from a data set. */
    public Optional<EnvironmentKind> environment() {
        return EnvironmentKind.ofWord(data.name());
    }

    /** The graph whose nodes it classifies; empty where its data is none. */
    public Optional<GraphSource> onGraph() {
        return GraphSource.ofWord(data.name());
    }

    /** The experiment that a file with nothing in it describes: the lab's only defaults. */
    public static Experiment defaults() {
        return new Experiment(
                new DataSpec("proto", null, 1500, 2000, 0.15, 0, false, 0, CsvHeader.AUTO, "last", null),
                new NetworkSpec(NetworkKind.MLP, List.of(128, 64), 1, Activation.RELU, Normalization.BATCH, 1.0e-5),
                new OptimizerSpec(
                        OptimizerKind.HEAVY_BALL,
                        0.4,
                        0.9,
                        0.9,
                        0.999,
                        1.0e-8,
                        1,
                        new Schedule.Exponential(0.93, Every.EPOCH)),
                new DecaySpec(
                        DecayEntry.L2,
                        5.0e-3,
                        Gate.AUTO,
                        new Schedule.Constant(),
                        DecayLayers.ALL,
                        false,
                        false,
                        Coupling.LEARNING_RATE),
                50,
                1200,
                1,
                Precision.FLOAT,
                30,
                Map.of(),
                List.of());
    }

    /** The seed of the data: its own, or the run's. */
    public long dataSeed() {
        Long own = data.seed();
        return own == null ? seed : own;
    }

    /** How many buffers of the parameters' length the update keeps. */
    public int buffers() {
        return optimizer.rule().buffers() + decay.entry().buffers();
    }

    /** The same with another seed. */
    public Experiment withSeed(long other) {
        return copy(network, optimizer, decay, other, instruments, interventions);
    }

    /**
     * The same with a change made from its start.
     *
     * @throws BadInputException where that is no experiment
     */
    public Experiment with(Change change) {
        Tunable changed = change.in(Tunable.of(this));
        return copy(network, changed.optimizer(), changed.decay(), seed, instruments, interventions);
    }

    /** The same with other instruments. */
    public Experiment withInstruments(Map<Instrument, Integer> others) {
        return copy(network, optimizer, decay, seed, others, interventions);
    }

    /**
     * The same without decay, its layers rescaled to norms of another run.
     *
     * @throws BadInputException where that is no experiment
     */
    public Experiment withTransplant(TransplantSpec norms) {
        return copy(network, optimizer, decay.withTransplant(norms), seed, instruments, interventions);
    }

    /** The same with another network. */
    public Experiment withNetwork(NetworkSpec other) {
        return copy(other, optimizer, decay, seed, instruments, interventions);
    }

    /** The same with other interventions. */
    public Experiment withInterventions(List<PlannedChange> others) {
        return copy(network, optimizer, decay, seed, instruments, others);
    }

    private Experiment copy(
            NetworkSpec ofNetwork,
            OptimizerSpec ofOptimizer,
            DecaySpec ofDecay,
            long ofSeed,
            Map<Instrument, Integer> ofInstruments,
            List<PlannedChange> made) {
        return new Experiment(
                data,
                ofNetwork,
                ofOptimizer,
                ofDecay,
                agent,
                feedback,
                synthetic,
                graph,
                batchSize,
                steps,
                ofSeed,
                precision,
                evaluateEvery,
                ofInstruments,
                made);
    }

    /** The experiment in one line, for the foot of charts. */
    public String summary() {
        return summaryOfSeeds() + ", seed " + seed
                + (interventions.isEmpty() ? "" : ", interventions " + interventionsInWords());
    }

    /** What runs with different seeds have in common, in one line. */
    public String summaryOfSeeds() {
        return Stream.of(
                        dataInWords(),
                        networkInWords() + (feedback.ownMatrices() ? " with feedback " + feedback.kind() : ""),
                        optimizer.kind() + curvatureInWords() + " lr " + Shortest.of(optimizer.learningRate())
                                + inWords(optimizer.schedule()),
                        decayInWords(),
                        synthetic.present() ? synthetic.inWords() : "",
                        onGraph().isPresent() ? "full batch" : "batch " + batchSize)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private String curvatureInWords() {
        CurvatureSpec curvature = optimizer.curvature();
        return curvature.isOn() ? " K-FAC " + curvature.kind() + " damping " + Shortest.of(curvature.damping()) : "";
    }

    private String interventionsInWords() {
        return interventions.stream().map(PlannedChange::brief).collect(Collectors.joining(" "));
    }

    private String dataInWords() {
        if (environment().isPresent()) {
            return data.name();
        }
        List<String> details = new ArrayList<>();
        if (data.trainSize() != null) {
            details.add("n " + data.trainSize());
        }
        if (onGraph().isPresent() && graph.edgeNoise() > 0) {
            details.add("edge noise " + Shortest.of(graph.edgeNoise()));
        }
        if (data.labelNoise() > 0) {
            details.add("label noise " + Shortest.of(data.labelNoise()));
        }
        if (data.inputNoise() > 0) {
            details.add("input noise " + Shortest.of(data.inputNoise()));
        }
        if (data.flip()) {
            details.add("mirrored");
        }
        if (data.shift() > 0) {
            details.add("moved by up to " + data.shift());
        }
        return data.name() + (details.isEmpty() ? "" : " (" + String.join(", ", details) + ")");
    }

    private String networkInWords() {
        String widths = network.widths().stream().map(String::valueOf).collect(Collectors.joining("-"));
        String normalized =
                switch (network.normalization()) {
                    case NONE -> "";
                    case BATCH -> " with batch norm";
                    case BATCH_AFFINE -> " with affine batch norm";
                };
        return (onGraph().isPresent() ? graph.method() + " on " : "") + network.kind() + " " + widths + normalized;
    }

    /** What is done with decay, and with the ball where there is one, in a few words. */
    public String decayInWords() {
        BallSpec ball = decay.ball();
        String within = ball.constraint() == Constraint.NONE
                ? ""
                : ", " + ball.constraint() + " at most " + Shortest.of(ball.radius());
        return softInWords() + within;
    }

    private String softInWords() {
        if (decay.entry() == DecayEntry.NONE) {
            return decay.transplant() == null ? "no decay" : "no decay, with norms of another run";
        }
        ControlSpec control = decay.control();
        String auto = control == null
                ? inWords(decay.schedule())
                : " chosen to hold " + control.quantity() + " " + Shortest.of(control.target())
                        + inWords(control.schedule());
        String when = decay.gate() == Gate.AUTO ? auto : ", gate starts " + decay.gate();
        String chosen = decay.layers() instanceof DecayLayers.Named named
                ? String.join("+", named.names())
                : decay.layers() + "";
        String where = decay.layers() == DecayLayers.ALL ? "" : " on " + (chosen.isEmpty() ? "no" : chosen) + " layers";
        return "decay " + decay.entry() + " lambda " + Shortest.of(decay.lambda()) + where + when;
    }

    /** What follows the base; nothing where the factor is always 1. */
    private static String inWords(Schedule schedule) {
        if (schedule instanceof Schedule.Window window) {
            return " from step " + window.from() + (window.to() == null ? "" : " to " + window.to());
        }
        if (schedule instanceof Schedule.Exponential exponential) {
            return " x " + Shortest.of(exponential.factor()) + " each " + exponential.every();
        }
        if (schedule instanceof Schedule.Piecewise) {
            return " in steps";
        }
        if (schedule instanceof Schedule.Cosine) {
            return " with cosine";
        }
        return schedule instanceof Schedule.Drawn ? " as drawn" : "";
    }
}
