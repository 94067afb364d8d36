package decaylab.ui;

import decaylab.lesson.LessonControl;
import decaylab.ui.base.Language;
import decaylab.ui.base.Languages;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import decaylab.ui.journal.JournalModel;
import decaylab.ui.keys.Command;
import decaylab.ui.keys.Keys;
import decaylab.ui.lesson.LessonModel;
import decaylab.ui.library.LibraryModel;
import decaylab.ui.run.MiddleView;
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
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleGroup;
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
    private final LessonModel lessons;
    private final ChartBoard board;
    private final WindowModel window;
    private final LabActions actions;
    private final MomentActions moment;
    private final JournalModel records;
    private final List<Command> commands;
    private final Keys keys;
    private final Tour tour;
    private final PaneNotices notices;
    private final Languages languages;
    private final Language language;
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
    private Menu learnMenu;

    @FXML
    private Menu helpMenu;

    @FXML
    private Node controls;

    @FXML
    private SplitPane columns;

    @FXML
    private Node lesson;

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

    @FXML
    private Node journal;

    /**
     * @param lessons take the place of the designer
     * @param commands what menus and keys do
     */
    MainController(
            LibraryModel stored,
            StudiesModel study,
            LessonModel lessons,
            ChartBoard board,
            WindowModel window,
            LabActions actions,
            MomentActions moment,
            JournalModel records,
            List<Command> commands,
            Tour tour,
            PaneNotices notices,
            Languages languages,
            Language language,
            Texts texts) {
        this.stored = stored;
        this.study = study;
        this.lessons = lessons;
        this.board = board;
        this.window = window;
        this.actions = actions;
        this.moment = moment;
        this.records = records;
        this.commands = List.copyOf(commands);
        keys = new Keys(commands);
        this.tour = tour;
        this.notices = notices;
        this.languages = languages;
        this.language = language;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        notices.attach(root);
        root.setFocusTraversable(false);
        new Columns(
                columns, lesson, designer, middle, side, window, lessons.open(), lessons.locks(LessonControl.DESIGNER));
        new Projection(root, board, window.projector());
        controls.visibleProperty() // one weight has its own, and needs the room on a projector
                .bind(window.projector()
                        .and(window.middle().isEqualTo(MiddleView.WEIGHT))
                        .and(columns.visibleProperty())
                        .not());
        controls.managedProperty().bind(controls.visibleProperty());
        library.visibleProperty().bind(stored.open());
        studies.visibleProperty().bind(study.open());
        journal.visibleProperty().bind(records.open());
        for (Node whole : List.of(library, studies, journal, columns)) {
            whole.managedProperty().bind(whole.visibleProperty()); // what is not shown needs no room
        }
        columns.visibleProperty()
                .bind(stored.open().or(study.open()).or(records.open()).not());
        onlyOne(stored.open(), study.open(), records.open());
        onlyOne(study.open(), stored.open(), records.open());
        onlyOne(records.open(), stored.open(), study.open());
        fill(fileMenu, Command.Menu.FILE);
        fill(runMenu, Command.Menu.RUN);
        viewMenu.getItems()
                .addAll(languageMenu(), new SeparatorMenuItem()); // at its top: the menu is longer than small screens
        fill(viewMenu, Command.Menu.VIEW);
        fill(learnMenu, Command.Menu.LEARN);
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

    /** The library, the studies and the journal take the place of everything else, one of them at a time. */
    private static void onlyOne(BooleanProperty opened, BooleanProperty... others) {
        opened.addListener((observable, before, now) -> {
            if (now) {
                List.of(others).forEach(other -> other.set(false));
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
                : "  (" + Keys.words(command.keys().get(0), texts) + ")";
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

    /** Each language in itself, so that whoever does not read the present one finds it. */
    private Menu languageMenu() {
        Menu menu = new Menu(texts.of("action.language"));
        ToggleGroup group = new ToggleGroup();
        for (Language each : languages.all()) {
            RadioMenuItem item = new RadioMenuItem(each.name());
            item.setMnemonicParsing(false);
            item.setId("language-" + each.locale().getLanguage());
            item.setToggleGroup(group);
            item.setSelected(each.equals(language));
            if (!each.font().isEmpty()) {
                item.setStyle("-fx-font-family: \"" + each.font() + "\";");
            }
            item.setOnAction(event -> speak(each));
            menu.getItems().add(item);
        }
        return menu;
    }

    /** Models hold sentences that were made already, so all words change together, at the next start. */
    private void speak(Language chosen) {
        window.language().set(chosen.equals(Language.ENGLISH) ? "en" : chosen.tag());
        if (!chosen.equals(language)) {
            notices.tell(new Texts(chosen).of("language.nextStart"));
        }
    }

    private void pressed(KeyEvent event) {
        if (!isTyping(event) && (moment.draw(event.getCode(), event.isShiftDown()) || answers(event))) {
            event.consume();
            return;
        }
        boolean accelerated = commands.stream()
                .anyMatch(command ->
                        command.accelerator().filter(key -> key.match(event)).isPresent());
        if (!accelerated && keys.act(event, !isTyping(event))) { // the menus listen for their accelerators
            event.consume();
        }
    }

    /** A digit chooses an answer where a lesson asks. */
    private boolean answers(KeyEvent event) {
        boolean digit = event.getCode().isDigitKey() && !event.isShortcutDown() && !event.isAltDown();
        int choice = digit ? event.getCode().getChar().charAt(0) - '1' : -1;
        return choice >= 0 && lessons.answer(choice);
    }

    /** Whether the key belongs to what has the focus: a text, or the space bar on something that was reached by keyboard. */
    private static boolean isTyping(KeyEvent event) {
        Scene scene = event.getSource() instanceof Scene s ? s : null;
        Node owner = scene == null ? null : scene.getFocusOwner();
        if (owner instanceof TextInputControl || owner instanceof ComboBoxBase || owner instanceof CheckComboBox) {
            return true;
        }
        return event.getCode() == KeyCode.SPACE
                && owner instanceof ButtonBase
                && (owner.isFocusVisible() || owner.getStyleClass().contains("lesson-entry"));
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
