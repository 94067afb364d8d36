package decaylab.ui.chart;

import decaylab.chart.ChartComposer;
import decaylab.chart.GapCurves;
import decaylab.chart.MeanCurves;
import decaylab.chart.RunCurves;
import decaylab.experiment.Experiment;
import decaylab.instrument.QuantityTexts;
import decaylab.instrument.SampleLog;
import decaylab.train.Intervention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What charts draw of the window's runs: each by itself, or those that differ by their seed only as their mean with a band.
 * Keeps what it has read of each run from one time to the next. For one thread at a time.
 */
public final class ChartSources {
    private final QuantityTexts texts;
    private final Map<Part, RunCurves> curves = new HashMap<>();
    private final Map<List<RunCurves>, MeanCurves> means = new HashMap<>();

    /** The rows of a run from one on. */
    private record Part(SampleLog log, long first) {}

    /** @param texts the words for several seeds */
    public ChartSources(QuantityTexts texts) {
        this.texts = texts;
    }

    /** What runs have in common whose difference is the seed's doing. */
    private record Twins(Experiment experiment, List<Intervention> interventions) {}

    /**
     * The sources for some runs, in their order; a group stands where the last of its runs does, in the colour of its first.
     *
     * @param bands whether runs that differ by their seed only are drawn as mean and band
     */
    public List<ChartComposer.Source> of(List<? extends ChartRun> runs, boolean bands) {
        curves.keySet().removeIf(part -> runs.stream().noneMatch(run -> run.log() == part.log()));
        Map<String, RunCurves> own = new HashMap<>();
        for (ChartRun run : runs) {
            own.put(
                    run.id(),
                    curves.computeIfAbsent(new Part(run.log(), firstDrawn(run, runs)), ChartSources::curvesOf));
        }
        Map<Object, List<ChartRun>> groups = new LinkedHashMap<>();
        for (ChartRun run : runs) {
            Object key = bands ? new Twins(run.experiment().withSeed(0), run.interventions()) : run.id();
            List<ChartRun> group = groups.remove(key); // and in again, at the end
            group = group == null ? new ArrayList<>() : group;
            group.add(run);
            groups.put(key, group);
        }
        List<ChartComposer.Source> sources = new ArrayList<>();
        List<List<RunCurves>> asked = new ArrayList<>();
        for (List<ChartRun> group : groups.values()) {
            ChartRun first = group.get(0);
            if (group.size() == 1) {
                RunCurves alone = Objects.requireNonNull(own.get(first.id()));
                RunCurves rival = first.comparedWith().map(own::get).orElse(null);
                sources.add(new ChartComposer.Source(
                        first.name(), first.colour(), rival == null ? alone : new GapCurves(alone, rival)));
            } else {
                List<RunCurves> all = group.stream()
                        .map(run -> curves.computeIfAbsent(new Part(run.log(), 0), ChartSources::curvesOf))
                        .toList();
                asked.add(all);
                sources.add(new ChartComposer.Source(
                        texts.onChart("seeds", first.name(), all.size()),
                        first.colour(),
                        means.computeIfAbsent(all, MeanCurves::new)));
            }
        }
        means.keySet().retainAll(asked);
        return sources;
    }

    private static RunCurves curvesOf(Part part) {
        return new RunCurves(part.log(), part.first());
    }

    /** A past that the parent draws is not drawn again: the branch forks off the parent's line. */
    private static long firstDrawn(ChartRun run, List<? extends ChartRun> runs) {
        boolean drawn = run.parentId()
                .filter(id -> runs.stream().anyMatch(other -> other.id().equals(id)))
                .isPresent();
        return drawn ? Math.max(0, run.fork() - 1) : 0;
    }
}
