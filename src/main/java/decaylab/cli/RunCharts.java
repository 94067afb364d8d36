package decaylab.cli;

import decaylab.store.RunFolder.StoredRun;
import java.nio.file.Path;

/** Draws the charts of a run into its folder. */
@FunctionalInterface
interface RunCharts {
    /**
     * @param run what to draw
     * @param folder receives one PNG a chart; it exists
     */
    void write(StoredRun run, Path folder);
}
