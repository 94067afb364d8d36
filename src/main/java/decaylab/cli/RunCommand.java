package decaylab.cli;

import decaylab.experiment.Change;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.PlannedChange;
import decaylab.experiment.Presets;
import decaylab.parallel.Team;
import decaylab.store.LabFolder;
import decaylab.store.RunFacts;
import decaylab.store.RunFolder;
import decaylab.store.RunFolder.StoredRun;
import decaylab.store.RunRecorder;
import decaylab.train.DataSource;
import decaylab.train.NormTransplant;
import decaylab.train.Task;
import decaylab.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs an experiment and writes its folder. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs an experiment and writes its folder.")
final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Supplier<LabFolder> labFolder;
    private final ExperimentYaml yaml;
    private final DataSource source;

    @Mixin
    private final NamedExperiment named;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Writes there and nowhere else; without it, into the lab's folder.")
    private @Nullable Path out;

    @Option(
            names = "--set",
            paramLabel = "FIELD=VALUE",
            description = "Sets a field of the experiment, e.g. optimizer.learningRate=0.05.")
    private List<String> settings = List.of();

    @Option(
            names = "--at",
            paramLabel = "STEP:WHAT=VALUE",
            description = "Intervenes at a step; WHAT=VALUE is one of " + Change.ALLOWED + ".")
    private List<String> interventions = List.of();

    @Option(
            names = "--transplant",
            paramLabel = "RUN_DIR",
            description =
                    "Trains without decay and rescales the normalised layers after each epoch to the norms of that run.")
    private @Nullable Path donor;

    @Option(names = "--seed", paramLabel = "N", description = "The run's seed.")
    private @Nullable String seed;

    @Option(names = "--steps", paramLabel = "N", description = "How many steps.")
    private @Nullable String steps;

    @Option(names = "--no-charts", description = "Draws no charts.")
    private boolean noCharts;

    RunCommand(
            Terminal terminal, Supplier<LabFolder> labFolder, ExperimentYaml yaml, Presets presets, DataSource source) {
        this.terminal = terminal;
        this.labFolder = labFolder;
        this.yaml = yaml;
        named = new NamedExperiment(yaml, presets);
        this.source = source;
    }

    @Override
    public Integer call() {
        Experiment experiment = experiment();
        List<PlannedChange> planned = new ArrayList<>(experiment.interventions());
        interventions.stream().map(PlannedChange::parse).forEach(planned::add);
        for (PlannedChange change : planned) {
            change.requireBefore(experiment.steps());
        }
        Task task = source.task(experiment);
        try (Trainer trainer = Trainer.create(experiment, task, null, planned, Team.most())) {
            // The folder is made when nothing but its own writing can fail any more.
            Path folder = out != null ? out : labFolder.get().newRun(named.name() + "-seed" + experiment.seed());
            RunFacts facts = RunFacts.now(named.name(), null, planned);
            return new RunExecution(terminal, !noCharts)
                    .run(trainer, run -> RunRecorder.create(folder, experiment, facts, run), facts);
        }
    }

    private Experiment experiment() {
        Map<String, String> fields = Settings.of(settings);
        if (seed != null) {
            fields.put("seed", seed);
        }
        if (steps != null) {
            fields.put("steps", steps);
        }
        Experiment experiment = yaml.with(named.experiment(), fields);
        if (donor == null) {
            return experiment;
        }
        StoredRun stored = RunFolder.read(donor);
        return NormTransplant.with(experiment, stored.experiment(), stored.log(), "The run in " + donor, false);
    }
}
