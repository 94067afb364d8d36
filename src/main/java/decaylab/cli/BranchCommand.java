package decaylab.cli;

import decaylab.experiment.Change;
import decaylab.experiment.Experiment;
import decaylab.experiment.PlannedChange;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import decaylab.store.LabFolder;
import decaylab.store.RunFacts;
import decaylab.store.RunFolder;
import decaylab.store.RunFolder.StoredRun;
import decaylab.store.RunRecorder;
import decaylab.train.DataSource;
import decaylab.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A new run that shares the past of a stored one. */
@Command(
        name = "branch",
        mixinStandardHelpOptions = true,
        description =
                "Goes on from a step of a run in another way: the rows before it are the same, later interventions of the "
                        + "run are not repeated.")
final class BranchCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Supplier<LabFolder> labFolder;
    private final DataSource data;

    @Parameters(paramLabel = "RUN_DIR", description = "The folder of a run.")
    private Path parent = Path.of("");

    @Option(names = "--from", paramLabel = "STEP", required = true, description = "The first step of its own.")
    private String fromText = "";

    @Option(
            names = "--at",
            paramLabel = "STEP:WHAT=VALUE",
            description = "Intervenes at a step; WHAT=VALUE is one of " + Change.ALLOWED + ".")
    private List<String> interventions = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Writes there and nowhere else; without it, into the lab's folder.")
    private @Nullable Path out;

    @Option(names = "--no-charts", description = "Draws no charts.")
    private boolean noCharts;

    BranchCommand(Terminal terminal, Supplier<LabFolder> labFolder, DataSource data) {
        this.terminal = terminal;
        this.labFolder = labFolder;
        this.data = data;
    }

    @Override
    public Integer call() {
        StoredRun stored = RunFolder.read(parent);
        long from = fromText.matches("\\d{1,18}") ? Long.parseLong(fromText) : -1;
        if (from < 0 || from > stored.log().rows()) {
            throw new BadInputException("--from " + fromText + " is no step of the run in " + parent
                    + "; it can be 0 to " + stored.log().rows() + ".");
        }
        Experiment experiment = stored.experiment().withInterventions(List.of()); // they are those of the past
        List<PlannedChange> planned =
                interventions.stream().map(PlannedChange::parse).toList();
        RunFacts facts = RunFacts.now(
                stored.facts().name() + "-from-" + from, new RunFacts.Parent(stored.folderName(), from), planned);
        try (Trainer trainer = Trainer.create(
                experiment,
                data.task(experiment),
                stored.pastUntil(from, terminal.err()::println),
                planned,
                Team.most())) {
            Path folder = out != null ? out : labFolder.get().newRun(LabFolder.folderName(facts.name()));
            return new RunExecution(terminal, !noCharts)
                    .run(trainer, run -> RunRecorder.create(folder, experiment, facts, run), facts);
        }
    }
}
