package decaylab;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Tests start as the lab does: with the native library that fits the processor, and without the libraries' chatter. */
public final class LabForTests implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Logs.apply();
        NativeChoice.apply();
    }
}
