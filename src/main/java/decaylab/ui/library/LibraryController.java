package decaylab.ui.library;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import decaylab.store.RunRow;
import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.material2.Material2MZ;

/** Binds the library: a table of runs, a search, and what is said of the chosen one. */
public final class LibraryController {
    /** Columns whose words are as long as somebody writes them. */
    private static final Set<String> MAY_SHRINK = Set.of("library.name", "library.experiment");

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final LibraryModel model;
    private final FileDialogs dialogs;
    private final Texts texts;

    @FXML
    private BorderPane root;

    @FXML
    private Button close;

    @FXML
    private TextField search;

    @FXML
    private Label count;

    @FXML
    private Button refresh;

    @FXML
    private Button takeIn;

    @FXML
    private TableView<RunRow> table;

    @FXML
    private VBox details;

    @FXML
    private TextField name;

    @FXML
    private TextField tags;

    @FXML
    private TextArea note;

    @FXML
    private Label summary;

    @FXML
    private Label problem;

    @FXML
    private Button compare;

    @FXML
    private Button resume;

    @FXML
    private Button export;

    @FXML
    private Button delete;

    private @Nullable RunRow described;

    public LibraryController(LibraryModel model, FileDialogs dialogs, Texts texts) {
        this.model = model;
        this.dialogs = dialogs;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        Icons.only(close, Icons.back(texts), texts.of("library.close"));
        close.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        close.setOnAction(event -> model.open().set(false));
        root.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.open().set(false);
                event.consume();
            }
        });
        Icons.only(refresh, Material2MZ.REFRESH, texts.of("library.refresh"));
        refresh.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        refresh.setOnAction(event -> model.refresh());
        refresh.disableProperty().bind(model.busy());
        takeIn.setText(texts.of("library.import"));
        takeIn.setOnAction(event ->
                dialogs.open(FileDialogs.Kind.RUN, texts.of("library.import")).ifPresent(model::importRun));
        search.setPromptText(texts.of("library.search"));
        search.setAccessibleText(texts.of("library.search"));
        search.textProperty().bindBidirectional(model.query());
        count.textProperty().bind(model.count());
        bindTable();
        bindDetails();
        model.open().addListener((observable, before, now) -> {
            if (now) {
                search.requestFocus();
            } else {
                save();
            }
        });
    }

    private void bindTable() {
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.getStyleClass().addAll(Styles.DENSE, Tweaks.EDGE_TO_EDGE);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(new Label(texts.of("library.empty")));
        table.setAccessibleText(texts.of("library.title"));
        column("library.name", 180, RunRow::name, row -> row.name());
        column("library.state", 84, RunRow::state, row -> texts.of("library.state." + word(row.state())));
        column(
                "library.steps",
                110,
                RunRow::steps,
                row -> Numbers.count(row.steps())
                        + (row.steps() < row.ofSteps() ? " / " + Numbers.count(row.ofSteps()) : ""));
        column("library.seed", 72, RunRow::seed, row -> Long.toString(row.seed()));
        column("library.norm", 66, RunRow::norm, row -> number(row.norm(), "%.4g"));
        column("library.accuracy", 96, RunRow::testAccuracy, row -> number(100 * row.testAccuracy(), "%.1f %%"));
        column("library.tags", 90, row -> String.join(", ", row.tags()), row -> String.join(", ", row.tags()));
        column("library.created", 136, RunRow::created, row -> when(row.created()));
        column("library.experiment", 420, RunRow::summary, RunRow::summary);
        SortedList<RunRow> sorted = new SortedList<>(model.rows());
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.getSelectionModel().selectedItemProperty().addListener((observable, before, now) -> describe(now));
        table.setRowFactory(view -> {
            var row = new javafx.scene.control.TableRow<RunRow>();
            row.setOnMouseClicked(event -> {
                if (event.getClickCount() == 2 && !row.isEmpty()) {
                    model.compare(List.of(row.getItem()));
                }
            });
            return row;
        });
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                model.compare(chosen());
                event.consume();
            } else if (event.getCode() == KeyCode.DELETE) {
                model.delete(chosen());
                event.consume();
            }
        });
    }

    private static String word(RunRow.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String number(double value, String format) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }

    private static String when(String created) {
        return created.isEmpty() ? "" : WHEN.format(Instant.parse(created));
    }

    private <T extends Comparable<? super T>> void column(
            String key, double width, Function<RunRow, T> value, Function<RunRow, String> words) {
        TableColumn<RunRow, RunRow> column = new TableColumn<>(texts.of(key));
        column.setPrefWidth(width);
        if (!MAY_SHRINK.contains(key)) {
            column.setMinWidth(width);
        }
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setComparator((a, b) -> value.apply(a).compareTo(value.apply(b)));
        column.setCellFactory(view -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable RunRow row, boolean empty) {
                super.updateItem(row, empty);
                setText(empty || row == null ? null : words.apply(row));
            }
        });
        table.getColumns().add(column);
    }

    private List<RunRow> chosen() {
        return List.copyOf(table.getSelectionModel().getSelectedItems());
    }

    private void bindDetails() {
        var selection = table.getSelectionModel();
        var one = Bindings.size(selection.getSelectedItems()).isEqualTo(1);
        var none = Bindings.isEmpty(selection.getSelectedItems());
        details.disableProperty().bind(one.not());
        compare.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> selection.getSelectedItems().size() > 1
                                ? texts.of(
                                        "library.compare",
                                        Integer.toString(
                                                selection.getSelectedItems().size()))
                                : texts.of("library.open"),
                        selection.getSelectedItems()));
        compare.getStyleClass().add(Styles.ACCENT);
        compare.disableProperty().bind(none);
        compare.setOnAction(event -> model.compare(chosen()));
        resume.setText(texts.of("library.resume"));
        resume.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> selection.getSelectedItems().size() != 1 || !model.canResume(selection.getSelectedItem()),
                        selection.getSelectedItems()));
        resume.setOnAction(event -> chosen().forEach(model::resume));
        export.setText(texts.of("library.export"));
        export.disableProperty().bind(one.not());
        export.setOnAction(event -> chosen().forEach(row -> dialogs.save(
                        FileDialogs.Kind.RUN, texts.of("library.export"), row.folder() + ".decayrun.zip")
                .ifPresent(file -> model.export(row, file))));
        delete.setText(texts.of("library.delete"));
        delete.disableProperty().bind(none);
        delete.setOnAction(event -> model.delete(chosen()));
        for (var field : List.of(name, tags, note)) {
            field.focusedProperty().addListener((observable, before, now) -> {
                if (!now) {
                    save();
                }
            });
        }
        name.setOnAction(event -> save());
        tags.setOnAction(event -> save());
    }

    private void save() {
        RunRow row = described;
        if (row != null) {
            model.describe(row, name.getText(), tags.getText(), note.getText());
        }
    }

    private void describe(@Nullable RunRow row) {
        described = row;
        name.setText(row == null ? "" : row.name());
        tags.setText(row == null ? "" : String.join(", ", row.tags()));
        note.setText(row == null ? "" : row.note());
        summary.setText(row == null ? texts.of("library.choose") : row.summary());
        problem.setText(row == null ? "" : row.problem());
    }
}
