package decaylab.cli;

import java.util.List;
import java.util.Map;

/** Something that {@code bench} measures. */
public interface Benchmark {
    /** Its name, for {@code --only}. */
    String name();

    /** Measures; one map of named figures a line of output. */
    List<Map<String, Object>> measure();
}
