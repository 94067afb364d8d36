package decaylab.optim;

/**
 * Where decay enters the update; l = lambda_t w. The variants of Adam are a factorial reconstruction of what Bjorck,
 * Weinberger and Gomes (AAAI 2021) discuss: which buffer holds the penalty's gradient, and whether the decay is divided by
 * the root of the second moment.
 */
public enum DecayEntry {
    /** No decay. */
    NONE("none", false, false, false, false),
    /** V1: the penalty's gradient is added to the objective's before the optimiser sees it. */
    L2("l2", true, true, false, false),
    /** V2: m holds the penalty, v does not. */
    M_MIXED("m-mixed", true, false, false, false),
    /** V3: neither buffer holds the penalty; it joins m before the division by sigma(v). */
    SEPARATE("separate", false, false, true, false),
    /** V4: as separate, but v holds the penalty. */
    SEPARATE_V_MIXED("separate-v-mixed", false, true, true, false),
    /** V5: the penalty has a first and a second moment of its own, fed with w, and its own Adam step, lambda times as long. */
    TWIN_BUFFERS("twin-buffers", false, false, false, false),
    /** V6: neither buffer holds the penalty; it is taken off the weights at the step (AdamW, SGDW). */
    DECOUPLED("decoupled", false, false, false, true),
    /** V7: as decoupled, but v holds the penalty. */
    DECOUPLED_V_MIXED("decoupled-v-mixed", false, true, false, true);

    private final String word;
    private final boolean intoM;
    private final boolean intoV;
    private final boolean beforeDivision;
    private final boolean atStep;

    DecayEntry(String word, boolean intoM, boolean intoV, boolean beforeDivision, boolean atStep) {
        this.word = word;
        this.intoM = intoM;
        this.intoV = intoV;
        this.beforeDivision = beforeDivision;
        this.atStep = atStep;
    }

    /** True where the first moment, or the momentum, is fed g + l. */
    public boolean intoM() {
        return intoM;
    }

    /** True where the second moment is fed g + l. */
    public boolean intoV() {
        return intoV;
    }

    /** True where l joins the first moment before the division by sigma(v). */
    public boolean beforeDivision() {
        return beforeDivision;
    }

    /** True where l is taken off the weights at the step. */
    public boolean atStep() {
        return atStep;
    }

    /** True where the penalty has moments of its own. */
    public boolean twin() {
        return this == TWIN_BUFFERS;
    }

    /** How many buffers it needs beside those of the step rule. */
    public int buffers() {
        return twin() ? 2 : 0;
    }

    /** True where the two moments are told apart or doubled, which only Adam has. */
    public boolean needsAdam() {
        return intoM != intoV || beforeDivision || twin();
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
