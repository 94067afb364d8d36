package decaylab.ui.buffer;

import java.util.List;

/**
 * The update of one run, or of a variant that is not run, line by line.
 *
 * @param title whose it is
 * @param rows its lines
 * @param note what is to be said of it; empty for nothing
 */
public record UpdateCard(String title, List<Row> rows, String note) {
    /**
     * A line with its value.
     *
     * @param line the line
     * @param name what it computes, in words
     * @param value how large that is now; empty where nothing is known
     */
    public record Row(UpdateLine line, String name, String value) {}
}
