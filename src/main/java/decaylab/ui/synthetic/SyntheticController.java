package decaylab.ui.synthetic;

import decaylab.chart.Theme;
import decaylab.parallel.WorkLog.Work;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;

/** Who works when, what the layers make of the data, and beside them how well the modules predict. */
public final class SyntheticController {
    private final SyntheticModel model;
    private final ChartBoard charts;
    private final ObservableValue<Theme> theme;
    private final WorkPane work;
    private final MatrixPane matrices;

    @FXML
    private Label none;

    @FXML
    private GridPane content;

    @FXML
    private Label mode;

    @FXML
    private Label timelineCaption;

    @FXML
    private Label waiting;

    @FXML
    private StackPane timeline;

    @FXML
    private Label picturesCaption;

    @FXML
    private StackPane pictures;

    @FXML
    private Label referenceNote;

    @FXML
    private StackPane chartsPlace;

    /**
     * @param charts how well modules predict, of the runs that the window shows
     * @param theme what the window's colours are
     */
    public SyntheticController(SyntheticModel model, ChartBoard charts, ObservableValue<Theme> theme, Texts texts) {
        this.model = model;
        this.charts = charts;
        this.theme = theme;
        Map<Work, String> words = new EnumMap<>(Work.class);
        for (Work each : Work.values()) {
            words.put(each, texts.of("synthetic.legend." + each.name().toLowerCase(Locale.ROOT)));
        }
        work = new WorkPane(words);
        matrices =
                new MatrixPane(texts.of("synthetic.own"), texts.of("synthetic.reference"), texts.of("synthetic.alike"));
    }

    @FXML
    public void initialize() {
        none.textProperty().bind(model.waiting());
        none.visibleProperty().bind(model.present().not());
        content.visibleProperty().bind(model.present());
        mode.textProperty().bind(model.mode());
        timelineCaption.textProperty().bind(model.timelineCaption());
        waiting.textProperty().bind(model.waiting());
        waiting.visibleProperty().bind(model.waiting().isNotEmpty());
        picturesCaption.textProperty().bind(model.picturesCaption());
        referenceNote.textProperty().bind(model.referenceNote());
        referenceNote.managedProperty().bind(model.referenceNote().isNotEmpty());
        timeline.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        timeline.accessibleTextProperty().bind(model.timelineCaption());
        timeline.getChildren().add(0, work);
        pictures.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        pictures.accessibleTextProperty().bind(model.picturesCaption());
        pictures.getChildren().setAll(matrices);
        chartsPlace.getChildren().setAll(charts);
        model.spans().addListener((observable, before, now) -> draw());
        model.pictures().addListener((observable, before, now) -> draw());
        theme.addListener((observable, before, now) -> draw());
        draw();
    }

    private void draw() {
        work.show(model.spans().get(), model.workers().get(), theme.getValue());
        matrices.show(model.pictures().get(), theme.getValue());
    }
}
