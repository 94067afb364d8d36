package decaylab.ui.run;

import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.Map;
import java.util.WeakHashMap;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** The second line of each run in the list: seed, steps and state. */
public final class RunDetails {
    private final LabSession session;
    private final Texts texts;
    private final Map<RunEntry, ReadOnlyStringWrapper> lines = new WeakHashMap<>();

    public RunDetails(LabSession session, Texts texts) {
        this.session = session;
        this.texts = texts;
    }

    /** A run's line. */
    public ReadOnlyStringProperty of(RunEntry run) {
        return line(run).getReadOnlyProperty();
    }

    /** Brings all lines up to date. */
    public void pulse() {
        session.runs().forEach(run -> line(run).set(text(run)));
    }

    private ReadOnlyStringWrapper line(RunEntry run) {
        return lines.computeIfAbsent(run, key -> new ReadOnlyStringWrapper(text(key)));
    }

    private String text(RunEntry run) {
        return texts.of(
                "runs.detail",
                Long.toString(run.experiment().seed()),
                Numbers.count(run.log().rows()),
                StatusModel.stateText(texts, run.state()).toLowerCase(java.util.Locale.ROOT));
    }
}
