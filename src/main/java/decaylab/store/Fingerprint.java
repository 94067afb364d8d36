package decaylab.store;

import decaylab.experiment.Experiment;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the bits of a run depend on beside its experiment. */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * @param labVersion of the lab
     * @param experiment for its precision
     * @param nativeLibrary what the native library says of itself
     */
    public static Map<String, String> of(String labVersion, Experiment experiment, Map<String, String> nativeLibrary) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("lab", labVersion);
        facts.putAll(nativeLibrary);
        facts.put("precision", experiment.precision().toString());
        facts.put("java", System.getProperty("java.version"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return facts;
    }
}
