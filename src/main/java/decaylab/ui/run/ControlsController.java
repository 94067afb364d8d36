package decaylab.ui.run;

import atlantafx.base.theme.Styles;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.optim.Gate;
import decaylab.ui.base.Definition;
import decaylab.ui.base.DefinitionPopover;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.util.StringConverter;
import org.controlsfx.control.SegmentedButton;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2AL;
import org.kordamp.ikonli.material2.Material2MZ;

/** Binds the controls at the top of the window to what steers the run. */
public final class ControlsController {
    private final LabSession session;
    private final ControlsModel model;
    private final SpeedChoice speedChoice;
    private final Texts texts;
    private final QuantityTexts quantities;
    private final DefinitionPopover definitions;

    @FXML
    private Label decayNote;

    @FXML
    private SegmentedButton decaySwitch;

    @FXML
    private ToggleButton gateAuto;

    @FXML
    private ToggleButton gateOn;

    @FXML
    private ToggleButton gateOff;

    @FXML
    private Button switchHelp;

    @FXML
    private Button lambdaHelp;

    @FXML
    private TextField lambdaText;

    @FXML
    private Slider lambdaSlider;

    @FXML
    private Label lambdaError;

    @FXML
    private Button learningRateHelp;

    @FXML
    private TextField learningRateText;

    @FXML
    private Slider learningRateSlider;

    @FXML
    private Label learningRateError;

    @FXML
    private Button play;

    @FXML
    private Button stepBack;

    @FXML
    private Button step;

    @FXML
    private Button stop;

    @FXML
    private Button restart;

    @FXML
    private Button newSeed;

    @FXML
    private Label speedLabel;

    @FXML
    private ComboBox<Double> speed;

    public ControlsController(
            LabSession session,
            ControlsModel model,
            SpeedChoice speedChoice,
            Texts texts,
            QuantityTexts quantities,
            DefinitionPopover definitions) {
        this.session = session;
        this.model = model;
        this.speedChoice = speedChoice;
        this.texts = texts;
        this.quantities = quantities;
        this.definitions = definitions;
    }

    @FXML
    public void initialize() {
        bindSwitch();
        bindValue(model.lambda(), lambdaSlider, lambdaText, lambdaError, "controls.lambda");
        bindValue(
                model.learningRate(), learningRateSlider, learningRateText, learningRateError, "controls.learningRate");
        lambdaSlider.disableProperty().bind(model.decayChangeable().not());
        lambdaText.disableProperty().bind(model.decayChangeable().not());
        learningRateSlider.disableProperty().bind(model.changeable().not());
        learningRateText.disableProperty().bind(model.changeable().not());
        bindTransport();
        bindSpeed();
        help(switchHelp, texts.of("controls.decay"), this::switchDefinition);
        help(lambdaHelp, texts.of("controls.lambda"), () -> definition(Quantity.DECAY));
        help(learningRateHelp, texts.of("controls.learningRate"), () -> definition(Quantity.LEARNING_RATE));
    }

    private void bindSwitch() {
        decayNote.textProperty().bind(model.decayNote());
        Map<Gate, ToggleButton> buttons = new EnumMap<>(Gate.class);
        buttons.put(Gate.AUTO, gateAuto);
        buttons.put(Gate.ON, gateOn);
        buttons.put(Gate.OFF, gateOff);
        buttons.forEach((gate, button) -> {
            button.getStyleClass().add("gate-" + gate);
            Icons.describe(button, texts.of("gate." + gate + "Tip"));
            button.setOnAction(event -> {
                model.switchTo(gate);
                show(buttons, model.gate().get()); // a second click on the same position must not let it go
            });
        });
        gateAuto.setGraphic(new FontIcon(Material2MZ.SCHEDULE));
        gateOn.setGraphic(new FontIcon(Material2MZ.POWER_SETTINGS_NEW));
        gateOff.setGraphic(new FontIcon(Material2AL.BLOCK));
        decaySwitch.disableProperty().bind(model.decayChangeable().not());
        model.gate().addListener((observable, before, now) -> show(buttons, now));
        show(buttons, model.gate().get());
    }

    private static void show(Map<Gate, ToggleButton> buttons, Gate position) {
        buttons.forEach((gate, button) -> button.setSelected(gate == position));
    }

    private void bindValue(LiveValue value, Slider slider, TextField text, Label error, String key) {
        LogScale scale = value.scale();
        slider.setMin(scale.min());
        slider.setMax(scale.max());
        slider.setMajorTickUnit(1);
        slider.setMinorTickCount(0);
        slider.setShowTickMarks(true);
        slider.setShowTickLabels(true);
        slider.setBlockIncrement(0.1);
        slider.setLabelFormatter(new DecadeLabels(scale));
        slider.valueProperty().bindBidirectional(value.position());
        slider.valueChangingProperty().addListener((observable, before, now) -> value.hold(now));
        slider.setOnMousePressed(event -> value.hold(true));
        slider.setOnMouseReleased(event -> value.hold(false));
        Icons.describe(slider, texts.of(key + "Slider"));
        text.textProperty().bindBidirectional(value.text());
        text.setOnAction(event -> value.enter());
        text.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                value.revert();
                event.consume();
            }
        });
        text.focusedProperty().addListener((observable, before, now) -> {
            if (!now) {
                value.enter();
            }
        });
        Icons.describe(text, texts.of(key + "Text"));
        error.textProperty().bind(value.error());
        error.visibleProperty().bind(value.error().isNotEmpty());
        error.managedProperty().bind(error.visibleProperty());
        slider.visibleProperty().bind(error.visibleProperty().not());
        slider.managedProperty().bind(slider.visibleProperty());
        value.error()
                .addListener(
                        (observable, before, now) -> text.pseudoClassStateChanged(Styles.STATE_DANGER, !now.isEmpty()));
    }

    private void bindTransport() {
        model.running().addListener((observable, before, now) -> showPlay(now));
        showPlay(model.running().get());
        play.setOnAction(event -> model.togglePlay());
        play.disableProperty().bind(model.present().not());
        Icons.only(stepBack, Material2MZ.SKIP_PREVIOUS, texts.of("controls.stepBack"));
        stepBack.setOnAction(event -> session.stepBack());
        stepBack.disableProperty().bind(model.present().not());
        Icons.only(step, Material2MZ.SKIP_NEXT, texts.of("controls.step"));
        step.setOnAction(event -> model.step());
        step.disableProperty().bind(model.changeable().not());
        Icons.only(stop, Material2MZ.STOP, texts.of("controls.stop"));
        stop.setOnAction(event -> session.stop());
        stop.disableProperty().bind(model.changeable().not());
        Icons.only(restart, Material2MZ.REPLAY, texts.of("controls.restart"));
        restart.setOnAction(event -> session.restart());
        restart.disableProperty().bind(model.present().not());
        Icons.only(newSeed, Material2AL.CASINO, texts.of("controls.newSeed"));
        newSeed.setOnAction(event -> session.restartWithNewSeed());
        newSeed.disableProperty().bind(model.present().not());
    }

    private void showPlay(boolean running) {
        Icons.only(
                play,
                running ? Material2MZ.PAUSE : Material2MZ.PLAY_ARROW,
                texts.of(running ? "controls.pause" : "controls.play"));
    }

    private void bindSpeed() {
        speed.getItems().setAll(SpeedChoice.CHOICES);
        speed.setConverter(new StringConverter<>() {
            @Override
            public String toString(Double limit) {
                return limit == null || limit.isInfinite()
                        ? texts.of("speed.unlimited")
                        : texts.of("speed.limited", Numbers.count(Math.round(limit)));
            }

            @Override
            public Double fromString(String text) {
                throw new UnsupportedOperationException("the list is not editable");
            }
        });
        speed.valueProperty().bindBidirectional(speedChoice.limit());
        speedLabel.setLabelFor(speed);
        Icons.describe(speed, texts.of("controls.speedTip"));
    }

    private void help(Button button, String what, Supplier<Definition> definition) {
        button.getStyleClass().addAll(Styles.FLAT, "help");
        Icons.only(button, Material2AL.HELP_OUTLINE, what + ": " + texts.of("controls.help"));
        button.setOnAction(event -> definitions.show(button, definition.get()));
    }

    private Definition definition(Quantity quantity) {
        QuantityTexts.Text text = quantities.of(quantity);
        return new Definition(text.title(), text.definition(), text.formula(), text.source());
    }

    private Definition switchDefinition() {
        return new Definition(
                texts.of("controls.decay"),
                texts.of("switch.definition"),
                texts.of("switch.formula"),
                texts.of("switch.source"));
    }

    /** Powers of ten under the slider, every other one, and 0 at its left end. */
    private static final class DecadeLabels extends StringConverter<Double> {
        private final LogScale scale;

        DecadeLabels(LogScale scale) {
            this.scale = scale;
        }

        @Override
        public String toString(Double position) {
            if (position < scale.lowest() - 0.5) {
                return "0";
            }
            long exponent = Math.round(position);
            if ((scale.highest() - exponent) % 2 != 0) {
                return "";
            }
            return exponent >= -2 ? Numbers.exact(scale.value(exponent)) : "1e" + exponent;
        }

        @Override
        public Double fromString(String text) {
            throw new UnsupportedOperationException("labels are only shown");
        }
    }
}
