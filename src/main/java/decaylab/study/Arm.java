package decaylab.study;

import decaylab.experiment.Experiment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One of the experiments that a study compares.
 *
 * @param name by which the study's claims know it
 * @param experiment run once for each seed, which takes the place of its own
 * @param settings what it sets otherwise than those that it is compared with: paths of fields and their values, in order
 */
public record Arm(String name, Experiment experiment, Map<String, String> settings) {
    public Arm {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** An arm of which it is not told in what it differs. */
    public Arm(String name, Experiment experiment) {
        this(name, experiment, Map.of());
    }
}
