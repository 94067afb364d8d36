package decaylab.data;

import decaylab.graph.Split;
import decaylab.problem.BadInputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which data to make or read. A size below 1, or noise that is no probability, is a {@link BadInputException}.
 *
 * @param name as in the catalogue
 * @param folder with the files, for data that is read; null for made data
 * @param columns of a table, for data that is one
 * @param trainSize training examples; null for the set's own number
 * @param testSize test examples; null likewise
 * @param labelNoise probability with which a training label is redrawn uniformly over the classes, in [0, 1]
 * @param inputNoise deviation of the normal noise in training inputs, at least 0
 * @param seed of whatever is drawn
 * @param graph what is done to a graph, for data that is one
 */
public record DataRequest(
        String name,
        @Nullable Path folder,
        Columns columns,
        @Nullable Integer trainSize,
        @Nullable Integer testSize,
        double labelNoise,
        double inputNoise,
        long seed,
        Graph graph) {
    /**
     * What is done to a graph before anything is learned.
     *
     * @param edgeNoise fraction of the edges that are rewired, in [0, 1]
     * @param split who divides the nodes, where the files do
     * @param largestComponent whether only the largest connected component is kept
     */
    public record Graph(double edgeNoise, Split.Kind split, boolean largestComponent) {
        /** As it is, divided by its files. */
        public static Graph usual() {
            return new Graph(0, Split.Kind.FILES, false);
        }
    }

    /** Of data that is no graph, or of a graph as it is. */
    public DataRequest(
            String name,
            @Nullable Path folder,
            Columns columns,
            @Nullable Integer trainSize,
            @Nullable Integer testSize,
            double labelNoise,
            double inputNoise,
            long seed) {
        this(name, folder, columns, trainSize, testSize, labelNoise, inputNoise, seed, Graph.usual());
    }

    /**
     * What the columns of a table are.
     *
     * @param header whether the first row names them; null where the table is to tell
     * @param classColumn {@code last}, {@code first}, or the name of the one with the class
     */
    public record Columns(@Nullable Boolean header, String classColumn) {
        /** The last column is the class, and the table tells whether it has a header. */
        public static Columns usual() {
            return new Columns(null, "last");
        }
    }

    public DataRequest {
        requirePositive("data.trainSize", trainSize);
        requirePositive("data.testSize", testSize);
        if (!(labelNoise >= 0 && labelNoise <= 1)) {
            throw new BadInputException("data.labelNoise is " + labelNoise + "; it must be from 0 to 1.");
        }
        if (!(inputNoise >= 0 && inputNoise < Double.POSITIVE_INFINITY)) {
            throw new BadInputException("data.inputNoise is " + inputNoise + "; it must be a number of at least 0.");
        }
    }

    private static void requirePositive(String field, @Nullable Integer size) {
        if (size != null && size < 1) {
            throw new BadInputException(field + " is " + size + "; it must be at least 1, or null for all.");
        }
    }
}
