package decaylab.cli;

import decaylab.store.Fingerprint;
import picocli.CommandLine.IVersionProvider;

/** The lab's version, as its jar says. */
final class LabVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"Decay Lab " + Fingerprint.labVersion()};
    }
}
