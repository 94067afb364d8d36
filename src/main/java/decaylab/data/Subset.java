package decaylab.data;

import decaylab.random.CounterRandom;
import java.util.Arrays;

/** Which examples of a file are used. */
final class Subset {
    private Subset() {}

    /**
     * All of them in their order, or some, drawn without replacement.
     *
     * @param count there are
     * @param size of them to use, at most as many
     */
    static int[] of(int count, int size, long seed) {
        if (size < count) {
            return Arrays.copyOf(CounterRandom.of(seed, "subset").permutation(count), size);
        }
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        return all;
    }
}
