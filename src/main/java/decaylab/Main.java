package decaylab;

/** Starts the command line or the window. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Logs.apply();
        NativeChoice.apply();
    }
}
