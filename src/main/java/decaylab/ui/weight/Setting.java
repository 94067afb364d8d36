package decaylab.ui.weight;

import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.run.LogScale;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** A number that a slider and a text field set, from 0 to {@value #LARGEST}. */
public final class Setting {
    /** No text above this is taken. */
    static final double LARGEST = 1000;

    private final String key;
    private final LogScale scale;
    private final Texts texts;
    private final ReadOnlyDoubleWrapper value = new ReadOnlyDoubleWrapper();
    private final DoubleProperty position = new SimpleDoubleProperty();
    private final StringProperty text = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private boolean showing;

    /**
     * @param key of its texts
     * @param scale of the slider
     */
    Setting(String key, LogScale scale, Texts texts) {
        this.key = key;
        this.scale = scale;
        this.texts = texts;
        position.set(scale.min());
        position.addListener((observable, before, now) -> {
            if (!showing) {
                show(scale.value(now.doubleValue()), false);
            }
        });
    }

    /** The name of its texts. */
    String key() {
        return key;
    }

    /** The number in force. */
    public ReadOnlyDoubleProperty value() {
        return value.getReadOnlyProperty();
    }

    /** The slider's place on {@link #scale()}. */
    DoubleProperty position() {
        return position;
    }

    /** What the text field holds. */
    StringProperty text() {
        return text;
    }

    /** The sentence about a text that cannot be used; empty where all is well. */
    ReadOnlyStringProperty error() {
        return error.getReadOnlyProperty();
    }

    LogScale scale() {
        return scale;
    }

    /** Takes the text as it stands; the number stays where it cannot be used. */
    void enter() {
        double entered;
        try {
            entered = Double.parseDouble(text.get().strip());
        } catch (NumberFormatException e) {
            entered = Double.NaN;
        }
        if (entered >= 0 && entered <= LARGEST) {
            set(entered);
        } else {
            error.set(texts.of("weight.bad", texts.of(key), text.get().strip(), Numbers.count((long) LARGEST)));
        }
    }

    /** Puts the number that is in force back into the text field. */
    void revert() {
        set(value.get());
    }

    /** Sets the number. */
    public void set(double to) {
        show(to, true);
    }

    private void show(double to, boolean move) {
        showing = true;
        if (move) {
            position.set(scale.position(to));
        }
        showing = false;
        text.set(Numbers.exact(to));
        error.set("");
        value.set(to);
    }
}
