package decaylab.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where a graph comes from: the data sets whose examples are the nodes of one graph. */
public enum GraphSource {
    /** Made from a seed, a stochastic block model. */
    SBM("sbm"),
    /** The citation graph Cora, read from the user's folder. */
    CORA("cora"),
    /** A graph of the user's, read from a folder. */
    FILES("graph");

    private final String word;

    GraphSource(String word) {
        this.word = word;
    }

    /** The source of a data set's name; empty where it is no graph. */
    public static Optional<GraphSource> ofWord(String word) {
        return Arrays.stream(values())
                .filter(source -> source.word.equals(word))
                .findFirst();
    }

    /** The words of all, in order. */
    public static List<String> words() {
        return Arrays.stream(values()).map(GraphSource::toString).toList();
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
