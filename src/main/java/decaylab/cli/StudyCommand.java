package decaylab.cli;

import decaylab.data.DataCatalogue;
import decaylab.problem.BadInputException;
import decaylab.study.Claim;
import decaylab.study.Findings;
import decaylab.study.Studies;
import decaylab.study.Study;
import decaylab.study.StudyRunner;
import decaylab.train.ExperimentData;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a study and writes what it found. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description =
                "Tests what a paper claims with several runs, and writes findings.json. Exit code 0: every claim that "
                        + "is asserted is met; 4: one is not.")
final class StudyCommand implements Callable<Integer> {
    private static final int MOST_SEEDS = 1_000;
    private static final int MOST_WORKERS = 256;
    /** Parts of the whole that the progress tells. */
    private static final int PARTS = 1_000;

    private final Terminal terminal;
    private final Studies studies;
    private final DataCatalogue catalogue;

    @Parameters(paramLabel = "NAME", description = "The name of a study.")
    private String name = "";

    @Option(names = "--seeds", paramLabel = "N", description = "Runs of each arm (default: ${DEFAULT-VALUE}).")
    private int seeds = 8;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Runs at the same time; without it one a processor. The findings are the same.")
    private @Nullable Integer workers;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for findings.json.")
    private Path out = Path.of("");

    StudyCommand(Terminal terminal, Studies studies, DataCatalogue catalogue) {
        this.terminal = terminal;
        this.studies = studies;
        this.catalogue = catalogue;
    }

    @Override
    public Integer call() {
        Study study = studies.get(name);
        require("--seeds", seeds, MOST_SEEDS);
        int atOnce = workers == null ? Runtime.getRuntime().availableProcessors() : workers;
        require("--workers", atOnce, MOST_WORKERS);
        Findings.prepare(out);
        Findings findings;
        try (Progress progress = Progress.of(terminal, study.name(), "part", PARTS)) {
            findings = new StudyRunner(new ExperimentData(catalogue), atOnce)
                    .run(study, seeds, done -> progress.at(Math.round(PARTS * done)));
        }
        findings.write(out);
        for (Claim claim : findings.claims()) {
            terminal.out().printf(Locale.ROOT, "%s %s: %s%n", claim.id(), claim.verdict(), claim.states());
            terminal.out().println("  " + claim.criterion());
            for (Map.Entry<String, Double> figure : claim.measured().entrySet()) {
                terminal.out().printf(Locale.ROOT, "  %-18s %.4g%n", figure.getKey(), figure.getValue());
            }
        }
        terminal.out().println("written to " + out.resolve(Findings.FILE));
        return findings.met() ? ExitCode.OK : ExitCode.CLAIM_NOT_MET;
    }

    private static void require(String flag, int value, int most) {
        if (value < 1 || value > most) {
            throw new BadInputException(flag + " is " + value + "; it must be between 1 and " + most + ".");
        }
    }
}
