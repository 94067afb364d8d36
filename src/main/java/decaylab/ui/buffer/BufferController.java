package decaylab.ui.buffer;

import decaylab.chart.ChartKind;
import decaylab.optim.DecayEntry;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import java.util.List;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/** Binds the view of the buffers. */
public final class BufferController {
    private static final double PART_WIDTH = 186;
    private static final double VARIANT_WIDTH = 150;
    private static final double LEAST_CHARTS = 330;
    private static final double TALL_CHARTS = 390;
    private static final double PLOT_HEIGHT = 140;

    private final BufferModel model;
    private final ChartBoard board;
    private final Texts texts;
    private final RankPlot ranks;

    @FXML
    private ScrollPane scroll;

    @FXML
    private ComboBox<String> part;

    @FXML
    private Label note;

    @FXML
    private VBox ownCard;

    @FXML
    private VBox otherCard;

    @FXML
    private ComboBox<DecayEntry> variant;

    @FXML
    private Button compare;

    @FXML
    private VBox place;

    /** @param board draws the charts of this view alone */
    public BufferController(BufferModel model, ChartBoard board, Texts texts) {
        this.model = model;
        this.board = board;
        this.texts = texts;
        ranks = new RankPlot(texts.of("buffer.ranks"), texts.of("buffer.ranksEmpty"), texts.orientation());
        ranks.setId("bufferRanks");
    }

    @FXML
    public void initialize() {
        part.setItems(model.parts());
        part.valueProperty().bindBidirectional(model.part());
        part.setPrefWidth(PART_WIDTH);
        part.setMinWidth(PART_WIDTH);
        Icons.describe(part, texts.of("buffer.partTip"));
        note.textProperty().bind(model.note());
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(model.note());
        note.setTooltip(whole);
        variant.setItems(model.variants());
        variant.valueProperty().bindBidirectional(model.variant());
        variant.setPrefWidth(VARIANT_WIDTH);
        variant.setMinWidth(VARIANT_WIDTH);
        Icons.describe(variant, texts.of("buffer.variantTip"));
        compare.setText(texts.of("buffer.compare"));
        compare.setMinWidth(Region.USE_PREF_SIZE);
        Icons.describe(compare, texts.of("buffer.compareTip"));
        compare.disableProperty().bind(model.comparable().not());
        compare.setOnAction(event -> model.compare());
        model.own().addListener((observable, before, now) -> show(ownCard, now));
        model.other().addListener((observable, before, now) -> show(otherCard, now));
        show(ownCard, model.own().get());
        show(otherCard, model.other().get());
        List.of(ChartKind.SHARES, ChartKind.TOKEN_OBJECTIVE_SHARES, ChartKind.TOKEN_PENALTY_SHARES)
                .forEach(kind -> board.logarithmic(kind).set(true)); // they are orders of magnitude apart
        board.setMinHeight(LEAST_CHARTS);
        VBox.setVgrow(board, Priority.ALWAYS);
        ranks.setPrefHeight(PLOT_HEIGHT);
        ranks.setMinHeight(PLOT_HEIGHT);
        place.getChildren().setAll(board, ranks);
        model.rows().addListener((observable, before, now) -> ranks.show(now));
        model.charts().addListener((ListChangeListener<ChartKind>) change -> showCharts());
        model.part().addListener((observable, before, now) -> board.layer().set(model.layer()));
        model.runs().addListener((ListChangeListener<Object>) change -> showRuns());
        model.shown().bind(scroll.visibleProperty());
        scroll.visibleProperty().addListener((observable, before, now) -> showRuns());
        showCharts();
        showRuns();
    }

    private void showCharts() {
        board.kinds().setAll(model.charts());
        ranks.setVisible(model.isOfTokens());
        ranks.setManaged(model.isOfTokens());
        board.setMinHeight(model.isOfTokens() ? TALL_CHARTS : LEAST_CHARTS);
    }

    /** A board that is not looked at draws nothing. */
    private void showRuns() {
        board.runs().setAll(scroll.isVisible() ? model.runs() : List.of());
    }

    private static void show(VBox card, @Nullable UpdateCard of) {
        card.getChildren().clear();
        if (of == null) {
            return;
        }
        Label title = new Label(of.title());
        title.getStyleClass().add("chart-title");
        title.setMinWidth(0);
        card.getChildren().add(title);
        int number = 1;
        for (UpdateCard.Row row : of.rows()) {
            card.getChildren().add(line(number++, row));
        }
        if (!of.note().isBlank()) {
            Label words = new Label(of.note());
            words.setWrapText(true);
            words.getStyleClass().add("update-note");
            card.getChildren().add(words);
        }
    }

    private static Node line(int number, UpdateCard.Row row) {
        Label place = new Label(Integer.toString(number));
        place.getStyleClass().add("update-number");
        TextFlow formula = formula(row.line().formula());
        formula.setMinWidth(Region.USE_PREF_SIZE);
        Label value = new Label(row.value());
        value.getStyleClass().add("update-value");
        value.setMinWidth(0);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox line = new HBox(place, formula, gap, value);
        line.getStyleClass().add("update-line");
        if (row.line().decayEnters()) {
            line.getStyleClass().add("decay-enters");
        }
        line.setAccessibleText(row.name() + ": " + row.line().plain() + " " + row.value());
        Tooltip.install(line, new Tooltip(row.name()));
        line.getStyleClass()
                .add("line-" + row.line().part().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return line;
    }

    /** What decay adds is marked. */
    private static TextFlow formula(String formula) {
        TextFlow flow = new TextFlow();
        flow.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        String[] pieces = formula.split("[{}]", -1);
        for (int i = 0; i < pieces.length; i++) {
            if (!pieces[i].isEmpty()) {
                Text text = new Text(pieces[i]);
                text.getStyleClass().add(i % 2 == 1 ? "decay-term" : "formula-term");
                flow.getChildren().add(text);
            }
        }
        return flow;
    }
}
