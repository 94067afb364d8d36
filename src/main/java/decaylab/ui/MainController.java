package decaylab.ui;

import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import decaylab.ui.keys.Command;
import decaylab.ui.keys.Keys;
import decaylab.ui.library.LibraryModel;
import decaylab.ui.study.StudiesModel;
import decaylab.ui.tour.Tour;
import decaylab.ui.tour.TourCard;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Pane;
import org.controlsfx.control.CheckComboBox;
import org.controlsfx.control.NotificationPane;

/** The window as a whole: its columns, menus and keys, and what is dropped on it. */
public final class MainController {
    private final LibraryModel stored;
    private final StudiesModel study;
    private final ChartBoard board;
    private final WindowModel window;
    private final LabActions actions;
    private final List<Command> commands;
    private final Keys keys;
    private final Tour tour;
    private final PaneNotices notices;
    private final Texts texts;

    @FXML
    private NotificationPane root;

    @FXML
    private Pane overlay;

    @FXML
    private Menu fileMenu;

    @FXML
    private Menu runMenu;

    @FXML
    private Menu viewMenu;

    @FXML
    private Menu helpMenu;

    @FXML
    private SplitPane columns;

    @FXML
    private Node designer;

    @FXML
    private Node middle;

    @FXML
    private Node side;

    @FXML
    private Node library;

    @FXML
    private Node studies;

    /** @param commands what menus and keys do */
    MainController(
            LibraryModel stored,
            StudiesModel study,
            ChartBoard board,
            WindowModel window,
            LabActions actions,
            List<Command> commands,
            Tour tour,
            PaneNotices notices,
            Texts texts) {
        this.stored = stored;
        this.study = study;
        this.board = board;
        this.window = window;
        this.actions = actions;
        this.commands = List.copyOf(commands);
        keys = new Keys(commands);
        this.tour = tour;
        this.notices = notices;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        notices.attach(root);
        root.setFocusTraversable(false);
        new Columns(columns, designer, middle, side, window);
        new Projection(root, board, window.projector());
        library.visibleProperty().bind(stored.open());
        studies.visibleProperty().bind(study.open());
        for (Node whole : List.of(library, studies, columns)) {
            whole.managedProperty().bind(whole.visibleProperty()); // what is not shown needs no room
        }
        columns.visibleProperty().bind(stored.open().not().and(study.open().not()));
        onlyOne(stored.open(), study.open());
        onlyOne(study.open(), stored.open());
        fill(fileMenu, Command.Menu.FILE);
        fill(runMenu, Command.Menu.RUN);
        fill(viewMenu, Command.Menu.VIEW);
        fill(helpMenu, Command.Menu.HELP);
        insertRecent();
        new TourCard(tour, root, overlay, texts);
        root.sceneProperty().addListener((observable, before, now) -> {
            if (now != null) {
                now.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
            }
        });
        root.setOnDragOver(this::dragged);
        root.setOnDragDropped(this::dropped);
    }

    /** The library and the studies take the place of everything else, one of them at a time. */
    private static void onlyOne(BooleanProperty opened, BooleanProperty other) {
        opened.addListener((observable, before, now) -> {
            if (now) {
                other.set(false);
            }
        });
    }

    /** The commands of a menu, section by section. */
    private void fill(Menu menu, Command.Menu which) {
        int section = 0;
        for (Command command : commands) {
            if (command.place().menu() == which) {
                if (command.place().section() != section) {
                    menu.getItems().add(new SeparatorMenuItem());
                    section = command.place().section();
                }
                menu.getItems().add(item(command));
            }
        }
    }

    /** After the library, at the end of the first section. */
    private void insertRecent() {
        Menu recent = new Menu(texts.of("action.recent"));
        window.recent().addListener((ListChangeListener<Path>) change -> fillRecent(recent));
        fillRecent(recent);
        List<MenuItem> items = fileMenu.getItems();
        int end = 0;
        while (!(items.get(end) instanceof SeparatorMenuItem)) {
            end++;
        }
        items.add(end, recent);
    }

    private void fillRecent(Menu menu) {
        menu.getItems().clear();
        for (Path file : window.recent()) {
            MenuItem item = new MenuItem(file.toString());
            item.setMnemonicParsing(false);
            item.setOnAction(event -> actions.open(file));
            menu.getItems().add(item);
        }
        if (menu.getItems().isEmpty()) {
            MenuItem none = new MenuItem(texts.of("action.noRecent"));
            none.setDisable(true);
            menu.getItems().add(none);
        }
    }

    private MenuItem item(Command command) {
        BooleanProperty toggled = command.toggled();
        MenuItem item = toggled == null ? new MenuItem() : new CheckMenuItem();
        command.accelerator().ifPresent(item::setAccelerator);
        // A letter is no accelerator: it would also act while somebody types into a field.
        String letter = command.accelerator().isPresent() || command.keys().isEmpty()
                ? ""
                : "  (" + Keys.words(command.keys().get(0)) + ")";
        item.setText(texts.of(command.name()) + letter);
        if (item instanceof CheckMenuItem check) {
            check.selectedProperty().bindBidirectional(toggled);
        } else {
            item.setOnAction(event -> {
                if (command.action().getAsBoolean()) {
                    event.consume();
                }
            });
        }
        return item;
    }

    private void pressed(KeyEvent event) {
        boolean accelerated = commands.stream()
                .anyMatch(command ->
                        command.accelerator().filter(key -> key.match(event)).isPresent());
        if (!accelerated && keys.act(event, !isTyping(event))) { // the menus listen for their accelerators
            event.consume();
        }
    }

    /** Whether the key belongs to what has the focus: a text, or the space bar on something that was reached by keyboard. */
    private static boolean isTyping(KeyEvent event) {
        Scene scene = event.getSource() instanceof Scene s ? s : null;
        Node owner = scene == null ? null : scene.getFocusOwner();
        if (owner instanceof TextInputControl || owner instanceof ComboBoxBase || owner instanceof CheckComboBox) {
            return true;
        }
        return event.getCode() == KeyCode.SPACE && owner instanceof ButtonBase && owner.isFocusVisible();
    }

    private void dragged(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
        }
        event.consume();
    }

    private void dropped(DragEvent event) {
        actions.drop(event.getDragboard().getFiles().stream().map(File::toPath).toList());
        event.setDropCompleted(true);
        event.consume();
    }
}
