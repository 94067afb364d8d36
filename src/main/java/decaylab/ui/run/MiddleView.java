package decaylab.ui.run;

import java.util.Locale;

/** What the middle of the window shows; in the order of the switch. */
public enum MiddleView {
    /** The current runs as charts. */
    CHARTS("1"),
    /** Decay and learning rate over the whole run. */
    SCHEDULES("2"),
    /** The inside of the network. */
    INSIDE("3"),
    /** The update of the weights, line by line, and what its buffers hold. */
    BUFFERS("5"),
    /** The environment that the current run acts in. */
    ENVIRONMENT("6"),
    /** What decay does to one weight, without any run. */
    WEIGHT("7"),
    /** The weights beside what carries the error in their place; its tab is there for runs that have such. */
    FEEDBACK("9"),
    /** The norms of the current run's layers, and the bound of its capacity; its button shows where there is one. */
    CAPACITY("8"),
    /** Modules of synthetic gradients of the current run; there only where it has some. */
    SYNTHETIC("0"),
    /** The graph whose nodes the current run classifies; on screen only where it does. */
    GRAPH("G");

    private final String keyName;

    /** @param keyName with Alt; Alt+4 opens the studies */
    MiddleView(String keyName) {
        this.keyName = keyName;
    }

    /** The key that opens it with Alt, as the 1 of Alt+1. */
    public String keyName() {
        return keyName;
    }

    /** The name of its texts. */
    public String key() {
        return "view." + name().toLowerCase(Locale.ROOT);
    }
}
