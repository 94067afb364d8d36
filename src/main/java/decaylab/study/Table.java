package decaylab.study;

import java.util.List;

/**
 * A table of a study's figures.
 *
 * @param title above it
 * @param note what the numbers are, in a sentence
 * @param columns their heads, the first that of the rows' names
 * @param rows one text for each column
 */
public record Table(String title, String note, List<String> columns, List<List<String>> rows) {
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row + " has not a text for each of " + columns);
            }
        }
    }
}
