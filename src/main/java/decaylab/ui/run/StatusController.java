package decaylab.ui.run;

import decaylab.train.RunState;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;

/** Binds the line at the foot of the window. */
public final class StatusController {
    private final StatusModel model;
    private final InstrumentsModel instruments;
    private final Texts texts;

    @FXML
    private Circle dot;

    @FXML
    private Label state;

    @FXML
    private ProgressBar progress;

    @FXML
    private Label step;

    @FXML
    private Label speed;

    @FXML
    private Label left;

    @FXML
    private Button overhead;

    @FXML
    private Label experiment;

    public StatusController(StatusModel model, InstrumentsModel instruments, Texts texts) {
        this.model = model;
        this.instruments = instruments;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        state.textProperty().bind(model.stateText());
        step.textProperty().bind(model.step());
        speed.textProperty().bind(model.speed());
        left.textProperty().bind(model.left());
        experiment.textProperty().bind(model.experiment());
        overhead.textProperty().bind(instruments.summary());
        overhead.visibleProperty().bind(instruments.summary().isNotEmpty());
        overhead.managedProperty().bind(overhead.visibleProperty());
        overhead.setMinWidth(Region.USE_PREF_SIZE);
        Icons.describe(overhead, texts.of("instruments.tip"));
        overhead.setOnAction(event -> new InstrumentsPopover(instruments, texts).show(overhead));
        progress.progressProperty().bind(model.progress());
        progress.setAccessibleText(texts.of("status.progress"));
        List.of(state, step, speed, left).forEach(label -> label.setMinWidth(Region.USE_PREF_SIZE));
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(model.experiment());
        whole.setWrapText(true);
        whole.setMaxWidth(480);
        experiment.setTooltip(whole);
        model.state().addListener((observable, before, now) -> colour(now));
        colour(model.state().get());
    }

    private void colour(RunState now) {
        for (RunState candidate : RunState.values()) {
            dot.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(candidate.name().toLowerCase(Locale.ROOT)), candidate == now);
        }
    }
}
