package decaylab.data;

import decaylab.problem.BadInputException;
import java.util.Locale;

/** Refuses a data set that does not fit into memory before its arrays are reserved. */
final class MemoryNeed {
    private MemoryNeed() {}

    /**
     * @param name of the data set
     * @param examples training and test together
     * @param features numbers an example has
     * @throws BadInputException where they need more bytes than the virtual machine may use, or more than arrays hold
     */
    static void require(String name, long examples, int features) {
        double numbers = (double) examples * features;
        double bytes = numbers * Float.BYTES;
        double available = Runtime.getRuntime().maxMemory();
        if (bytes > available || numbers > Integer.MAX_VALUE) {
            throw new BadInputException(String.format(
                    Locale.ROOT,
                    "The data set %s with %d examples of %d numbers needs %.1f GB of memory, but the lab may use %.1f"
                            + " GB; make data.trainSize or data.testSize smaller.",
                    name,
                    examples,
                    features,
                    bytes / 1e9,
                    available / 1e9));
        }
    }
}
