package decaylab.ui;

import decaylab.ui.run.MiddleView;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** How the window looks: theme, which columns are shown, and the files that were used lately. */
public final class WindowModel {
    private final BooleanProperty dark = new SimpleBooleanProperty();
    private final BooleanProperty designerShown = new SimpleBooleanProperty(true);
    private final BooleanProperty sideShown = new SimpleBooleanProperty(true);
    private final ObjectProperty<MiddleView> middle = new SimpleObjectProperty<>(MiddleView.CHARTS);
    private final StringProperty language = new SimpleStringProperty();
    private final DoubleProperty textScale = new SimpleDoubleProperty();
    private final BooleanProperty contrast = new SimpleBooleanProperty();
    private final BooleanProperty tourSeen = new SimpleBooleanProperty();
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

    /** Files that were used lately, the latest first. */
    public ObservableList<Path> recent() {
        return recent;
    }

    /** Remembers a file. */
    public void used(Path file) {
        recent.setAll(List.copyOf(WindowSettings.withRecent(recent, file)));
    }
}
