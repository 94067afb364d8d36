package decaylab.ui.world;

import decaylab.environment.EnvironmentKind;
import decaylab.train.GreedyPlay;
import decaylab.train.LiveRun;
import decaylab.train.Policy;
import decaylab.train.Scene;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the environment of the current run looks like: as it is while the run learns, pulled once a frame, or as the best policy
 * plays it on a copy, episode after episode.
 */
public final class WorldModel {
    /** Between two steps of the best policy: the cart's own time, and a grid's at a pace to be followed. */
    private static final long CART_NANOS = 20_000_000L;

    private static final long GRID_NANOS = 350_000_000L;

    /** The last state of an episode is held. */
    private static final long PAUSE_NANOS = 800_000_000L;

    private final LabSession session;
    private final BackgroundTasks tasks;
    private final Notices notices;
    private final Texts texts;
    private final ReadOnlyObjectWrapper<@Nullable Scene> scene = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper caption = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper values = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper waiting = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper bestKnown = new ReadOnlyBooleanWrapper();
    private final BooleanProperty showingBest = new SimpleBooleanProperty(this, "showingBest");
    private @Nullable RunEntry shown;
    private @Nullable Episode episode;
    private boolean busy;
    private long episodes;

    /** An episode of the best policy, and when its first state was shown. */
    private record Episode(Policy policy, List<Scene> scenes, long start) {}

    /** @param tasks where episodes are played, one at a time */
    public WorldModel(LabSession session, BackgroundTasks tasks, Notices notices, Texts texts) {
        this.session = session;
        this.tasks = tasks;
        this.notices = notices;
        this.texts = texts;
        showingBest.addListener((observable, before, now) -> episode = null);
    }

    /** What is to be drawn; null where there is nothing. */
    public ReadOnlyObjectProperty<@Nullable Scene> scene() {
        return scene.getReadOnlyProperty();
    }

    /** What it is, in words; empty where there is nothing. */
    public ReadOnlyStringProperty caption() {
        return caption.getReadOnlyProperty();
    }

    /** What the values of the actions are, or how to read them. */
    public ReadOnlyStringProperty values() {
        return values.getReadOnlyProperty();
    }

    /** Why nothing is drawn; empty where something is. */
    public ReadOnlyStringProperty waiting() {
        return waiting.getReadOnlyProperty();
    }

    /** Whether there is a best policy to show. */
    public ReadOnlyBooleanProperty bestKnown() {
        return bestKnown.getReadOnlyProperty();
    }

    /** Whether the best policy plays instead of the one that learns. */
    public BooleanProperty showingBest() {
        return showingBest;
    }

    /**
     * Reads the current run.
     *
     * @param now nanoseconds
     */
    public void pulse(long now) {
        RunEntry entry = session.current().get();
        if (entry != shown) {
            shown = entry;
            episode = null;
        }
        LiveRun run = entry == null ? null : entry.live().orElse(null);
        Optional<Policy> best = run == null ? Optional.empty() : run.best();
        bestKnown.set(best.isPresent());
        if (entry == null || entry.experiment().environment().isEmpty()) {
            nothing("world.none");
        } else if (run == null) {
            nothing("world.stored");
        } else if (showingBest.get() && best.isPresent()) {
            play(best.get(), now);
        } else {
            run.scene().ifPresentOrElse(this::learning, () -> nothing("world.waiting"));
        }
    }

    private void nothing(String key) {
        scene.set(null);
        caption.set("");
        values.set("");
        waiting.set(texts.of(key));
    }

    private void learning(Scene now) {
        show(
                now,
                texts.of(
                        "world.learning",
                        Numbers.count(now.update()),
                        Numbers.count(now.episode() + 1),
                        Numbers.count(now.stepOfEpisode()),
                        Numbers.rounded(now.earned(), 3)));
    }

    private void play(Policy best, long now) {
        Episode playing = episode;
        if (playing == null) {
            prepare(best);
            return;
        }
        long each = playing.scenes.get(0).kind() == EnvironmentKind.CART_POLE ? CART_NANOS : GRID_NANOS;
        int last = playing.scenes.size() - 1;
        Episode begun = playing.start < 0 ? new Episode(playing.policy, playing.scenes, now) : playing;
        episode = begun;
        long passed = now - begun.start;
        Scene at = begun.scenes.get((int) Math.min(last, passed / each));
        show(
                at,
                texts.of(
                        "world.playing",
                        Numbers.count(begun.policy.step()),
                        Numbers.rounded(begun.policy.meanReturn(), 3),
                        Numbers.count(at.stepOfEpisode()),
                        Numbers.rounded(at.earned(), 3)));
        if (passed > last * each + PAUSE_NANOS) {
            prepare(best);
        }
    }

    /** Has the next episode played; what is shown stays until it is there. */
    private void prepare(Policy best) {
        if (busy) {
            return;
        }
        busy = true;
        RunEntry of = shown;
        long number = episodes++;
        tasks.run(
                () -> GreedyPlay.episode(best, number),
                scenes -> {
                    busy = false;
                    if (shown == of && showingBest.get()) {
                        episode = new Episode(best, scenes, -1);
                    }
                },
                sentence -> {
                    busy = false;
                    showingBest.set(false);
                    notices.warn(sentence);
                });
    }

    private void show(Scene now, String words) {
        waiting.set("");
        caption.set(words);
        values.set(
                now.kind() == EnvironmentKind.CART_POLE
                        ? texts.of(
                                "world.pushes",
                                Numbers.rounded(now.values().get(0), 3),
                                Numbers.rounded(now.values().get(1), 3))
                        : texts.of("world.cells"));
        scene.set(now);
    }
}
