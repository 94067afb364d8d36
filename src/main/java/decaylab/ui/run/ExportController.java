package decaylab.ui.run;

import decaylab.chart.ChartKind;
import decaylab.chart.Theme;
import decaylab.instrument.QuantityTexts;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Binds the form that asks what to export. */
public final class ExportController {
    private static final List<Double> SCALES = List.of(1.0, 2.0, 3.0, 4.0);

    private final ExportModel model;
    private final Texts texts;
    private final QuantityTexts quantities;

    @FXML
    private ComboBox<Choice> what;

    @FXML
    private TextField width;

    @FXML
    private TextField height;

    @FXML
    private ComboBox<Double> scale;

    @FXML
    private ComboBox<Theme> look;

    @FXML
    private Label error;

    /** A chart, or all of them where there is none. */
    private record Choice(@Nullable ChartKind kind, String words) {
        @Override
        public String toString() {
            return words;
        }
    }

    public ExportController(ExportModel model, Texts texts, QuantityTexts quantities) {
        this.model = model;
        this.texts = texts;
        this.quantities = quantities;
    }

    @FXML
    public void initialize() {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(null, texts.of("export.all")));
        model.choices().forEach(kind -> choices.add(new Choice(kind, kind.title(quantities))));
        what.getItems().setAll(choices);
        what.setValue(choices.stream()
                .filter(choice -> choice.kind() == model.chart().get())
                .findFirst()
                .orElse(choices.get(0)));
        model.chart().set(what.getValue().kind());
        what.valueProperty()
                .addListener((observable, before, now) -> model.chart().set(now.kind()));
        width.textProperty().bindBidirectional(model.width());
        height.textProperty().bindBidirectional(model.height());
        scale.getItems().setAll(SCALES);
        scale.setConverter(shown(value -> texts.of("export.times", Numbers.exact(value))));
        scale.setValue(model.scale().get());
        scale.valueProperty()
                .addListener((observable, before, now) -> model.scale().set(now));
        look.getItems().setAll(Theme.values());
        look.setConverter(shown(value -> texts.of(keyOf(value))));
        look.valueProperty().bindBidirectional(model.theme());
        error.textProperty().bind(model.problem());
        error.visibleProperty().bind(model.good().not());
        error.managedProperty().bind(error.visibleProperty());
    }

    private static String keyOf(Theme theme) {
        return switch (theme) {
            case LIGHT -> "export.light";
            case DARK -> "export.dark";
            case CONTRAST_LIGHT -> "export.contrastLight";
            case CONTRAST_DARK -> "export.contrastDark";
        };
    }

    private static <T> StringConverter<T> shown(java.util.function.Function<T, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : words.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("the list is not editable");
            }
        };
    }
}
