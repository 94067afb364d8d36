package decaylab.ui.tour;

import decaylab.ui.run.LabSession;
import decaylab.ui.run.RunEntry;
import java.util.Locale;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Which step of the tour is on. It goes by what the run has logged, so that it goes on when the student has really done
 * something, by whatever key or button; and whoever flips the switch at once has arrived.
 */
public final class Tour {
    /** So many steps there is something to watch, or so long where a machine is slow. */
    private static final long WATCHED = 1500;

    private static final long WATCHED_NANOS = 4_000_000_000L;

    /** The tour's steps. */
    public enum Step {
        /** Start the run. */
        PLAY,
        /** See the norm fall and settle. */
        WATCH,
        /** Switch decay off. */
        FLIP,
        /** It has been done. */
        OVER;

        /** Key of its words. */
        public String key() {
            return "tour." + name().toLowerCase(Locale.ROOT);
        }
    }

    private final LabSession session;
    private final BooleanProperty seen;
    private final ReadOnlyObjectWrapper<@Nullable Step> step = new ReadOnlyObjectWrapper<>();
    private @Nullable RunEntry watched;
    private long rowsBefore;
    private int flipsBefore;
    private long watchedSince;

    /** @param seen becomes true once the tour is over, or was skipped */
    public Tour(LabSession session, BooleanProperty seen) {
        this.session = session;
        this.seen = seen;
    }

    /** The step that is on; null where there is no tour. */
    public ReadOnlyObjectProperty<@Nullable Step> step() {
        return step.getReadOnlyProperty();
    }

    /** Begins, unless it was seen before. */
    public void offer() {
        if (!seen.get()) {
            begin();
        }
    }

    /** Begins, again where it was seen. */
    public void begin() {
        watch(session.current().get());
        step.set(Step.PLAY);
    }

    /** Ends, wherever it is; it does not come by itself again. */
    public void end() {
        seen.set(true);
        step.set(null);
    }

    /** Gives way to something else that was opened; it is offered again at the next start. */
    public void putOff() {
        step.set(null);
    }

    /** Ends it at the student's wish. False where there is none. */
    public boolean dismiss() {
        boolean there = step.get() != null;
        if (there) {
            end();
        }
        return there;
    }

    /**
     * Once a frame: looks what the student has done.
     *
     * @param nanos the frame's time
     */
    public void pulse(long nanos) {
        Step now = step.get();
        RunEntry run = session.current().get();
        if (now == null || now == Step.OVER || run == null) {
            return;
        }
        if (run != watched) { // rewound, started anew: what was done before it counts no more
            watch(run);
        }
        long done = run.log().rows() - rowsBefore;
        if (flips(run) > flipsBefore && done > 0) { // a switch shows nothing before there are steps
            seen.set(true);
            step.set(Step.OVER);
            return;
        }
        if (now == Step.PLAY && done > 0) {
            watchedSince = nanos;
            step.set(Step.WATCH);
        } else if (now == Step.WATCH) {
            boolean slow = nanos - watchedSince >= WATCHED_NANOS;
            if (slow || done >= WATCHED || run.state().ended()) {
                step.set(Step.FLIP);
            }
        }
    }

    private void watch(@Nullable RunEntry run) {
        watched = run;
        rowsBefore = run == null ? 0 : run.log().rows();
        flipsBefore = run == null ? 0 : flips(run);
    }

    private static int flips(RunEntry run) {
        return (int) run.interventions().stream()
                .filter(made -> made.what().equals("decay"))
                .count();
    }
}
