package decaylab.store;

import com.sun.management.HotSpotDiagnosticMXBean;
import decaylab.experiment.Experiment;
import decaylab.net.NativeLibrary;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the bits of a run depend on beside its experiment. */
public final class Fingerprint {
    private Fingerprint() {}

    /**
     * @param experiment for its precision
     * @param nativeLibrary what the native library says of itself
     */
    public static Map<String, String> of(Experiment experiment, Map<String, String> nativeLibrary) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("lab", labVersion());
        facts.putAll(nativeLibrary);
        facts.put("instructionSet", instructionSet());
        facts.put("precision", experiment.precision().toString());
        if (experiment.synthetic().unlocked()) {
            facts.put("order", "of the parts' threads, another one every time: not to be replayed");
        }
        facts.put("java", System.getProperty("java.version"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return facts;
    }

    /** Of a run of this process, which has loaded the native library. */
    public static Map<String, String> here(Experiment experiment) {
        return of(experiment, NativeLibrary.facts());
    }

    /** The lab's version, or "development" where the lab does not run from its jar. */
    public static String labVersion() {
        String version = Fingerprint.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /**
     * What the processor can do, as far as the virtual machine says: the native library chooses its kernels by it, and other
     * kernels add in another order.
     */
    private static String instructionSet() {
        String architecture = System.getProperty("os.arch");
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (machine == null) {
            return architecture; // another virtual machine than HotSpot
        }
        try {
            return architecture + " AVX level " + machine.getVMOption("UseAVX").getValue();
        } catch (IllegalArgumentException noSuchOption) {
            return architecture; // another processor than x86
        }
    }
}
