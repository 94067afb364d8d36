package decaylab.ui.chart;

import decaylab.chart.ChartComposer;
import decaylab.chart.MeanCurves;
import decaylab.chart.RunCurves;
import decaylab.experiment.Experiment;
import decaylab.instrument.SampleLog;
import decaylab.train.Intervention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What charts draw of the window's runs: each by itself, or those that differ by their seed only as their mean with a band.
 * Keeps what it has read of each run from one time to the next. For one thread at a time.
 */
public final class ChartSources {
    private final Map<SampleLog, RunCurves> curves = new HashMap<>();
    private final Map<List<RunCurves>, MeanCurves> means = new HashMap<>();

    /** What runs have in common whose difference is the seed's doing. */
    private record Twins(Experiment experiment, List<Intervention> interventions) {}

    /**
     * The sources for some runs, in their order; a group stands where the last of its runs does, in the colour of its first.
     *
     * @param bands whether runs that differ by their seed only are drawn as mean and band
     */
    public List<ChartComposer.Source> of(List<? extends ChartRun> runs, boolean bands) {
        curves.keySet().removeIf(log -> runs.stream().noneMatch(run -> run.log() == log));
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
            List<RunCurves> all = group.stream()
                    .map(run -> curves.computeIfAbsent(run.log(), RunCurves::new))
                    .toList();
            if (all.size() == 1) {
                sources.add(new ChartComposer.Source(first.name(), first.colour(), all.get(0)));
            } else {
                asked.add(all);
                sources.add(new ChartComposer.Source(
                        first.name() + ", " + all.size() + " seeds",
                        first.colour(),
                        means.computeIfAbsent(all, MeanCurves::new)));
            }
        }
        means.keySet().retainAll(asked);
        return sources;
    }
}
