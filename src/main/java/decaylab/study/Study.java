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

    /** Figures of which there are {@link #maps maps}, that to look at first at the head. */
    default List<String> mapped() {
        return List.of();
    }

    /**
     * Maps of a figure over the settings of the arms, those to be compared side by side.
     *
     * @param figure one of {@link #mapped}
     */
    default List<ArmMap> maps(Figures figures, String figure) {
        return List.of();
    }

    /**
     * Whether a run that diverges is a result like any other, as in a sweep. Otherwise its seed is left out of every arm: without
     * that an arm would be judged by the easier seeds.
     */
    default boolean divergenceCounts() {
        return false;
    }

    /**
     * What is kept beside the findings so that somebody who has only the folder can go on: contents of files by their names.
     *
     * @param seeds how many are asked for
     */
    default Map<String, String> files(int seeds) {
        return Map.of();
    }

    /**
     * What does the study again on the command line, after the lab's name.
     *
     * @param seeds how many
     */
    default String command(int seeds) {
        return "study " + protocol().name() + " --seeds " + seeds + " --out DIR";
    }

    /** What is told of the figures beside the claims. */
    default List<Table> tables(Figures figures) {
        return List.of();
    }
}
