package decaylab.cli;

import picocli.CommandLine.IVersionProvider;

/** The lab's version, as its jar says. */
public final class LabVersion implements IVersionProvider {
    /** The version, or "development" where the lab does not run from its jar. */
    public static String text() {
        String version = LabVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Decay Lab " + text()};
    }
}
