package decaylab.ui.run;

import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.data.DataSet;
import decaylab.train.LiveRun;
import decaylab.train.Predictor;
import decaylab.train.RunState;
import decaylab.train.Snapshot;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The decision regions of the current run, where its data lies in a plane. The training thread only copies its parameters;
 * the picture is computed on a worker, one at a time, a few times a second, and only when steps were done since the last.
 */
public final class DecisionRegions {
    private static final int SIDE = 100;
    private static final long LEAST_NANOS = 120_000_000L;

    private final LabSession session;
    private final Executor worker;
    private final Executor window;
    private final ReadOnlyBooleanWrapper meaningful = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable RegionPicture> picture = new ReadOnlyObjectWrapper<>();
    private boolean busy;
    private long lastAsked;
    private @Nullable RunEntry pictured;

    // Of the worker alone.
    private @Nullable Predictor predictor;
    private @Nullable LiveRun predicted;

    /**
     * @param worker one thread, where pictures are computed
     * @param window where they are taken
     */
    public DecisionRegions(LabSession session, Executor worker, Executor window) {
        this.session = session;
        this.worker = worker;
        this.window = window;
    }

    /** Whether the current run's data lies in a plane. */
    public ReadOnlyBooleanProperty meaningful() {
        return meaningful.getReadOnlyProperty();
    }

    /** The latest picture of the current run; null until there is one. */
    public ReadOnlyObjectProperty<@Nullable RegionPicture> picture() {
        return picture.getReadOnlyProperty();
    }

    /**
     * Asks for another picture where one is due.
     *
     * @param now nanoseconds
     * @param theme whose colours it takes
     */
    public void pulse(long now, Theme theme) {
        RunEntry entry = session.current().get();
        if (entry != pictured) {
            pictured = entry;
            picture.set(null);
        }
        LiveRun run = entry == null ? null : entry.live().orElse(null);
        DataSet data = run == null ? null : run.data().orElse(null);
        if (entry == null || run == null || data == null || !Plane.holds(data)) {
            boolean mayCome = entry != null
                    && data == null
                    && entry.experiment().environment().isEmpty();
            meaningful.set(mayCome && meaningful.get());
            return;
        }
        meaningful.set(true);
        RegionPicture last = picture.get();
        RunState state = run.status().state();
        boolean fresh = last != null && last.step() == run.status().step() && last.theme() == theme;
        if (busy || fresh || now - lastAsked < LEAST_NANOS || state == RunState.PREPARING || state.ended()) {
            return;
        }
        busy = true;
        lastAsked = now;
        var unused = run.snapshot()
                .thenApplyAsync(snapshot -> paint(run, snapshot, data, theme), worker)
                .whenCompleteAsync(
                        (made, problem) -> {
                            busy = false; // a run that ended before it answered leaves the last picture
                            if (made != null && pictured == entry) {
                                picture.set(made);
                            }
                        },
                        window);
    }

    private RegionPicture paint(LiveRun run, Snapshot snapshot, DataSet data, Theme theme) {
        Plane plane = Plane.around(data);
        float[] probabilities = predictor(run, snapshot).probabilities(snapshot, plane.grid(SIDE), SIDE * SIDE);
        return new RegionPicture(
                SIDE, colours(probabilities, data.classes(), theme), plane, data, snapshot.step(), theme);
    }

    private Predictor predictor(LiveRun run, Snapshot snapshot) {
        Predictor have = predictor;
        if (have != null && predicted == run) {
            return have;
        }
        if (have != null) {
            have.close();
        }
        Predictor made = new Predictor(snapshot.experiment(), snapshot.task());
        predictor = made;
        predicted = run;
        return made;
    }

    /** The classes' colours, mixed as the network hesitates between them; grey where it has no finite answer. */
    static int[] colours(float[] probabilities, int classes, Theme theme) {
        int[] argb = new int[probabilities.length / classes];
        for (int i = 0; i < argb.length; i++) {
            double red = 0;
            double green = 0;
            double blue = 0;
            for (int c = 0; c < classes; c++) {
                int rgb = Palette.colour(c, theme);
                double share = probabilities[i * classes + c];
                red += share * (rgb >> 16 & 0xFF);
                green += share * (rgb >> 8 & 0xFF);
                blue += share * (rgb & 0xFF);
            }
            boolean finite = Double.isFinite(red + green + blue);
            argb[i] = finite ? 0xFF000000 | channel(red) << 16 | channel(green) << 8 | channel(blue) : 0xFF808080;
        }
        return argb;
    }

    private static int channel(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }
}
