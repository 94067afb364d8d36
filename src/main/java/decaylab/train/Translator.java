package decaylab.train;

import decaylab.data.DataSet;
import decaylab.data.Dictionary;
import decaylab.experiment.Experiment;
import decaylab.net.EncoderDecoder;
import decaylab.net.NativeLibrary;
import decaylab.optim.FlatArray;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import java.util.Arrays;
import java.util.List;

/**
 * Translates texts with the parameters of a run, on a network of its own, so that another thread than the run's can do it.
 * Greedily: the likeliest token each time, which is then read as the one before the next. For one thread at a time.
 */
public final class Translator implements AutoCloseable {
    private final DataSet data;
    private final Dictionary dictionary;
    private final EncoderDecoder network;

    /**
     * @param experiment of the run whose parameters will be used
     * @param data that it is trained on
     * @throws BadInputException where it does not translate
     */
    public Translator(Experiment experiment, DataSet data) {
        Dictionary known = data.dictionary();
        if (known == null) {
            throw new BadInputException("The data set " + data.name()
                    + " has nothing to translate; use one of translations such as number-words.");
        }
        NativeLibrary.load();
        dictionary = known;
        this.data = data;
        network = new EncoderDecoder(experiment.network(), TaskShapes.of(data), experiment.precision(), Team.of(1));
    }

    /**
     * Translates a text.
     *
     * @param parameters of the run at some step
     * @param text tokens that the data has, for example {@code siebenundzwanzig}
     * @throws BadInputException where it is empty, too long, or has other tokens
     */
    public Translation translate(FlatArray parameters, String text) {
        int[] tokens = dictionary.encode(text);
        float[] inputs = new float[data.features()];
        Arrays.fill(inputs, DataSet.NO_TOKEN);
        for (int i = 0; i < tokens.length; i++) {
            inputs[i] = tokens[i];
        }
        int[] labels = new int[data.targets()];
        Arrays.fill(labels, DataSet.NO_LABEL);
        float[] probabilities = new float[data.targets() * data.classes()];
        network.load(parameters);
        int said = 0;
        boolean ended = false;
        while (said < labels.length && !ended) {
            // What comes after is not read before its turn, so that a whole pass for each token gives the same.
            network.predict(inputs, labels, 0, 1, probabilities);
            labels[said] = likeliest(probabilities, said * data.classes());
            ended = labels[said] == Dictionary.END;
            said++;
        }
        List<String> target = dictionary.decode(labels);
        double[][] attention = Arrays.copyOf(network.attention(1, 0), said);
        return new Translation(
                dictionary.pieces(text), target, ended, String.join(dictionary.separator(), target), attention);
    }

    /** The first of the largest; the end where a number is NaN. */
    private int likeliest(float[] probabilities, int from) {
        int best = 0;
        for (int k = 1; k < data.classes(); k++) {
            best = probabilities[from + k] > probabilities[from + best] ? k : best;
        }
        return best;
    }

    @Override
    public void close() {
        network.close();
    }
}
