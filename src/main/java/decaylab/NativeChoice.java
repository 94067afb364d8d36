package decaylab;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which of ND4J's native libraries fits the processor. The lab ships a generic build for every system and on x86_64 a fast
 * one (oneDNN, AVX2). JavaCPP on its own would take the fast one wherever it is on the class path, and a processor without
 * AVX2 would end the whole process with an illegal instruction; so the choice is made here, before a class of ND4J is loaded.
 *
 * <p>No AVX-512 build is taken: oneDNN and OpenBLAS choose their kernels at run time and use AVX-512 by themselves, and the
 * virtual machine does not say which of the many parts of AVX-512 a processor has.
 */
final class NativeChoice {
    /** JavaCPP's property: the part of a library's folder after the system's name, empty for the generic build. */
    static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

    /** DL4J's switch for files that describe the machine, written into the current folder when memory runs out. */
    static final String CRASH_DUMPS = "org.deeplearning4j.crash.reporting.enabled";

    private static final String FAST = "-onednn-avx2";
    private static final String GENERIC = "";

    private NativeChoice() {}

    /** Sets the properties that ND4J, DL4J and AWT read when they are loaded; those that the user has set stay. */
    static void apply() {
        setUnlessSet(EXTENSION, extension(NativeChoice::virtualMachineOption));
        setUnlessSet(CRASH_DUMPS, "false");
        setUnlessSet("org.nd4j.log.initialization", "false");
        // charts are painted by AWT into memory; on macOS an AWT with a screen fights JavaFX for a thread
        setUnlessSet("java.awt.headless", "true");
    }

    /**
     * The fitting library's extension; where it is not on the class path JavaCPP falls back to the generic one.
     *
     * @param option an option of the virtual machine by its name, null where it has none of that name; HotSpot lowers
     *     {@code UseAVX}, {@code UseFMA} and {@code UseBMI2Instructions} to what the processor has
     */
    static String extension(Function<String, @Nullable String> option) {
        boolean haswell = number(option.apply("UseAVX")) >= 2
                && "true".equals(option.apply("UseFMA"))
                && "true".equals(option.apply("UseBMI2Instructions"));
        return haswell ? FAST : GENERIC;
    }

    private static int number(@Nullable String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    private static @Nullable String virtualMachineOption(String name) {
        HotSpotDiagnosticMXBean machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (machine == null) {
            return null; // another virtual machine than HotSpot
        }
        try {
            return machine.getVMOption(name).getValue();
        } catch (IllegalArgumentException noSuchOption) {
            return null; // another processor than x86
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
