package decaylab.experiment;

/** What flows along the edges of a graph while a decoupled graph network trains. */
public enum Propagated {
    /** The perceptron's logits, whose softmax is taken afterwards; what the published code does. */
    LOGITS("logits"),
    /** Its probabilities; of these the equivalence with label propagation holds exactly. */
    PROBABILITIES("probabilities");

    private final String word;

    Propagated(String word) {
        this.word = word;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
