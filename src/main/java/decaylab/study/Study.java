package decaylab.study;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/** A protocol: arms that are run with the same seeds, what is measured of each run, and what is claimed of the figures. */
public interface Study {
    /** What is run, in data and in words. */
    Protocol protocol();

    /**
     * Measures a run that came to its end. May be called by several threads at once, for different runs.
     *
     * @param progress told the fraction of the measuring that is done, in [0, 1]
     * @param abandoned asked now and then; where it is true nobody wants the figures any more
     * @return figures by their names, NaN where a number could not be had
     */
    Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned);

    /** Judges the claims by the figures of all runs. */
    List<Claim> claims(Figures figures);

    /** What is drawn of the figures beside the runs' own curves. */
    default List<Graph> graphs(Figures figures) {
        return List.of();
    }

    /** What is told of the figures beside the claims. */
    default List<Table> tables(Figures figures) {
        return List.of();
    }
}
