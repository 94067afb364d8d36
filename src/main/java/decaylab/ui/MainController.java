package decaylab.ui;

import decaylab.experiment.Instrument;
import decaylab.optim.Gate;
import decaylab.ui.base.Language;
import decaylab.ui.base.Languages;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import decaylab.ui.library.LibraryModel;
import decaylab.ui.run.ControlsModel;
import decaylab.ui.run.InstrumentsModel;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.MiddleView;
import decaylab.ui.study.StudiesModel;
import decaylab.ui.study.SweepsModel;
import decaylab.ui.world.WorldModel;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
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
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import org.controlsfx.control.CheckComboBox;
import org.controlsfx.control.NotificationPane;

/** The window as a whole: its columns, menus and keys, and what is dropped on it. */
public final class MainController {
    private static final double[] ALL_COLUMNS = {0.244, 0.806};

    private final LabSession session;
    private final ControlsModel controls;
    private final ChartBoard board;
    private final InstrumentsModel instruments;
    private final LibraryModel stored;
    private final StudiesModel study;
    private final SweepsModel sweeps;
    private final WorldModel world;
    private final WindowModel window;
    private final LabActions actions;
    private final Dialogs dialogs;
    private final PaneNotices notices;
    private final Languages languages;
    private final Language language;
    private final Texts texts;

    @FXML
    private NotificationPane root;

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

    MainController(
            LabSession session,
            ControlsModel controls,
            ChartBoard board,
            InstrumentsModel instruments,
            LibraryModel stored,
            StudiesModel study,
            SweepsModel sweeps,
            WorldModel world,
            WindowModel window,
            LabActions actions,
            Dialogs dialogs,
            PaneNotices notices,
            Languages languages,
            Language language,
            Texts texts) {
        this.session = session;
        this.controls = controls;
        this.board = board;
        this.instruments = instruments;
        this.stored = stored;
        this.study = study;
        this.sweeps = sweeps;
        this.world = world;
        this.window = window;
        this.actions = actions;
        this.dialogs = dialogs;
        this.notices = notices;
        this.languages = languages;
        this.language = language;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        notices.attach(root);
        root.setFocusTraversable(false);
        SplitPane.setResizableWithParent(designer, false);
        SplitPane.setResizableWithParent(side, false);
        columns.setDividerPositions(ALL_COLUMNS);
        window.designerShown().addListener((observable, before, now) -> arrange());
        window.sideShown().addListener((observable, before, now) -> arrange());
        arrange();
        library.visibleProperty().bind(stored.open());
        studies.visibleProperty().bind(study.open());
        columns.visibleProperty().bind(stored.open().not().and(study.open().not()));
        onlyOne(stored.open(), study.open());
        onlyOne(study.open(), stored.open());
        fillFileMenu();
        fillRunMenu();
        fillViewMenu();
        helpMenu.getItems().setAll(item("action.about", "F1", dialogs::about));
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

    private void arrange() {
        List<Node> shown = new ArrayList<>();
        if (window.designerShown().get()) {
            shown.add(designer);
        }
        shown.add(middle);
        if (window.sideShown().get()) {
            shown.add(side);
        }
        columns.getItems().setAll(shown);
        if (shown.size() == 3) {
            columns.setDividerPositions(ALL_COLUMNS);
        } else if (shown.size() == 2) {
            columns.setDividerPositions(window.designerShown().get() ? ALL_COLUMNS[0] : ALL_COLUMNS[1]);
        }
    }

    private void fillFileMenu() {
        Menu recent = new Menu(texts.of("action.recent"));
        window.recent().addListener((ListChangeListener<Path>) change -> fillRecent(recent));
        fillRecent(recent);
        fileMenu.getItems()
                .setAll(
                        item("action.openExperiment", "Shortcut+O", actions::openExperiment),
                        item("action.saveExperiment", "Shortcut+S", actions::saveExperiment),
                        item("action.saveDone", "", actions::saveWhatWasDone),
                        item("action.openRun", "Shortcut+Shift+O", actions::openRun),
                        check("action.library", "Shortcut+L", stored.open()),
                        recent,
                        new SeparatorMenuItem(),
                        item("action.exportCharts", "Shortcut+E", dialogs::exportCharts),
                        item("action.exportCsv", "Shortcut+Shift+E", actions::exportCurrentCsv),
                        new SeparatorMenuItem(),
                        item("action.quit", "Shortcut+Q", dialogs::quit));
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

    // Keys without Ctrl are not accelerators: those would also act while somebody types into a field.
    private void fillRunMenu() {
        runMenu.getItems()
                .setAll(
                        item("action.start", "Shortcut+Enter", actions::startExperiment),
                        item("action.sweep", "Shortcut+Shift+Enter", () -> {
                            study.open().set(true);
                            sweeps.begin();
                        }),
                        new SeparatorMenuItem(),
                        item("action.play", "", controls::togglePlay),
                        item("action.step", "", controls::step),
                        item("action.stepBack", "", session::stepBack),
                        item("action.undo", "Shortcut+Z", session::undo),
                        item("action.stop", "", session::stop),
                        item("action.restart", "", session::restart),
                        item("action.newSeed", "", session::restartWithNewSeed),
                        new SeparatorMenuItem(),
                        item("action.toggleDecay", "", controls::toggleDecay),
                        item("action.autoDecay", "", () -> controls.switchTo(Gate.AUTO)),
                        check("action.twin", "", session.twinning()),
                        check("action.equilibrium", "", instruments.chosen(Instrument.EQUILIBRIUM)));
    }

    private void fillViewMenu() {
        for (MiddleView view : MiddleView.values()) {
            viewMenu.getItems().add(item(view.key(), "Alt+" + view.digit(), () -> {
                window.middle().set(view);
                stored.open().set(false);
                study.open().set(false);
            }));
        }
        viewMenu.getItems()
                .addAll(
                        check("view.studies", "Alt+4", study.open()),
                        new SeparatorMenuItem(),
                        check("action.dark", "Shortcut+D", window.dark()),
                        languageMenu(),
                        check("action.designer", "Shortcut+1", window.designerShown()),
                        check("action.side", "Shortcut+2", window.sideShown()),
                        new SeparatorMenuItem(),
                        item("action.zoomIn", "", () -> board.zoomBy(1 / 1.5)),
                        item("action.zoomOut", "", () -> board.zoomBy(1.5)),
                        item("action.resetZoom", "", board::resetZoom));
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

    private MenuItem item(String key, String accelerator, Runnable action) {
        MenuItem item = new MenuItem(texts.of(key));
        item.setOnAction(event -> action.run());
        if (!accelerator.isEmpty()) {
            item.setAccelerator(KeyCombination.valueOf(accelerator));
        }
        return item;
    }

    private CheckMenuItem check(String key, String accelerator, BooleanProperty property) {
        CheckMenuItem item = new CheckMenuItem(texts.of(key));
        if (!accelerator.isEmpty()) {
            item.setAccelerator(KeyCombination.valueOf(accelerator));
        }
        item.selectedProperty().bindBidirectional(property);
        return item;
    }

    private void pressed(KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown() || event.isMetaDown() || isTyping(event)) {
            return;
        }
        if (act(event)) {
            event.consume();
        }
    }

    private boolean act(KeyEvent event) {
        switch (event.getCode()) {
            case SPACE -> controls.togglePlay();
            case S, PERIOD -> controls.step();
            case D -> controls.toggleDecay();
            case A -> controls.switchTo(Gate.AUTO);
            case COMMA -> session.stepBack();
            case E -> {
                BooleanProperty equilibrium = instruments.chosen(Instrument.EQUILIBRIUM);
                equilibrium.set(!equilibrium.get());
            }
            case B -> {
                boolean shows = window.middle().get() == MiddleView.ENVIRONMENT
                        && world.bestKnown().get();
                if (!shows) {
                    return false;
                }
                world.showingBest().set(!world.showingBest().get());
            }
            case T -> session.twinning().set(!session.twinning().get());
            case R -> {
                if (event.isShiftDown()) {
                    session.restartWithNewSeed();
                } else {
                    session.restart();
                }
            }
            case DIGIT0, NUMPAD0 -> board.resetZoom();
            case PLUS, ADD, EQUALS -> board.zoomBy(1 / 1.5);
            case MINUS, SUBTRACT -> board.zoomBy(1.5);
            case ESCAPE -> {
                if (notices.dismiss()) {
                    return true;
                }
                boolean shown = stored.open().get() || study.open().get();
                stored.open().set(false);
                study.open().set(false);
                return shown;
            }
            default -> {
                return false;
            }
        }
        return true;
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
