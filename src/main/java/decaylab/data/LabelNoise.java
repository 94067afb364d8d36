package decaylab.data;

import decaylab.random.CounterRandom;

/** Wrong labels on purpose. */
final class LabelNoise {
    private LabelNoise() {}

    /**
     * Labels of which each is, with a probability, redrawn uniformly over all classes (so that it may stay what it was). At
     * equal seeds the labels redrawn at a lower probability are redrawn to the same at a higher one.
     *
     * @param labels classes; {@link DataSet#NO_LABEL} stays
     * @param probability in [0, 1]
     */
    static int[] redraw(int[] labels, int classes, double probability, long seed) {
        CounterRandom stream = CounterRandom.of(seed, "label noise");
        int[] noisy = labels.clone();
        for (int i = 0; i < noisy.length; i++) {
            CounterRandom random = stream.split(i);
            if (random.nextDouble() < probability && noisy[i] != DataSet.NO_LABEL) {
                noisy[i] = random.nextInt(classes);
            }
        }
        return noisy;
    }
}
