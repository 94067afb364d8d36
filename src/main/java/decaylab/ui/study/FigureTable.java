package decaylab.ui.study;

import decaylab.study.Table;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A table of a study's figures. */
final class FigureTable extends VBox {
    FigureTable(Table table) {
        getStyleClass().add("figures");
        Label title = new Label(table.title());
        title.getStyleClass().add("group-title");
        Label note = new Label(table.note());
        note.getStyleClass().add("group-note");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        GridPane grid = new GridPane();
        grid.getStyleClass().add("figure-grid");
        row(grid, 0, table.columns(), "figure-head");
        for (int i = 0; i < table.rows().size(); i++) {
            row(grid, i + 1, table.rows().get(i), "figure-cell");
        }
        getChildren().setAll(title, note, grid);
    }

    private static void row(GridPane grid, int number, List<String> words, String style) {
        for (int i = 0; i < words.size(); i++) {
            Label label = new Label(words.get(i));
            label.getStyleClass().addAll(style, i == 0 ? "figure-name" : "figure-value");
            label.setMaxWidth(Double.MAX_VALUE);
            grid.add(label, i, number);
        }
    }
}
