package decaylab.cli;

import decaylab.problem.BadInputException;
import org.jspecify.annotations.Nullable;

/** How many seeds and workers a command may be told. */
final class Counts {
    private static final int MOST_SEEDS = 1_000;
    private static final int MOST_WORKERS = 256;

    private Counts() {}

    /**
     * What {@code --seeds} says.
     *
     * @throws BadInputException where it is out of range
     */
    static int seeds(int given) {
        return require("--seeds", given, MOST_SEEDS);
    }

    /**
     * What {@code --workers} says; one a processor where it says nothing.
     *
     * @throws BadInputException where it is out of range
     */
    static int workers(@Nullable Integer given) {
        return require("--workers", given == null ? Runtime.getRuntime().availableProcessors() : given, MOST_WORKERS);
    }

    private static int require(String flag, int value, int most) {
        if (value < 1 || value > most) {
            throw new BadInputException(flag + " is " + value + "; it must be between 1 and " + most + ".");
        }
        return value;
    }
}
