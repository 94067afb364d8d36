package decaylab.cli;

import java.util.List;
import java.util.Map;

/** Something that {@code bench} measures. */
public interface Benchmark {
    /** Its name, for {@code --only}. */
    String name();

    /**
     * Measures; one map of named figures a line of output, in the order of the line.
     *
     * @throws decaylab.problem.BadInputException where the lab cannot measure it; the others are measured all the same
     */
    List<Map<String, Object>> measure();
}
