package decaylab.ui.explain;

import decaylab.chart.ChartKind;
import java.util.List;
import java.util.Locale;

/** What a part of an explanation is about: it has a colour in the text and on the charts that show it. */
public enum Term {
    DECAY(ChartKind.DECAY),
    GRADIENT(ChartKind.UPDATE_NORM, ChartKind.GRADIENT_NORM),
    NORM(ChartKind.NORM),
    ELR(ChartKind.EFFECTIVE_LEARNING_RATE),
    ROTATION(ChartKind.ROTATION),
    LOSS(ChartKind.LOSS);

    private final List<ChartKind> charts;

    Term(ChartKind... charts) {
        this.charts = List.of(charts);
    }

    /** The charts that show it. */
    public List<ChartKind> charts() {
        return charts;
    }

    /** The word that patterns mark it by, and the end of its style's name. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
