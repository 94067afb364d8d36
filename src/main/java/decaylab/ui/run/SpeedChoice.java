package decaylab.ui.run;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/** How fast runs may go: fast enough to see the whole of one, slow enough to see it happen. */
public final class SpeedChoice {
    /** Steps a second; the last is no limit. */
    public static final List<Double> CHOICES =
            List.of(1.0, 5.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, Double.POSITIVE_INFINITY);

    private static final double START = 500;

    private final ObjectProperty<Double> limit = new SimpleObjectProperty<>(START);

    public SpeedChoice(LabSession session) {
        session.limitSpeed(START);
        limit.addListener((observable, before, now) -> session.limitSpeed(now));
    }

    /** Steps a second at most; one of the choices. */
    public ObjectProperty<Double> limit() {
        return limit;
    }

    /** Takes a remembered limit; the nearest choice. */
    public void set(double stepsPerSecond) {
        limit.set(CHOICES.stream()
                .min((a, b) -> Double.compare(distance(a, stepsPerSecond), distance(b, stepsPerSecond)))
                .orElse(START));
    }

    private static double distance(double choice, double wanted) {
        return choice == wanted ? 0 : Math.abs(choice - wanted);
    }
}
