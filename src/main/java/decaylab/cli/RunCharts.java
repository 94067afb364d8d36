package decaylab.cli;

import decaylab.chart.ChartComposer;
import decaylab.chart.ChartImages;
import decaylab.chart.ChartKind;
import decaylab.chart.ChartSpec;
import decaylab.chart.RunCurves;
import decaylab.chart.Theme;
import decaylab.experiment.Instrument;
import decaylab.instrument.QuantityTexts;
import decaylab.store.Provenance;
import decaylab.store.RunFolder.StoredRun;
import decaylab.store.Summary;
import decaylab.train.Intervention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws charts of runs, as they stand in a run's folder. */
final class RunCharts {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 540;
    /** Sharp in print and on a projector. */
    private static final double SCALE = 2;

    private final ChartComposer composer = new ChartComposer(new QuantityTexts());
    private final ChartImages images = new ChartImages();

    /**
     * Writes the charts of the window's dashboard, one PNG each.
     *
     * @param run what to draw
     * @param folder receives them; it exists
     */
    void write(StoredRun run, Path folder) {
        RunCurves curves = new RunCurves(run.log());
        Provenance provenance =
                Provenance.of(List.of(Provenance.RunOrigin.of(run.facts().name(), run)));
        String caption = provenance.caption();
        List<ChartComposer.Source> sources = List.of(new ChartComposer.Source("run", 0, curves));
        List<ChartKind> kinds = new ArrayList<>(ChartKind.dashboard());
        if (run.experiment().environment().isPresent()) {
            kinds.addAll(ChartKind.ofActing());
        }
        if (run.experiment().feedback().ownMatrices()) {
            kinds.addAll(ChartKind.ofFeedback());
        }
        if (run.experiment().onGraph().isPresent()) {
            kinds.add(ChartKind.VALIDATION);
        }
        if (run.experiment().instruments().containsKey(Instrument.CAPACITY)) {
            kinds.addAll(ChartKind.ofCapacity());
        }
        for (ChartKind kind : kinds) {
            ChartSpec chart = composer.forFile(
                    kind, sources, null, marks(run), caption, kind.startsLogarithmic(), 0, Theme.LIGHT);
            images.png(
                    List.of(withRoomForTheGap(explained(chart), run)),
                    WIDTH,
                    HEIGHT,
                    SCALE,
                    provenance.text(),
                    folder.resolve(file(kind)));
        }
    }

    private static String file(ChartKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".png";
    }

    /** The interventions of a run, and where it diverged. */
    static List<ChartSpec.Mark> marks(StoredRun run) {
        List<ChartSpec.Mark> marks = new ArrayList<>();
        for (Intervention made : run.interventions()) {
            marks.add(new ChartSpec.Mark(made.step(), made.brief()));
        }
        if (diverged(run)) {
            long step = run.log().rows() - 1;
            marks.add(new ChartSpec.Mark(step, "diverged at step " + step + ", no finite values after"));
        }
        return marks;
    }

    static boolean diverged(StoredRun run) {
        Summary summary = run.summary();
        return summary != null && summary.state().equals("diverged");
    }

    /** Leaves a part of the step axis empty behind the step where a run diverged, for the label to stand in. */
    static ChartSpec withRoomForTheGap(ChartSpec chart, StoredRun run) {
        if (!diverged(run)) {
            return chart;
        }
        double room = Math.max(4, 2.0 * run.log().rows());
        return chart.until(Math.max(chart.toStep(), room));
    }

    /** A chart without lines says why. */
    private static ChartSpec explained(ChartSpec chart) {
        if (!chart.lines().isEmpty()) {
            return chart;
        }
        return new ChartSpec(
                chart.title(),
                "No values: this quantity has no meaning for this network, or none was finite. " + chart.footer(),
                chart.valueLabel(),
                chart.lines(),
                chart.marks(),
                chart.fromStep(),
                chart.toStep(),
                false,
                chart.range(),
                chart.legend(),
                chart.theme());
    }
}
