package decaylab.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which data to make or read.
 *
 * @param name as in the catalogue
 * @param folder with the files, for data that is read; null for made data
 * @param trainSize training examples; null for the set's own number
 * @param testSize test examples; null likewise
 * @param labelNoise probability with which a training label is redrawn uniformly over the classes, in [0, 1]
 * @param seed of whatever is drawn
 */
public record DataRequest(
        String name,
        @Nullable Path folder,
        @Nullable Integer trainSize,
        @Nullable Integer testSize,
        double labelNoise,
        long seed) {}
