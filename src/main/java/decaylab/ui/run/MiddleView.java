package decaylab.ui.run;

import java.util.Locale;

/** What the middle of the window shows; in the order of the switch, and of the keys Alt+1, Alt+2, ... */
public enum MiddleView {
    /** The current runs as charts. */
    CHARTS,
    /** Decay and learning rate over the whole run. */
    SCHEDULES,
    /** The inside of the network. */
    INSIDE,
    /** The update of the weights, line by line, and what its buffers hold. */
    BUFFERS;

    /** Its place in the switch, from 1, as its key has it. */
    public int place() {
        return ordinal() + 1;
    }

    /** The name of its texts. */
    public String key() {
        return "view." + name().toLowerCase(Locale.ROOT);
    }
}
