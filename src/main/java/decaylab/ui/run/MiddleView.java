package decaylab.ui.run;

import java.util.Locale;

/** What the middle of the window shows; in the order of the switch. */
public enum MiddleView {
    /** The current runs as charts. */
    CHARTS(1),
    /** Decay and learning rate over the whole run. */
    SCHEDULES(2),
    /** The inside of the network. */
    INSIDE(3),
    /** The update of the weights, line by line, and what its buffers hold. */
    BUFFERS(5),
    /** The environment that the current run acts in. */
    ENVIRONMENT(6),
    /** What decay does to one weight, without any run. */
    WEIGHT(7),
    /** The weights beside what carries the error in their place; its tab is there for runs that have such. */
    FEEDBACK(8),
    /** The norms of the current run's layers, and the bound of its capacity; its button shows where there is one. */
    CAPACITY(8),
    /** Modules of synthetic gradients of the current run; there only where it has some. */
    SYNTHETIC(8),
    /** The graph whose nodes the current run classifies; on screen only where it does. */
    GRAPH(8);

    private final int digit;

    /** @param digit of its key; Alt+4 opens the studies, Alt+8 whatever view belongs to the kind of run */
    MiddleView(int digit) {
        this.digit = digit;
    }

    /** The digit of its key, as in Alt+1. */
    public int digit() {
        return digit;
    }

    /** The name of its texts. */
    public String key() {
        return "view." + name().toLowerCase(Locale.ROOT);
    }
}
