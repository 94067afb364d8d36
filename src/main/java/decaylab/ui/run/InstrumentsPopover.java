package decaylab.ui.run;

import atlantafx.base.controls.Popover;
import atlantafx.base.theme.Styles;
import decaylab.experiment.Instrument;
import decaylab.train.Overhead;
import decaylab.ui.base.Popovers;
import decaylab.ui.base.Texts;
import javafx.beans.value.ChangeListener;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** The overhead meter: each instrument, how often it is taken, what it costs, and the budget of all. */
final class InstrumentsPopover {
    private static final double INTERVAL_WIDTH = 84;
    private static final double WIDTH = 430;
    private static final Double[] BUDGETS = {0.01, 0.02, 0.05, 0.1, 0.25, Double.POSITIVE_INFINITY};

    private final InstrumentsModel model;
    private final Texts texts;

    InstrumentsPopover(InstrumentsModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
    }

    /** Opens beside a node; Escape or a click elsewhere closes. */
    void show(Node owner) {
        Label title = new Label(texts.of("instruments.title"));
        title.getStyleClass().add(Styles.TEXT_BOLD);
        Label problem = new Label();
        problem.setId("instrumentsProblem");
        problem.getStyleClass().add("field-error");
        problem.setWrapText(true);
        problem.setMaxWidth(WIDTH);
        GridPane grid = new GridPane(12, 6);
        grid.setId("instruments");
        Label samples = cost("samples");
        Label evaluations = cost("evaluations");
        grid.addRow(0, head("instruments.what"), head("instruments.every"), head("instruments.cost"));
        grid.addRow(
                1, new Label(texts.of("instruments.samples")), new Label(texts.of("instruments.eachStep")), samples);
        Label[] costs = new Label[Instrument.values().length];
        for (Instrument instrument : Instrument.values()) {
            int place = instrument.ordinal();
            costs[place] = cost(instrument.toString());
            grid.addRow(2 + place, box(instrument), interval(instrument, problem), costs[place]);
        }
        grid.addRow(
                2 + costs.length,
                new Label(texts.of("instruments.evaluations")),
                new Label(texts.of("instruments.asSet")),
                evaluations);
        Label total = new Label();
        total.setId("instrumentsTotal");
        total.setWrapText(true);
        total.setMaxWidth(WIDTH);
        ChangeListener<Overhead> listener = (observable, before, now) -> {
            samples.setText(Double.isNaN(now.samples()) ? "" : InstrumentsModel.percent(now.samples()));
            evaluations.setText(Double.isNaN(now.evaluations()) ? "" : InstrumentsModel.percent(now.evaluations()));
            for (Instrument instrument : Instrument.values()) {
                costs[instrument.ordinal()].setText(model.cost(instrument));
            }
            total.setText(
                    Double.isNaN(now.samples())
                            ? texts.of("instruments.notYet")
                            : texts.of("instruments.sum", InstrumentsModel.percent(now.total())));
        };
        listener.changed(
                model.overhead(), model.overhead().get(), model.overhead().get());
        model.overhead().addListener(listener);
        Label budgetLabel = new Label(texts.of("instruments.limit"));
        ComboBox<Double> budget = budget();
        budgetLabel.setLabelFor(budget);
        HBox line = new HBox(8, budgetLabel, budget);
        line.setAlignment(Pos.CENTER_LEFT);
        VBox content = new VBox(10, title, grid, total, line, problem);
        content.getStyleClass().add("definition-content");
        Popover popover = Popovers.of(content);
        popover.setArrowLocation(Popover.ArrowLocation.BOTTOM_CENTER);
        popover.setOnHidden(event -> model.overhead().removeListener(listener));
        popover.show(owner);
    }

    private Label head(String key) {
        Label label = new Label(texts.of(key));
        label.getStyleClass().add(Styles.TEXT_MUTED);
        return label;
    }

    private static Label cost(String id) {
        Label label = new Label();
        label.setId("cost-" + id);
        GridPane.setHalignment(label, HPos.LEFT);
        return label;
    }

    private CheckBox box(Instrument instrument) {
        CheckBox box = new CheckBox(texts.of("instruments." + instrument));
        box.setId("instrument-" + instrument);
        box.selectedProperty().bindBidirectional(model.chosen(instrument));
        if (model.isNeeded(instrument)) { // it is on as long as its chart is shown
            box.setText(texts.of("instruments.forItsChart", texts.of("instruments." + instrument)));
        }
        return box;
    }

    private TextField interval(Instrument instrument, Label problem) {
        TextField field = new TextField(Integer.toString(model.interval(instrument)));
        field.setId("interval-" + instrument);
        field.setAccessibleText(texts.of("instruments.intervalOf", texts.of("instruments." + instrument)));
        field.setPrefWidth(INTERVAL_WIDTH);
        field.textProperty()
                .addListener((observable, before, now) -> problem.setText(model.setInterval(instrument, now)));
        return field;
    }

    private ComboBox<Double> budget() {
        ComboBox<Double> box = new ComboBox<>();
        box.setId("instrumentsBudget");
        box.getItems().setAll(BUDGETS);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(Double share) {
                return share == null
                        ? ""
                        : share.isInfinite() ? texts.of("instruments.noBudget") : InstrumentsModel.percent(share);
            }

            @Override
            public Double fromString(String text) {
                throw new UnsupportedOperationException("the list is not editable");
            }
        });
        box.setValue(model.budget().get());
        box.valueProperty()
                .addListener((observable, before, now) -> model.budget().set(now));
        return box;
    }
}
