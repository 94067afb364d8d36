package decaylab.ui.study;

import atlantafx.base.theme.Styles;
import decaylab.chart.ChartImages;
import decaylab.chart.ChartSpec;
import decaylab.chart.Theme;
import decaylab.study.Findings;
import decaylab.study.Protocol;
import decaylab.study.Study;
import decaylab.study.StudyCharts;
import decaylab.study.StudyRun;
import decaylab.study.Table;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2AL;

/** Binds the studies: their list, what is asked before one is started, and its protocol, charts, verdicts and tables. */
public final class StudiesController {
    private static final int MOST_SEEDS = 1_000;
    private static final int MOST_WORKERS = 256;
    private static final int CHARTS = 1;
    private static final int VERDICTS = 2;
    private static final int MAPS = 4;
    private static final int PICTURE_WIDTH = 640;
    private static final int PICTURE_HEIGHT = 400;

    private final StudiesModel model;
    private final SweepsModel sweeps;
    private final BackgroundTasks painting;
    private final FileDialogs dialogs;
    private final Notices notices;
    private final Consumer<Path> browser;
    private final ObservableValue<Theme> theme;
    private final Texts texts;
    private final StudyCharts studyCharts;
    private final ChartGrid grid;

    @FXML
    private BorderPane root;

    @FXML
    private Button close;

    @FXML
    private Label outcome;

    @FXML
    private Button export;

    @FXML
    private Button report;

    @FXML
    private Button newSweep;

    @FXML
    private Button openSweep;

    @FXML
    private ListView<Study> list;

    @FXML
    private Spinner<Integer> seeds;

    @FXML
    private Spinner<Integer> workers;

    @FXML
    private TextField folder;

    @FXML
    private Button browse;

    @FXML
    private Label estimate;

    @FXML
    private Button start;

    @FXML
    private ProgressBar bar;

    @FXML
    private Label progress;

    @FXML
    private Label title;

    @FXML
    private VBox form;

    @FXML
    private VBox page;

    @FXML
    private TabPane tabs;

    @FXML
    private Tab chartsTab;

    @FXML
    private Tab mapsTab;

    @FXML
    private VBox protocol;

    @FXML
    private ScrollPane chartScroll;

    @FXML
    private VBox verdicts;

    @FXML
    private VBox tables;

    /**
     * @param sweeps new ones, and those of a folder
     * @param painting paints charts away from the window's thread
     * @param browser shows a page
     * @param theme what the window's colours are
     * @param grid the charts of the study that is shown
     */
    public StudiesController(
            StudiesModel model,
            SweepsModel sweeps,
            BackgroundTasks painting,
            FileDialogs dialogs,
            Notices notices,
            Consumer<Path> browser,
            ObservableValue<Theme> theme,
            Texts texts,
            StudyCharts studyCharts,
            ChartGrid grid) {
        this.model = model;
        this.sweeps = sweeps;
        this.painting = painting;
        this.dialogs = dialogs;
        this.notices = notices;
        this.browser = browser;
        this.theme = theme;
        this.texts = texts;
        this.studyCharts = studyCharts;
        this.grid = grid;
    }

    private Theme theme() {
        return theme.getValue();
    }

    @FXML
    public void initialize() {
        Icons.only(close, Icons.back(texts), texts.of("studies.close"));
        close.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        close.setOnAction(event -> model.open().set(false));
        root.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                BooleanProperty innermost = sweeps.open().get() ? sweeps.open() : model.open();
                innermost.set(false);
                event.consume();
            }
        });
        outcome.textProperty().bind(model.outcome());
        outcome.setOnMouseClicked(event -> tabs.getSelectionModel().select(VERDICTS));
        bindList();
        bindForm();
        bindPage();
        bindSweeps();
    }

    private void bindList() {
        list.setItems(model.all());
        list.setCellFactory(view -> new StudyCell());
        list.setAccessibleText(texts.of("studies.title"));
        list.getSelectionModel().selectedItemProperty().addListener((observable, before, study) -> {
            if (study != null) {
                model.chosen().set(study);
            }
        });
        model.chosen().addListener((observable, before, study) -> {
            list.getSelectionModel().select(study);
            describe(study.protocol());
            offerTabs(study);
        });
        model.open().addListener((observable, before, opened) -> {
            if (opened) {
                list.requestFocus();
            }
        });
    }

    /** Only what the study has; where it has maps and no charts, the maps are what to look at. */
    private void offerTabs(Study study) {
        boolean maps = !study.mapped().isEmpty();
        boolean charts = !study.protocol().panels().isEmpty();
        mapsTab.setDisable(!maps);
        chartsTab.setDisable(!charts);
        if (mapsFirst(study)) {
            tabs.getSelectionModel().select(MAPS);
        } else if (tabs.getSelectionModel().getSelectedItem().isDisable()) {
            tabs.getSelectionModel().select(0);
        }
    }

    private static boolean mapsFirst(Study study) {
        return !study.mapped().isEmpty() && study.protocol().panels().isEmpty();
    }

    /** Name and sentence of a study. */
    private static final class StudyCell extends ListCell<Study> {
        private final Label name = new Label();
        private final Label title = new Label();
        private final VBox lines = new VBox(name, title);

        StudyCell() {
            name.getStyleClass().add("group-title");
            title.getStyleClass().add("group-note");
            title.setWrapText(true);
            title.setMinHeight(Region.USE_PREF_SIZE);
            lines.prefWidthProperty().bind(widthProperty().subtract(26));
            lines.maxWidthProperty().bind(lines.prefWidthProperty());
        }

        @Override
        protected void updateItem(@Nullable Study study, boolean empty) {
            super.updateItem(study, empty);
            boolean some = !empty && study != null;
            setGraphic(some ? lines : null);
            if (study != null && some) {
                name.setText(study.protocol().name());
                title.setText(study.protocol().title());
            }
        }
    }

    private void bindForm() {
        number(seeds, MOST_SEEDS, model.seeds());
        number(workers, MOST_WORKERS, model.workers());
        seeds.getEditor().setAccessibleText(texts.of("studies.seeds"));
        workers.getEditor().setAccessibleText(texts.of("studies.workers"));
        seeds.disableProperty().bind(model.running());
        workers.disableProperty().bind(model.running());
        folder.textProperty().bindBidirectional(model.folder());
        folder.disableProperty().bind(model.running());
        Icons.only(browse, Material2AL.FOLDER_OPEN, texts.of("studies.browse"));
        browse.getStyleClass().add(Styles.BUTTON_ICON);
        browse.disableProperty().bind(model.running());
        browse.setOnAction(event -> dialogs.folder(texts.of("studies.browse"))
                .map(Path::toString)
                .ifPresent(path -> model.folder().set(path)));
        estimate.textProperty().bind(model.estimate());
        estimate.setMinHeight(Region.USE_PREF_SIZE);
        start.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.of(model.running().get() ? "studies.stop" : "studies.start"), model.running()));
        start.disableProperty()
                .bind(model.stopping()
                        .or(model.running().not().and(model.findings().isNotNull())));
        model.running().addListener((observable, before, now) -> {
            start.getStyleClass().remove(Styles.ACCENT);
            if (!now) {
                start.getStyleClass().add(Styles.ACCENT);
            }
        });
        start.getStyleClass().add(Styles.ACCENT);
        start.setOnAction(event -> {
            if (model.running().get()) {
                model.stop();
            } else {
                model.start();
                tabs.getSelectionModel().select(mapsFirst(model.chosen().get()) ? MAPS : CHARTS);
            }
        });
        bar.progressProperty().bind(model.progress());
        bar.visibleProperty().bind(model.running());
        bar.managedProperty().bind(model.running());
        bar.setAccessibleText(texts.of("studies.progress"));
        progress.textProperty().bind(model.progressWords());
        progress.visibleProperty().bind(model.running());
        progress.managedProperty().bind(model.running());
        progress.setMinHeight(Region.USE_PREF_SIZE);
    }

    private static void number(Spinner<Integer> spinner, int most, ObjectProperty<Integer> value) {
        SpinnerValueFactory<Integer> values = new SpinnerValueFactory.IntegerSpinnerValueFactory(1, most, value.get());
        values.valueProperty().bindBidirectional(value);
        spinner.setValueFactory(values);
        spinner.getEditor().focusedProperty().addListener((observable, before, focused) -> {
            if (!focused) {
                commit(spinner);
            }
        });
    }

    /** What was written is taken where it is a number in the range; else the last number stands again. */
    private static void commit(Spinner<Integer> spinner) {
        try {
            spinner.getValueFactory()
                    .setValue(Integer.parseInt(spinner.getEditor().getText().strip()));
        } catch (NumberFormatException e) {
            spinner.getEditor().setText(String.valueOf(spinner.getValue()));
        }
    }

    private void bindSweeps() {
        page.visibleProperty().bind(sweeps.open().not());
        form.visibleProperty().bind(sweeps.open().not().or(model.running())); // one button to start at a time
        form.managedProperty().bind(form.visibleProperty());
        newSweep.setOnAction(event -> sweeps.begin());
        Icons.describe(openSweep, texts.of("sweeps.openTip"));
        openSweep.setOnAction(
                event -> dialogs.folder(texts.of("sweeps.openTip")).ifPresent(sweeps::open));
    }

    private void bindPage() {
        chartScroll.setContent(grid);
        model.run().addListener((observable, before, run) -> {
            grid.show(run);
            showTables(run);
        });
        model.findings().addListener((observable, before, found) -> {
            showVerdicts(found);
            showTables(model.run().get());
        });
        showVerdicts(null);
        showTables(null);
        export.disableProperty().bind(model.run().isNull());
        export.setOnAction(event -> export());
        report.disableProperty().bind(model.findings().isNull());
        report.setOnAction(event -> model.report().ifPresent(path -> {
            notices.tell(texts.of("studies.reportAt", path.toString()));
            browser.accept(path);
        }));
    }

    private void describe(Protocol described) {
        title.setText(described.title());
        protocol.getChildren().clear();
        described.words().forEach(sentence -> protocol.getChildren().add(text(sentence, "")));
        protocol.getChildren()
                .addAll(
                        text(texts.of("studies.source"), "group-title"),
                        text(described.source(), ""),
                        text(texts.of("studies.reconstruction"), "group-title"),
                        text(described.reconstruction(), ""),
                        text(texts.of("studies.arms"), "group-title"));
        described.arms().forEach(arm -> protocol.getChildren()
                .add(text(arm.name() + ": " + arm.experiment().summaryOfSeeds(), "")));
    }

    private void showVerdicts(@Nullable Findings found) {
        verdicts.getChildren()
                .setAll(
                        found == null
                                ? text(texts.of("studies.noVerdicts"), "group-note")
                                : new VerdictTable(found.claims(), texts));
    }

    private void showTables(@Nullable StudyRun run) {
        tables.getChildren().clear();
        if (run == null || model.findings().get() == null) {
            tables.getChildren().add(text(texts.of("studies.noTables"), "group-note"));
            return;
        }
        List<Table> all = run.study().tables(run.figures());
        all.forEach(table -> tables.getChildren().add(new FigureTable(table)));
        if (all.isEmpty()) {
            tables.getChildren().add(text(texts.of("studies.hasNoTables"), "group-note"));
        }
    }

    private static Node text(String words, String style) {
        Label label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        if (!style.isEmpty()) {
            label.getStyleClass().add(style);
        }
        return label;
    }

    private void export() {
        StudyRun run = model.run().get();
        if (run == null) {
            return;
        }
        Theme chosen = theme();
        String name = run.study().protocol().name() + ".png";
        dialogs.save(FileDialogs.Kind.IMAGE, texts.of("studies.export"), name)
                .ifPresent(file -> painting.run(
                        () -> {
                            List<ChartSpec> specs = ChartGrid.specs(studyCharts, run, chosen);
                            ChartImages images = new ChartImages();
                            if (file.toString().endsWith(".svg")) {
                                images.svg(specs, PICTURE_WIDTH, PICTURE_HEIGHT, file);
                            } else {
                                images.png(specs, PICTURE_WIDTH, PICTURE_HEIGHT, 2, file);
                            }
                            return file;
                        },
                        written -> notices.tell(texts.of("studies.exported", written.toString())),
                        notices::warn));
    }
}
