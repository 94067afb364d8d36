package decaylab.ui.study;

import atlantafx.base.theme.Styles;
import decaylab.experiment.Field;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import decaylab.ui.designer.FieldTexts;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableStringValue;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Binds the form of a new sweep. */
public final class SweepController {
    private static final int MOST_SEEDS = 1_000;

    private final SweepsModel model;
    private final Texts texts;
    private final FieldTexts fieldTexts;

    @FXML
    private Region root;

    @FXML
    private Label about;

    @FXML
    private ComboBox<@Nullable Field> field1;

    @FXML
    private TextField values1;

    @FXML
    private Label error1;

    @FXML
    private ComboBox<@Nullable Field> field2;

    @FXML
    private TextField values2;

    @FXML
    private Label error2;

    @FXML
    private Spinner<Integer> seeds;

    @FXML
    private TextField name;

    @FXML
    private Label nameError;

    @FXML
    private Label problem;

    @FXML
    private Label summary;

    @FXML
    private Button start;

    @FXML
    private Button cancel;

    public SweepController(SweepsModel model, Texts texts, FieldTexts fieldTexts) {
        this.model = model;
        this.texts = texts;
        this.fieldTexts = fieldTexts;
    }

    @FXML
    public void initialize() {
        root.visibleProperty().bind(model.open());
        root.managedProperty().bind(model.open());
        model.open().addListener((observable, before, opened) -> {
            if (opened) {
                values1.requestFocus();
            }
        });
        sentence(about, model.about());
        bind(model.lines().get(0), field1, values1, error1, false);
        bind(model.lines().get(1), field2, values2, error2, true);
        bindSeeds();
        name.textProperty().bindBidirectional(model.name());
        name.setOnAction(event -> model.start());
        sentence(nameError, model.nameProblem());
        sentence(problem, model.problem());
        sentence(summary, model.summary());
        start.getStyleClass().add(Styles.ACCENT);
        start.disableProperty().bind(model.startable().not());
        start.setOnAction(event -> model.start());
        cancel.setOnAction(event -> model.open().set(false));
    }

    private static void sentence(Label label, ObservableStringValue text) {
        label.textProperty().bind(text);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }

    private void bind(
            SweepsModel.Line line, ComboBox<@Nullable Field> box, TextField values, Label error, boolean optional) {
        List<@Nullable Field> fields = new ArrayList<>(model.fields());
        if (optional) {
            fields.add(0, null);
        }
        box.getItems().setAll(fields);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Field field) {
                return field == null ? texts.of(optional ? "sweeps.noField" : "sweeps.field") : fieldTexts.label(field);
            }

            @Override
            public Field fromString(String text) {
                throw new UnsupportedOperationException("nothing is typed");
            }
        });
        box.valueProperty().bindBidirectional(line.field());
        values.textProperty().bindBidirectional(line.values());
        values.disableProperty().bind(line.field().isNull());
        values.setOnAction(event -> model.start());
        values.setAccessibleText(texts.of("sweeps.values"));
        Icons.describe(box, texts.of("sweeps.field"));
        sentence(error, line.error());
    }

    private void bindSeeds() {
        ObjectProperty<Integer> value = model.seeds();
        SpinnerValueFactory<Integer> values =
                new SpinnerValueFactory.IntegerSpinnerValueFactory(1, MOST_SEEDS, value.get());
        values.valueProperty().bindBidirectional(value);
        seeds.setValueFactory(values);
    }
}
