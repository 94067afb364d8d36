package decaylab.experiment;

/**
 * What waits for what where modules of synthetic gradients cut a network into parts. The words are those of Jaderberg et al.,
 * "Decoupled Neural Interfaces using Synthetic Gradients" (ICML 2017): classic back-propagation locks the update of a layer
 * until all layers above it went forward and backward.
 */
public enum SyntheticMode {
    /** Back-propagation as ever; modules learn beside it and nothing depends on them. */
    LOCKED("locked"),
    /** Below a cut the module's gradient is used, one part after the other: the same bits every time. */
    SYNCHRONOUS("synchronous"),
    /** The same, each part on a thread of its own, which updates without waiting for what is above. */
    UNLOCKED("unlocked");

    private final String word;

    SyntheticMode(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
