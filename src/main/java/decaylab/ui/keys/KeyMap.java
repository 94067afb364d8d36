package decaylab.ui.keys;

import decaylab.ui.base.Texts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** All keys of the window in groups, made from the same table as its menus. */
public final class KeyMap {
    private static final double WIDTH = 900;
    private static final double HEIGHT = 470;

    private final List<Command> commands;
    private final Texts texts;

    public KeyMap(List<Command> commands, Texts texts) {
        this.commands = List.copyOf(commands);
        this.texts = texts;
    }

    /** One line of the map. */
    public record Row(Command.Menu group, String words, List<String> keys) {}

    /** Every command that has a key, then what keys do in what has the focus. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Command.Menu group : Command.Menu.values()) {
            for (Command command : commands) {
                if (command.place().menu() == group && !command.keys().isEmpty()) {
                    List<String> keys = command.keys().stream()
                            .map(key -> Keys.words(key, texts))
                            .collect(Collectors.toCollection(LinkedHashSet::new))
                            .stream()
                            .toList();
                    rows.add(new Row(group, texts.of(command.name()), keys));
                }
            }
        }
        for (String place : List.of("focus", "answer", "pen", "chart", "timeline", "track", "map")) {
            rows.add(new Row(
                    Command.Menu.KEYS,
                    texts.of("keys." + place),
                    List.of(texts.of("keys." + place + "Keys").split(" "))));
        }
        return rows;
    }

    /** The map as it is shown. */
    public Node view() {
        FlowPane groups = new FlowPane(28, 18);
        groups.getStyleClass().add("key-map");
        groups.setRowValignment(VPos.TOP);
        groups.setPrefWrapLength(WIDTH);
        List<Row> rows = rows();
        for (Command.Menu group : Command.Menu.values()) {
            List<Row> own = rows.stream().filter(row -> row.group() == group).toList();
            if (!own.isEmpty()) {
                groups.getChildren().add(group(texts.of(group.key()), own));
            }
        }
        ScrollPane scroll = new ScrollPane(groups);
        scroll.setFitToWidth(true);
        scroll.setPrefViewportWidth(WIDTH);
        scroll.setPrefViewportHeight(HEIGHT);
        scroll.setId("keyMap");
        return scroll;
    }

    private static Node group(String title, List<Row> rows) {
        Label head = new Label(title.replace("_", ""));
        head.getStyleClass().add("side-title");
        GridPane grid = new GridPane();
        grid.setHgap(14);
        grid.setVgap(5);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            HBox keys = new HBox(4);
            for (String key : row.keys()) {
                Label cap = new Label(key);
                cap.getStyleClass().add("key-cap");
                keys.getChildren().add(cap);
            }
            Label words = new Label(row.words());
            words.setWrapText(true);
            words.setMaxWidth(250);
            keys.setAccessibleRole(AccessibleRole.TEXT);
            keys.setAccessibleText(row.words() + ": " + String.join(", ", row.keys()));
            grid.addRow(i, keys, words);
        }
        return new VBox(8, head, grid);
    }
}
