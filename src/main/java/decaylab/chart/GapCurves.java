package decaylab.chart;

import decaylab.instrument.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run's curves with the gap to another run shaded, where both have values. */
public final class GapCurves implements Curves {
    private final RunCurves run;
    private final RunCurves other;

    /**
     * @param run whose curves these are
     * @param other the run on the far side of the gap
     */
    public GapCurves(RunCurves run, RunCurves other) {
        this.run = run;
        this.other = other;
    }

    @Override
    public List<String> layers() {
        return run.layers();
    }

    @Override
    public long steps() {
        return run.steps();
    }

    @Override
    public Series of(Metric metric) {
        return run.of(metric);
    }

    @Override
    public Series smoothed(Metric metric, double factor) {
        return run.smoothed(metric, factor);
    }

    @Override
    public @Nullable Stack stack(List<Metric> parts, double factor) {
        return run.stack(parts, factor);
    }

    @Override
    public ChartSpec.Band band(Metric metric) {
        return new ChartSpec.Band(run.of(metric), other.of(metric));
    }
}
