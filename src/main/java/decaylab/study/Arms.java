package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the arms of a study: one experiment, and for each arm what is set otherwise. */
final class Arms {
    private final ExperimentYaml yaml = new ExperimentYaml();
    private final Experiment base;
    private final List<Arm> arms = new ArrayList<>();

    Arms(Experiment base) {
        this.base = base;
    }

    /**
     * Adds one.
     *
     * @param settings pairs of a field's path and its value
     */
    Arms add(String name, String... settings) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            fields.put(settings[i], settings[i + 1]);
        }
        return add(name, fields);
    }

    /** Adds one. */
    Arms add(String name, Map<String, String> settings) {
        arms.add(new Arm(name, yaml.with(base, settings), settings));
        return this;
    }

    /** All of them. */
    List<Arm> all() {
        return List.copyOf(arms);
    }

    /** A schedule of decay that is 1 from a part of the run to another and 0 else, as the value of its field. */
    String window(double from, double to) {
        return String.format(Locale.ROOT, "{kind: window, from: %d, to: %d}", step(from), step(to));
    }

    /** The step at which a part of the run is done. */
    long step(double part) {
        return Math.round(part * base.steps());
    }
}
