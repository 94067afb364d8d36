package decaylab.ui.graph;

import decaylab.data.DataSet;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.GraphMethod;
import decaylab.experiment.GraphSpec;
import decaylab.experiment.Propagated;
import decaylab.graph.Equivalence;
import decaylab.graph.GraphLayout;
import decaylab.graph.NodeGraph;
import decaylab.train.Checkpoint;
import decaylab.train.DataSource;
import decaylab.train.LiveRun;
import decaylab.train.NodeLook;
import decaylab.train.NodePredictor;
import decaylab.train.RunState;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.jspecify.annotations.Nullable;

/**
 * The graph of the current run: what is told of its nodes, looked at a few times a second away from the training, and how labels
 * flow over it hop by hop. Noise in edges and labels is of the data, so that other noise is another run.
 */
public final class GraphModel {
    private static final long LEAST_NANOS = 200_000_000L;

    /** Noise that nobody changed for so long is meant. */
    private static final long SETTLED_NANOS = 400_000_000L;

    private final LabSession session;
    private final DataSource data;
    private final BackgroundTasks looking;
    private final BiConsumer<Experiment, String> starter;
    private final Texts texts;
    private final ExperimentYaml yaml = new ExperimentYaml();

    private final ReadOnlyBooleanWrapper meaningful = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable GraphPicture> picture = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper caption = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper hopText = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper identity = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper waiting = new ReadOnlyStringWrapper("");
    private final ReadOnlyIntegerWrapper hops = new ReadOnlyIntegerWrapper(1);
    private final BooleanProperty hopByHop = new SimpleBooleanProperty(this, "hopByHop");
    private final IntegerProperty hop = new SimpleIntegerProperty(this, "hop");
    private final DoubleProperty edgeNoise = new SimpleDoubleProperty(this, "edgeNoise");
    private final DoubleProperty labelNoise = new SimpleDoubleProperty(this, "labelNoise");

    private @Nullable RunEntry shown;
    private boolean busy;
    private long lastLook;
    private long lookedAtRows = -1;
    private boolean noiseMoved;
    private long noiseSince = -1;
    private boolean following;

    // Of the looking thread alone.
    private @Nullable RunEntry looked;
    private @Nullable NodePredictor predictor;
    private @Nullable NodeGraph laidOut;
    private @Nullable GraphLayout layout;
    private List<int[]> flow = List.of();

    /**
     * @param data where the data of stored runs comes from
     * @param looking where looks are taken, one at a time
     * @param starter starts an experiment under a name
     */
    public GraphModel(
            LabSession session,
            DataSource data,
            BackgroundTasks looking,
            BiConsumer<Experiment, String> starter,
            Texts texts) {
        this.session = session;
        this.data = data;
        this.looking = looking;
        this.starter = starter;
        this.texts = texts;
        hop.addListener((observable, before, now) -> describe());
        hopByHop.addListener((observable, before, now) -> describe());
        edgeNoise.addListener((observable, before, now) -> noise());
        labelNoise.addListener((observable, before, now) -> noise());
    }

    /** Whether the current run is on a graph. */
    public ReadOnlyBooleanProperty meaningful() {
        return meaningful.getReadOnlyProperty();
    }

    /** What is drawn; null where there is nothing yet. */
    ReadOnlyObjectProperty<@Nullable GraphPicture> picture() {
        return picture.getReadOnlyProperty();
    }

    /** What it is, in words. */
    public ReadOnlyStringProperty caption() {
        return caption.getReadOnlyProperty();
    }

    /** Which hop is shown of how many. */
    public ReadOnlyStringProperty hopText() {
        return hopText.getReadOnlyProperty();
    }

    /** The theorem in numbers, or why it does not hold. */
    public ReadOnlyStringProperty identity() {
        return identity.getReadOnlyProperty();
    }

    /** Why nothing is drawn; empty where something is. */
    public ReadOnlyStringProperty waiting() {
        return waiting.getReadOnlyProperty();
    }

    /** How many hops there are, at least 1. */
    public ReadOnlyIntegerProperty hops() {
        return hops.getReadOnlyProperty();
    }

    /** Whether labels are shown as they flow, instead of what the run says. */
    public BooleanProperty hopByHop() {
        return hopByHop;
    }

    /** After how many hops. */
    public IntegerProperty hop() {
        return hop;
    }

    /** Fraction of the edges that are rewired; another one starts another run. */
    public DoubleProperty edgeNoise() {
        return edgeNoise;
    }

    /** Probability with which a label is redrawn; another one starts another run. */
    public DoubleProperty labelNoise() {
        return labelNoise;
    }

    /** The classes that are drawn, of the run or of the hop. */
    int[] told(GraphPicture of) {
        return hopByHop.get()
                ? of.hops().get(Math.min(hop.get(), of.hops().size() - 1))
                : of.look().classes();
    }

    private void noise() {
        if (!following) {
            noiseMoved = true;
            noiseSince = -1;
        }
    }

    /** Notices whether the current run is on a graph; cheap, for every frame. */
    public void follow() {
        RunEntry entry = session.current().get();
        meaningful.set(entry != null && entry.experiment().onGraph().isPresent());
    }

    /**
     * Looks again where there is something new.
     *
     * @param now nanoseconds
     */
    public void pulse(long now) {
        RunEntry entry = session.current().get();
        if (entry != shown) {
            show(entry);
        }
        if (entry == null || entry.experiment().onGraph().isEmpty()) {
            nothing("graph.none");
            return;
        }
        startWhatIsMeant(entry, now);
        long rows = entry.log().rows();
        if (entry.state() == RunState.FAILED && picture.get() == null) {
            nothing("graph.failed");
            return;
        }
        if (rows == 0 && picture.get() == null) {
            nothing("graph.waiting");
        }
        if (busy || rows == 0 || rows == lookedAtRows || now - lastLook < LEAST_NANOS) {
            return;
        }
        busy = true;
        lookedAtRows = rows;
        lastLook = now;
        looking.run(
                () -> look(entry),
                taken -> {
                    busy = false;
                    if (shown == entry) {
                        taken.ifPresent(this::take);
                    }
                },
                problem -> {
                    busy = false;
                    waiting.set(problem);
                });
    }

    private void show(@Nullable RunEntry entry) {
        shown = entry;
        lookedAtRows = -1;
        picture.set(null);
        caption.set("");
        identity.set("");
        if (entry != null && entry.experiment().onGraph().isPresent()) {
            GraphSpec spec = entry.experiment().graph();
            hops.set(Math.max(1, spec.hops()));
            hop.set(Math.min(hop.get(), spec.hops()));
            following = true;
            edgeNoise.set(spec.edgeNoise());
            labelNoise.set(entry.experiment().data().labelNoise());
            following = false;
            noiseMoved = false;
        }
    }

    private void nothing(String key) {
        picture.set(null);
        caption.set("");
        identity.set("");
        waiting.set(texts.of(key));
    }

    /** Starts the run that the noise asks for, once nobody has moved it for a while. */
    private void startWhatIsMeant(RunEntry entry, long now) {
        if (!noiseMoved) {
            return;
        }
        if (noiseSince < 0) {
            noiseSince = now;
        }
        if (now - noiseSince < SETTLED_NANOS) {
            return;
        }
        noiseMoved = false;
        String edges = hundredths(edgeNoise.get());
        String labels = hundredths(labelNoise.get());
        Experiment other = yaml.with(
                entry.experiment().withInterventions(List.of()),
                Map.of("graph.edgeNoise", edges, "data.labelNoise", labels));
        if (!other.equals(entry.experiment())) {
            starter.accept(other, texts.name("graph.runName", edges, labels));
        }
    }

    private static String hundredths(double value) {
        return Numbers.exact(Math.round(100 * value) / 100.0);
    }

    private void take(GraphPicture taken) {
        waiting.set("");
        picture.set(taken);
        describe();
        identity.set(identityOf(taken.look()));
    }

    private void describe() {
        hopText.set(texts.of("graph.hop", Numbers.count(hop.get()), Numbers.count(hops.get())));
        GraphPicture now = picture.get();
        if (now == null) {
            return;
        }
        int[] told = told(now);
        int tests = now.graph().test().length;
        int right = now.right(told);
        String share = Numbers.rounded(100.0 * right / tests, 3);
        if (hopByHop.get()) {
            int silent = 0;
            for (int each : told) {
                silent += each < 0 ? 1 : 0;
            }
            caption.set(
                    texts.of("graph.spread", Numbers.count(right), Numbers.count(tests), share, Numbers.count(silent)));
        } else {
            caption.set(texts.of(
                    "graph.told", Numbers.count(now.look().step()), Numbers.count(right), Numbers.count(tests), share));
        }
    }

    private String identityOf(NodeLook look) {
        RunEntry entry = shown;
        Equivalence found = look.equivalence().orElse(null);
        if (entry == null || entry.experiment().graph().method() == GraphMethod.LABEL_PROPAGATION) {
            return texts.of("graph.nothingTrained");
        }
        if (found == null) {
            return texts.of("graph.tooLarge");
        }
        GraphSpec spec = entry.experiment().graph();
        boolean logits = spec.method().propagatesPredictions() && spec.propagate() == Propagated.LOGITS;
        return texts.of(
                logits ? "graph.identityOfLogits" : "graph.identity",
                Numbers.rounded(found.probabilities(), 2),
                Numbers.rounded(found.logits(), 2),
                Numbers.rounded(found.rowSums(), 2));
    }

    // On the looking thread.

    private Optional<GraphPicture> look(RunEntry entry) {
        DataSet set = entry.live().flatMap(LiveRun::data).orElseGet(() -> data.load(entry.experiment()));
        NodeGraph graph = set.graph();
        if (graph == null) {
            return Optional.empty();
        }
        NodePredictor have = predictor;
        if (have == null || looked != entry) {
            have = NodePredictor.of(entry.experiment(), set);
            predictor = have;
            looked = entry;
            flow = have.hops();
        }
        GraphLayout places = layoutOf(graph);
        Checkpoint newest = newest(entry).orElse(null);
        return newest == null
                ? Optional.empty()
                : Optional.of(new GraphPicture(graph, places, have.look(newest.step(), newest.parameters()), flow));
    }

    @SuppressWarnings("ReferenceEquality") // the very same graph, not one that is as large
    private GraphLayout layoutOf(NodeGraph graph) {
        GraphLayout have = layout;
        if (have == null || laidOut != graph) {
            have = GraphLayout.of(graph.edges(), graph.nodes());
            layout = have;
            laidOut = graph;
        }
        return have;
    }

    private static Optional<Checkpoint> newest(RunEntry entry) {
        try {
            return entry.newest();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
