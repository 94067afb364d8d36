package decaylab.ui.run;

import java.util.Locale;

/** What the middle of the window shows, in the order of the switch. */
public enum MiddleView {
    /** The current runs as charts. */
    CHARTS(1),
    /** Decay and learning rate over the whole run. */
    SCHEDULES(2),
    /** The inside of the network. */
    INSIDE(3),
    /** The update of the weights, line by line, and what its buffers hold. */
    BUFFERS(5); // Alt+4 shows the studies

    private final int digit;

    MiddleView(int digit) {
        this.digit = digit;
    }

    /** Of its key, with Alt. */
    public int digit() {
        return digit;
    }

    /** Its place in the switch, from 1. */
    public int place() {
        return ordinal() + 1;
    }

    /** The name of its texts. */
    public String key() {
        return "view." + name().toLowerCase(Locale.ROOT);
    }
}
