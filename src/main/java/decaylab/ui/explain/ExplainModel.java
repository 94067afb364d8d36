package decaylab.ui.explain;

import decaylab.chart.ChartKind;
import decaylab.train.RunState;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import decaylab.ui.chart.ChartOverlay;
import decaylab.ui.chart.ChartRun;
import decaylab.ui.run.LabSession;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Says what the current run is doing at its present step, and shades on the charts the steps that it tells of. */
public final class ExplainModel {
    /** What the styles of its shades begin with. */
    private static final String STYLE = "moment-";

    private final LabSession session;
    private final ChartBoard board;
    private final BiConsumer<ChartRun, Explanation> journal;
    private final MomentWords words;
    private final ReadOnlyObjectWrapper<@Nullable Explanation> explanation = new ReadOnlyObjectWrapper<>();

    /** @param journal keeps what was explained */
    public ExplainModel(LabSession session, ChartBoard board, BiConsumer<ChartRun, Explanation> journal, Texts texts) {
        this.session = session;
        this.board = board;
        this.journal = journal;
        words = new MomentWords(texts);
    }

    /** What was explained last; null once it was dismissed. */
    public ReadOnlyObjectProperty<@Nullable Explanation> explanation() {
        return explanation.getReadOnlyProperty();
    }

    /** Explains the present step of the current run; without one, of the uppermost on the charts. */
    public void explain() {
        ChartRun run = session.current().get();
        if (run == null && !board.runs().isEmpty()) {
            run = board.runs().get(board.runs().size() - 1);
        }
        if (run == null) {
            return;
        }
        Explanation made = words.of(
                MomentReader.read(run.experiment(), run.log(), run.interventions(), run.state() == RunState.DIVERGED));
        explanation.set(made);
        board.enlarged().set(null); // its terms are on several charts
        shade(made);
        journal.accept(run, made);
    }

    /** Takes it away. True where there was one. */
    public boolean dismiss() {
        boolean there = explanation.get() != null;
        explanation.set(null);
        shade(new Explanation(List.of(), 1, 0));
        return there;
    }

    private void shade(Explanation made) {
        Map<ChartKind, List<ChartOverlay.Shade>> shades = new EnumMap<>(ChartKind.class);
        if (made.to() >= made.from()) {
            for (Term term : made.terms()) {
                term.charts().forEach(kind -> shades.computeIfAbsent(kind, k -> new ArrayList<>())
                        .add(new ChartOverlay.Shade(STYLE + term.word(), made.from(), made.to() + 1)));
            }
        }
        for (ChartKind kind : ChartKind.values()) {
            ChartOverlay before = board.overlays().get(kind);
            List<ChartOverlay.Shade> now = shades.getOrDefault(kind, List.of());
            ChartOverlay after = (before == null ? ChartOverlay.NONE : before).with(now);
            if (!after.isEmpty()) {
                board.overlays().put(kind, after);
            } else if (before != null) {
                board.overlays().remove(kind);
            }
        }
    }
}
