package decaylab.train;

/**
 * What an agent earned; {@link decaylab.instrument.SampleLog#EMPTY} where there is nothing to tell yet.
 *
 * @param recent mean return of the last episodes that ended while learning
 * @param greedy mean return of the last evaluation's episodes
 * @param length mean length of the last episodes, in steps of the environment
 * @param episodes how many ended so far
 * @param exploration probability of an action at random
 * @param largestValue mean over the last mini-batch of the largest value that the target network tells of the state reached
 */
public record Returns(
        double recent, double greedy, double length, double episodes, double exploration, double largestValue) {}
