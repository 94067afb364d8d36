package decaylab.ui;

import decaylab.chart.Theme;
import decaylab.ui.run.MiddleView;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** How the window looks: theme, which columns are shown, and the files that were used lately. */
public final class WindowModel {
    /** Words are that large at least where a projector shows them. */
    static final double PROJECTED = 1.4;

    private static final double SIZE_STEP = 0.1;

    private final BooleanProperty dark = new SimpleBooleanProperty();
    private final BooleanProperty designerShown = new SimpleBooleanProperty(true);
    private final BooleanProperty sideShown = new SimpleBooleanProperty(true);
    private final ObjectProperty<MiddleView> middle = new SimpleObjectProperty<>(MiddleView.CHARTS);
    private final StringProperty language = new SimpleStringProperty();
    private final DoubleProperty textScale = new SimpleDoubleProperty();
    private final BooleanProperty contrast = new SimpleBooleanProperty();
    private final BooleanProperty tourSeen = new SimpleBooleanProperty();
    private final BooleanProperty designerYields = new SimpleBooleanProperty();
    private final BooleanProperty sideYields = new SimpleBooleanProperty();
    private final BooleanProperty projector = new SimpleBooleanProperty();
    private final DoubleProperty projected = new SimpleDoubleProperty(PROJECTED);
    private final DoubleBinding zoom = Bindings.createDoubleBinding(
            () -> projector.get() ? projected.get() : textScale.get(), projector, projected, textScale);
    private final ObservableValue<Theme> theme =
            Bindings.createObjectBinding(() -> Theme.of(dark.get(), contrast.get()), dark, contrast);
    private final ObservableList<Path> recent = FXCollections.observableArrayList();

    /** @param settings what was remembered */
    public WindowModel(WindowSettings settings) {
        dark.set(settings.dark());
        designerShown.set(settings.designerShown());
        sideShown.set(settings.sideShown());
        language.set(settings.language());
        textScale.set(settings.textScale());
        contrast.set(settings.contrast());
        tourSeen.set(settings.tourSeen());
        recent.setAll(settings.recent());
        projector.addListener((observable, before, now) -> {
            if (now) {
                usualSize();
            }
        });
    }

    /** Whether the dark theme is on. */
    public BooleanProperty dark() {
        return dark;
    }

    /** Whether the experiment is on the left. */
    public BooleanProperty designerShown() {
        return designerShown;
    }

    /** Whether the runs are on the right. */
    public BooleanProperty sideShown() {
        return sideShown;
    }

    /** Whether the experiment is away only because words are too large for it; it comes back by itself. */
    BooleanProperty designerYields() {
        return designerYields;
    }

    /** Whether the runs are away only because words are too large for them; they come back by themselves. */
    BooleanProperty sideYields() {
        return sideYields;
    }

    /** What the middle shows. */
    public ObjectProperty<MiddleView> middle() {
        return middle;
    }

    /** Tag of the language of its words, such as "es"; empty for the system's. */
    public StringProperty language() {
        return language;
    }

    /** Size of all words, 1 for the usual one, from {@link WindowSettings#LEAST_TEXT} to {@link WindowSettings#LARGEST_TEXT}. */
    public DoubleProperty textScale() {
        return textScale;
    }

    /** Whether colours are those of highest contrast. */
    public BooleanProperty contrast() {
        return contrast;
    }

    /** Whether the tour of the first start is over. */
    public BooleanProperty tourSeen() {
        return tourSeen;
    }

    /** Whether a class looks at it: larger, and with what is needed only. Not remembered. */
    public BooleanProperty projector() {
        return projector;
    }

    /** The size at which everything is shown, 1 for the usual one: that of words, or a projector's where it is larger. */
    public DoubleBinding zoom() {
        return zoom;
    }

    /** The colours of charts. */
    public ObservableValue<Theme> theme() {
        return theme;
    }

    /** Makes words a step larger, in projector mode for as long as that lasts. */
    public void larger() {
        size(zoom.get() + SIZE_STEP);
    }

    /** Makes words a step smaller. */
    public void smaller() {
        size(zoom.get() - SIZE_STEP);
    }

    /** Gives words the size that they have without a wish. */
    public void usualSize() {
        if (projector.get()) {
            projected.set(Math.max(PROJECTED, textScale.get()));
        } else {
            textScale.set(1);
        }
    }

    private void size(double wanted) {
        double tenths = Math.round(wanted / SIZE_STEP) * SIZE_STEP;
        DoubleProperty shown = projector.get() ? projected : textScale;
        shown.set(Math.max(WindowSettings.LEAST_TEXT, Math.min(WindowSettings.LARGEST_TEXT, tenths)));
    }

    /** Files that were used lately, the latest first. */
    public ObservableList<Path> recent() {
        return recent;
    }

    /** Remembers a file. */
    public void used(Path file) {
        recent.setAll(List.copyOf(WindowSettings.withRecent(recent, file)));
    }
}
