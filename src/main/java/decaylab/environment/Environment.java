package decaylab.environment;

import decaylab.random.CounterRandom;

/**
 * A world in discrete time: it shows an observation, takes one of a few actions, and gives a reward. All chance is in how an
 * episode begins; all of its state can be saved as numbers. For one thread at a time.
 */
public interface Environment {
    /** Lengths of an observation: {numbers}, or {channels, height, width} of one that is an image. */
    int[] observationShape();

    /** How many actions there are to choose from, numbered from 0; at least 2. */
    int actions();

    /**
     * Begins an episode.
     *
     * @param random where its start is drawn from
     */
    void begin(CounterRandom random);

    /**
     * Does an action.
     *
     * @param action from 0 to actions - 1
     * @throws IllegalStateException where the episode is over
     */
    Outcome step(int action);

    /**
     * Writes what is seen now, as many numbers as the product of {@link #observationShape}.
     *
     * @param into receives it
     * @param offset where it begins there
     */
    void observe(float[] into, int offset);

    /** The state in numbers, always as many: all that {@link #restore} needs. */
    double[] save();

    /** Goes to a state that {@link #save} told. */
    void restore(double[] state);
}
