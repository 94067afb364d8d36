package decaylab.cli;

import decaylab.store.LabFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--lab",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The folder that runs are kept in; without it, one in your data directory.")
    private @Nullable Path lab;

    /** The lab's folder: the one that was given, or the user's. */
    LabFolder lab(LabFolder ofUser) {
        return lab == null ? ofUser : new LabFolder(lab);
    }

    boolean debug() {
        return debug;
    }
}
