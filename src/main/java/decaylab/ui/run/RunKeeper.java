package decaylab.ui.run;

import decaylab.store.LabFolder;
import decaylab.store.RunFacts;
import decaylab.store.RunFolder;
import decaylab.store.RunFolder.StoredRun;
import decaylab.store.RunRecorder;
import decaylab.store.Summary;
import decaylab.train.LiveRun;
import decaylab.train.RunStatus;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Notices;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every run that trains in the window in the lab's folder, from its first own step on. Files are written elsewhere; for
 * the window's thread.
 */
public final class RunKeeper {
    private final LabFolder lab;
    private final BackgroundTasks tasks;
    private final Notices notices;
    private final Map<RunEntry, Kept> kept = new HashMap<>();

    /** What is written of one run; the recorder is the writing thread's. */
    private static final class Kept {
        private volatile @Nullable RunRecorder recorder;
        private volatile @Nullable Path folder;
        private boolean finishing;
        private volatile boolean failureTold;
    }

    /**
     * @param tasks writes, one task after the other
     * @param notices told where a run cannot be kept
     */
    public RunKeeper(LabFolder lab, BackgroundTasks tasks, Notices notices) {
        this.lab = lab;
        this.tasks = tasks;
        this.notices = notices;
    }

    /** Begins to keep runs that have begun, and finishes those that have ended. */
    public void pulse(Collection<RunEntry> runs) {
        for (RunEntry run : runs) {
            run.live()
                    .filter(live -> !kept.containsKey(run) && run.log().rows() > ownFrom(run))
                    .ifPresent(live -> begin(run, live));
        }
        kept.values().forEach(this::tellFailure);
        kept.forEach((run, state) -> run.live()
                .filter(live -> !state.finishing && live.status().state().ended() && !live.measuring())
                .ifPresent(live -> finish(run, state, live)));
    }

    /** Says once of each run that it can no longer be kept; it trains on. */
    private void tellFailure(Kept state) {
        RunRecorder recorder = state.recorder;
        if (recorder != null && !state.failureTold) {
            recorder.failure().ifPresent(failed -> {
                state.failureTold = true;
                notices.warn(String.valueOf(failed.getMessage()));
            });
        }
    }

    private static long ownFrom(RunEntry run) {
        return run.stored().map(before -> before.log().rows()).orElse(run.fork());
    }

    private void begin(RunEntry run, LiveRun live) {
        Kept state = new Kept();
        kept.put(run, state);
        String name = run.name();
        run.nameProperty().addListener((observable, old, now) -> rename(state, now));
        Kept parent = run.parent().map(kept::get).orElse(null);
        StoredRun before = run.stored().orElse(null);
        long fork = run.fork();
        tasks.run(
                () -> {
                    RunRecorder recorder;
                    if (before != null) {
                        recorder = RunRecorder.resume(before, live);
                    } else {
                        Path parentFolder = parent == null ? null : parent.folder;
                        RunFacts facts = RunFacts.now(
                                name,
                                parentFolder == null
                                        ? null
                                        : new RunFacts.Parent(String.valueOf(parentFolder.getFileName()), fork),
                                live.planned());
                        recorder = RunRecorder.create(
                                lab.newRun(LabFolder.folderName(
                                        name + "-seed" + run.experiment().seed())),
                                run.experiment(),
                                facts,
                                live);
                    }
                    state.recorder = recorder;
                    state.folder = recorder.folder();
                    return recorder;
                },
                recorder -> {},
                notices::warn);
    }

    private void rename(Kept state, String name) {
        tasks.run(
                () -> {
                    Path folder = state.folder;
                    if (folder != null) {
                        RunFolder.rename(folder, name);
                    }
                    return name;
                },
                done -> {},
                notices::warn);
    }

    private void finish(RunEntry run, Kept state, LiveRun live) {
        state.finishing = true;
        RunStatus end = live.status();
        tasks.run(
                () -> {
                    finish(run, state, live, end);
                    return run;
                },
                done -> {},
                notices::warn);
    }

    private void finish(RunEntry run, Kept state, LiveRun live, RunStatus end) {
        RunRecorder recorder = state.recorder;
        if (recorder == null) {
            return; // it could not be begun, which was told
        }
        try (recorder) {
            if (state.failureTold) {
                return; // it counts as interrupted
            }
            recorder.finish(Summary.of(
                    end.state(),
                    run.experiment(),
                    live.log(),
                    end.problem(),
                    live.trainingSeconds(),
                    live.log().rows() - ownFrom(run)));
        }
    }
}
