package decaylab.ui.study;

import decaylab.chart.HeatMap;
import decaylab.chart.HeatMapImages;
import decaylab.chart.Theme;
import decaylab.study.ArmMap;
import decaylab.study.StudyRun;
import decaylab.study.StudyTable;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Texts;
import java.util.List;
import java.util.stream.IntStream;
import javafx.beans.property.Property;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** Binds the maps: what is shown, the cell that is looked at, and what is exported. */
public final class MapsController {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    private final MapsModel model;
    private final StudiesModel studies;
    private final MapBoard board;
    private final BackgroundTasks tasks;
    private final FileDialogs dialogs;
    private final Notices notices;
    private final ObservableValue<Theme> theme;
    private final Texts texts;
    private final HeatMapImages images = new HeatMapImages();

    @FXML
    private VBox root;

    @FXML
    private ComboBox<String> figure;

    @FXML
    private HBox choices;

    @FXML
    private ComboBox<Integer> first;

    @FXML
    private ComboBox<Integer> second;

    @FXML
    private HBox seedChoice;

    @FXML
    private ComboBox<Integer> seed;

    @FXML
    private Button picture;

    @FXML
    private Button table;

    @FXML
    private Label empty;

    @FXML
    private Label words;

    /**
     * @param board the maps themselves
     * @param tasks write files
     * @param theme what the window's colours are
     */
    public MapsController(
            MapsModel model,
            StudiesModel studies,
            MapBoard board,
            BackgroundTasks tasks,
            FileDialogs dialogs,
            Notices notices,
            ObservableValue<Theme> theme,
            Texts texts) {
        this.model = model;
        this.studies = studies;
        this.board = board;
        this.tasks = tasks;
        this.dialogs = dialogs;
        this.notices = notices;
        this.theme = theme;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        figure.setItems(model.figures());
        figure.setConverter(words(model::figureTitle));
        bind(figure, model.figure());
        model.titles().addListener((ListChangeListener<String>) change -> offerMaps());
        first.setConverter(words(this::title));
        second.setConverter(words(this::title));
        bind(first, model.first());
        bind(second, model.second());
        offerMaps();
        seed.setItems(model.seeds());
        bind(seed, model.seed());
        model.seeds().addListener((ListChangeListener<Integer>) change -> showSeeds());
        showSeeds();
        Icons.describe(figure, texts.of("maps.figure"));
        Icons.describe(first, texts.of("maps.first"));
        Icons.describe(second, texts.of("maps.second"));
        Icons.describe(seed, texts.of("maps.seedTip"));
        picture.disableProperty().bind(model.shown().isNull());
        picture.setOnAction(event -> exportPicture());
        table.disableProperty().bind(model.shown().isNull());
        table.setOnAction(event -> exportTable());
        VBox.setVgrow(board, Priority.ALWAYS);
        root.getChildren().add(root.getChildren().indexOf(empty), board);
        show(empty, model.shown().get() == null);
        show(board, model.shown().get() != null);
        model.shown().addListener((observable, before, now) -> {
            show(empty, now == null);
            show(board, now != null);
        });
        words.textProperty().bind(model.words());
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    /** A choice that the list loses for a moment is not taken for the user's. */
    private static <T> void bind(ComboBox<T> box, Property<T> value) {
        box.setValue(value.getValue());
        value.addListener((observable, before, now) -> box.setValue(now));
        box.valueProperty().addListener((observable, before, now) -> {
            if (now != null) {
                value.setValue(now);
            }
        });
    }

    private void offerMaps() {
        int count = model.titles().size();
        first.getItems().setAll(IntStream.range(0, count).boxed().toList());
        second.getItems().setAll(IntStream.range(MapsModel.NONE, count).boxed().toList());
        choose(first, model.first().get());
        choose(second, model.second().get());
        show(choices, count > 1);
    }

    /** Anew even where it is the same: the words for it may be others. */
    private static void choose(ComboBox<Integer> box, int map) {
        box.setValue(null);
        box.setValue(map);
    }

    private void showSeeds() {
        seed.setValue(model.seed().get());
        show(seedChoice, model.seeds().size() > 1);
    }

    private String title(int map) {
        return map == MapsModel.NONE || map >= model.titles().size()
                ? texts.of("maps.none")
                : model.titles().get(map);
    }

    private static <T> StringConverter<T> words(java.util.function.Function<T, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(T item) {
                return item == null ? "" : words.apply(item);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("nothing is typed");
            }
        };
    }

    private void exportPicture() {
        MapsModel.Shown shown = model.shown().get();
        if (shown == null) {
            return;
        }
        List<HeatMap> maps = shown.maps().stream().map(ArmMap::map).toList();
        Theme colours = theme.getValue();
        dialogs.save(
                        FileDialogs.Kind.IMAGE,
                        texts.of("maps.picture"),
                        studies.chosen().get().protocol().name() + "-"
                                + model.figure().get() + ".png")
                .ifPresent(file -> tasks.run(
                        () -> {
                            if (file.toString().endsWith(".svg")) {
                                images.svg(maps, colours, WIDTH, HEIGHT, file);
                            } else {
                                images.png(maps, colours, WIDTH, HEIGHT, 2, file);
                            }
                            return file;
                        },
                        written -> notices.tell(texts.of("studies.exported", written.toString())),
                        notices::warn));
    }

    private void exportTable() {
        StudyRun run = studies.run().get();
        if (run == null) {
            return;
        }
        dialogs.save(
                        FileDialogs.Kind.CSV,
                        texts.of("maps.table"),
                        run.study().protocol().name() + ".csv")
                .ifPresent(file -> tasks.run(
                        () -> {
                            new StudyTable().writeTo(run, file);
                            return file;
                        },
                        written -> notices.tell(texts.of("studies.exported", written.toString())),
                        notices::warn));
    }
}
