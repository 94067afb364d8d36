package decaylab.net;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The native library under DL4J: what was loaded, and one thread for each training thread. */
public final class NativeLibrary {
    private NativeLibrary() {}

    /** What is done once: OpenBLAS gives its buffers away when its number of threads is set, also those of a product under way. */
    private static final class Settings {
        static {
            Nd4j.zeros(1);
            Nd4j.getEnvironment().setMaxThreads(1);
            Nd4j.getEnvironment().setMaxMasterThreads(1);
            Nd4j.factory().blas().setMaxThreads(1);
        }

        private Settings() {}

        /** Returns when they are made, by whichever thread. */
        static void make() {}
    }

    /**
     * Loads the library, which takes some seconds, and leaves the threads to the runs: one OpenMP and BLAS thread for each
     * that calls, since more of them slow small steps down and change the order of sums.
     */
    public static void load() {
        Settings.make();
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1); // each calling thread's own
    }

    /** What a run's bits depend on. */
    public static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        Path library = Path.of(Loader.getLoadedLibraries().getOrDefault("jnind4jcpu", "unknown"));
        Path build = library.getParent();
        facts.put("nativeLibrary", "nd4j-native " + (build == null ? library : build.getFileName()));
        facts.put(
                "threads",
                Integer.toString(
                        NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads()));
        facts.put("blasKernels", blasKernels());
        return facts;
    }

    /** The processor whose kernels OpenBLAS was told to use. */
    public static String blasKernels() {
        return System.getenv().getOrDefault("OPENBLAS_CORETYPE", "chosen by OpenBLAS");
    }
}
