package decaylab.cli;

import picocli.CommandLine.Command;

/** The program itself; without a sub-command it opens the window, which is not this package's business. */
@Command(
        name = "decaylab",
        mixinStandardHelpOptions = true,
        versionProvider = LabVersion.class,
        description = "A laboratory for weight decay. Without a command it opens the window.",
        synopsisSubcommandLabel = "[COMMAND]")
final class RootCommand {}
