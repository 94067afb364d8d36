package decaylab.ui.feedback;

import decaylab.experiment.FeedbackKind;
import decaylab.instrument.SampleLog;
import decaylab.train.Alignment;
import decaylab.train.FeedbackScene;
import decaylab.train.LiveRun;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** W and B^T of a layer of the current run, pulled once a frame, and how near they are. */
public final class FeedbackModel {
    private final LabSession session;
    private final Texts texts;
    private final ReadOnlyBooleanWrapper available = new ReadOnlyBooleanWrapper();
    private final ObservableList<String> layers = FXCollections.observableArrayList();
    private final StringProperty layer = new SimpleStringProperty(this, "layer", "");
    private final ReadOnlyObjectWrapper<FeedbackScene.@Nullable Pair> pair = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper caption = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper waiting = new ReadOnlyStringWrapper("");
    private @Nullable FeedbackScene shown;

    public FeedbackModel(LabSession session, Texts texts) {
        this.session = session;
        this.texts = texts;
        session.current().addListener((observable, before, now) -> look(now));
        layer.addListener((observable, before, now) -> {
            FeedbackScene scene = shown;
            if (scene != null) {
                show(scene);
            }
        });
        look(session.current().get());
    }

    private void look(@Nullable RunEntry entry) {
        available.set(entry != null && entry.experiment().feedback().ownMatrices());
    }

    /** Whether the current run has matrices of its own for the error. */
    public ReadOnlyBooleanProperty available() {
        return available.getReadOnlyProperty();
    }

    /** The layers to choose from. */
    public ObservableList<String> layers() {
        return layers;
    }

    /** The one that is shown; the first until somebody chooses. */
    public StringProperty layer() {
        return layer;
    }

    /** What is to be drawn; null where there is nothing. */
    public ReadOnlyObjectProperty<FeedbackScene.@Nullable Pair> pair() {
        return pair.getReadOnlyProperty();
    }

    /** How near both are, in words; empty where there is nothing. */
    public ReadOnlyStringProperty caption() {
        return caption.getReadOnlyProperty();
    }

    /** How to read the picture, and what decay does. */
    public ReadOnlyStringProperty note() {
        return note.getReadOnlyProperty();
    }

    /** Why nothing is drawn; empty where something is. */
    public ReadOnlyStringProperty waiting() {
        return waiting.getReadOnlyProperty();
    }

    /** Reads the current run. */
    public void pulse() {
        RunEntry entry = session.current().get();
        LiveRun run = entry == null ? null : entry.live().orElse(null);
        if (entry == null || !available.get()) {
            nothing("feedback.none");
        } else if (run == null) {
            nothing("feedback.stored");
        } else {
            FeedbackScene scene = run.feedback().orElse(null);
            if (scene == null) {
                nothing("feedback.waiting");
            } else if (!scene.equals(shown)) {
                shown = scene;
                note.set(texts.of(noteOf(entry.experiment().feedback().kind())));
                show(scene);
            }
        }
    }

    private static String noteOf(FeedbackKind kind) {
        return switch (kind) {
            case KOLEN_POLLACK -> "feedback.noteFollows";
            case MIRROR -> "feedback.noteMirror";
            case FIXED, EXACT -> "feedback.noteFixed";
            case DIRECT -> "feedback.noteDirect";
        };
    }

    private void nothing(String key) {
        shown = null;
        pair.set(null);
        caption.set("");
        note.set("");
        waiting.set(texts.of(key));
    }

    private void show(FeedbackScene scene) {
        List<String> names =
                scene.layers().stream().map(FeedbackScene.Pair::layer).toList();
        if (!layers.equals(names)) {
            String before = layer.get();
            layers.setAll(names);
            layer.set(names.contains(before) ? before : names.get(0));
        }
        FeedbackScene.Pair now = scene.layers().get(Math.max(0, names.indexOf(layer.get())));
        waiting.set("");
        caption.set(words(scene.update(), now));
        pair.set(now);
    }

    private String words(long update, FeedbackScene.Pair of) {
        Alignment figures = of.figures();
        String angle = Numbers.rounded(figures.angle(), 3);
        String ratio = Numbers.rounded(figures.ratio(), 3);
        String said = SampleLog.isEmpty(figures.line())
                ? texts.of("feedback.caption", Numbers.count(update), angle, ratio)
                : texts.of(
                        "feedback.captionLine",
                        Numbers.count(update),
                        angle,
                        ratio,
                        Numbers.rounded(figures.line(), 3));
        boolean all = of.everyUnit() == 1 && of.everyInput() == 1;
        return all
                ? said
                : said + " " + texts.of("feedback.part", Numbers.count(of.everyUnit()), Numbers.count(of.everyInput()));
    }
}
