package decaylab.ui.schedule;

import decaylab.experiment.Change;
import decaylab.experiment.DecayLayers;
import decaylab.experiment.DecaySpec;
import decaylab.experiment.Normalization;
import decaylab.net.LayerNames;
import decaylab.optim.DecayEntry;
import decaylab.ui.base.Icons;
import decaylab.ui.base.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import org.jspecify.annotations.Nullable;

/** What decays: a box for each layer, one for the biases and one for gamma and beta; in force at the next step. */
final class MaskRow extends FlowPane {
    private final ScheduleModel model;
    private final Texts texts;
    private final Label title = new Label();
    private final List<CheckBox> layers = new ArrayList<>();
    private final CheckBox biases = new CheckBox();
    private final CheckBox normParameters = new CheckBox();
    private List<String> names = List.of();

    MaskRow(ScheduleModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        setId("mask");
        getStyleClass().add("mask");
        title.setText(texts.of("schedules.mask"));
        title.getStyleClass().add("group-title");
        biases.setText(texts.of("schedules.mask.biases"));
        biases.setId("mask-biases");
        Icons.describe(biases, texts.of("schedules.mask.biasesTip"));
        biases.setOnAction(event -> model.send(List.of(new Change.SetBiases(biases.isSelected()))));
        normParameters.setText(texts.of("schedules.mask.normParameters"));
        normParameters.setId("mask-normParameters");
        Icons.describe(normParameters, texts.of("schedules.mask.normParametersTip"));
        normParameters.setOnAction(
                event -> model.send(List.of(new Change.SetNormParameters(normParameters.isSelected()))));
        model.subject().addListener((observable, before, now) -> show(now));
        show(model.subject().get());
    }

    private void show(@Nullable Subject subject) {
        setDisable(subject == null);
        if (subject == null) {
            return;
        }
        DecaySpec decay = subject.inForce().decay();
        List<String> found = LayerNames.of(subject.experiment().network());
        if (!found.equals(names) || layers.isEmpty()) {
            names = found;
            make();
        }
        List<String> chosen = decay.layers().of(names);
        layers.forEach(box -> box.setSelected(chosen.contains(box.getText())));
        biases.setSelected(decay.biases());
        normParameters.setSelected(decay.normParameters());
        normParameters.setDisable(subject.experiment().network().normalization() != Normalization.BATCH_AFFINE);
        setDisable(decay.entry() == DecayEntry.NONE);
    }

    private void make() {
        layers.clear();
        for (String name : names) {
            CheckBox box = new CheckBox(name);
            box.setMnemonicParsing(false);
            box.setId("mask-" + name);
            Icons.describe(box, texts.of("schedules.mask.layerTip", name));
            box.setOnAction(event -> choose());
            layers.add(box);
        }
        getChildren().setAll(title);
        getChildren().addAll(layers);
        getChildren().addAll(biases, normParameters);
    }

    private void choose() {
        List<String> chosen = layers.stream()
                .filter(CheckBox::isSelected)
                .map(CheckBox::getText)
                .toList();
        model.send(
                List.of(new Change.SetLayers(chosen.equals(names) ? DecayLayers.ALL : new DecayLayers.Named(chosen))));
    }
}
