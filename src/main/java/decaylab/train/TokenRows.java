package decaylab.train;

import decaylab.data.DataSet;
import decaylab.instrument.TokenClass;
import decaylab.net.LayerNames;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.optim.RowClasses;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a network's embedding, one for each token, divided by how often the token comes in the training data.
 *
 * @param classes the rows of the block by the ordinal of their {@link TokenClass}
 * @param offset first place of the embedding in the flat vector
 * @param tokens the tokens, the most frequent first
 * @param counts how often each token comes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two
public record TokenRows(RowClasses classes, int offset, int[] tokens, long[] counts) {
    /** Why a network cannot be asked for it. */
    static final String REFUSAL =
            "the network has no embedding of tokens; network.kind lstm, bag and encoder-decoder have one.";

    /**
     * The rows of a network's embedding.
     *
     * @return empty for a network that reads measurements
     */
    public static Optional<TokenRows> of(ParameterLayout layout, DataSet data) {
        List<String> layers =
                layout.weights().stream().map(ParameterBlock::layer).toList();
        String embedding = LayerNames.embedding(layers).orElse(null);
        if (embedding == null || data.vocabulary() == 0) {
            return Optional.empty();
        }
        int place = 0;
        while (layout.blocks().get(place).role() != ParameterBlock.Role.WEIGHT
                || !layout.blocks().get(place).layer().equals(embedding)) {
            place++;
        }
        ParameterBlock block = layout.blocks().get(place);
        long[] counts = data.tokenCounts();
        int[] classOf =
                Arrays.stream(TokenClass.of(counts)).mapToInt(Enum::ordinal).toArray();
        return Optional.of(new TokenRows(
                new RowClasses(place, block.length() / counts.length, classOf, TokenClass.values().length),
                block.offset(),
                Arrays.stream(TokenClass.ranked(counts))
                        .mapToInt(Integer::intValue)
                        .toArray(),
                counts));
    }

    /** How many tokens a class has. */
    public int count(TokenClass of) {
        int count = 0;
        for (int each : classes.classOf()) {
            count += each == of.ordinal() ? 1 : 0;
        }
        return count;
    }

    /** Length of a token's row. */
    public double norm(FlatArray parameters, int token) {
        double squares = 0;
        int first = offset + token * classes.width();
        for (int i = first; i < first + classes.width(); i++) {
            double value = parameters.get(i);
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    /** The mean length of the rows of each class, by its ordinal; NaN of a class without a token. */
    double[] meanNorms(FlatArray parameters) {
        double[] sums = new double[classes.classes()];
        int[] many = new int[classes.classes()];
        for (int token = 0; token < classes.classOf().length; token++) {
            sums[classes.classOf()[token]] += norm(parameters, token);
            many[classes.classOf()[token]]++;
        }
        Arrays.setAll(sums, i -> sums[i] / many[i]);
        return sums;
    }
}
