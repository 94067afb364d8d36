package decaylab.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself; without a sub-command it opens the window, which is not this package's business. */
@Command(
        name = "decaylab",
        mixinStandardHelpOptions = true,
        versionProvider = LabVersion.class,
        description = "A laboratory for weight decay. Without a command it opens the window.",
        synopsisSubcommandLabel = "[COMMAND]")
final class RootCommand {
    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Shows where in the lab a failure came from, for a report.")
    private boolean debug;

    boolean debug() {
        return debug;
    }
}
