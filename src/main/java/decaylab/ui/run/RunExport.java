package decaylab.ui.run;

import decaylab.problem.BadInputException;
import decaylab.store.MetricsCsv;
import decaylab.store.WholeFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;

/** Writes a run's samples where the user says. */
public final class RunExport {
    private RunExport() {}

    /**
     * All samples so far, in the format of metrics.csv.
     *
     * @throws BadInputException where the file cannot be written
     */
    public static void csv(RunEntry run, Path file) {
        StringWriter out = new StringWriter();
        try {
            MetricsCsv.write(out, run.log());
            WholeFile.write(file, out.toString());
        } catch (IOException e) {
            throw new BadInputException(
                    "The file " + file + " cannot be written (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "); choose another place.",
                    e);
        }
    }
}
