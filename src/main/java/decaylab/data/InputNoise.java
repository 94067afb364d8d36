package decaylab.data;

import decaylab.problem.BadInputException;
import decaylab.random.CounterRandom;

/** Noisy inputs on purpose. */
final class InputNoise {
    private InputNoise() {}

    /**
     * The data set with normal noise in its training inputs, each example's from a stream of its own, so that at equal seeds more
     * noise is the same noise, larger. The same data set where there is none.
     *
     * @param deviation of the noise, at least 0
     * @throws BadInputException where inputs are tokens, to which nothing can be added
     */
    static DataSet add(DataSet data, double deviation, long seed) {
        if (deviation == 0) {
            return data;
        }
        if (data.vocabulary() > 0) {
            throw new BadInputException("data.inputNoise is " + deviation + ", but the data set " + data.name()
                    + " is sequences of tokens, to which no number can be added; set data.inputNoise to 0.");
        }
        CounterRandom stream = CounterRandom.of(seed, "input noise");
        float[] noisy = data.trainInputs().clone();
        int features = data.features();
        for (int example = 0; example < data.trainSize(); example++) {
            CounterRandom random = stream.split(example);
            for (int i = example * features; i < (example + 1) * features; i++) {
                noisy[i] += (float) (deviation * random.nextGaussian());
            }
        }
        return data.withTrainInputs(noisy);
    }
}
