package decaylab.cli;

import decaylab.experiment.Experiment;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import decaylab.store.RunFolder;
import decaylab.store.RunFolder.StoredRun;
import decaylab.store.RunRecorder;
import decaylab.store.Summary;
import decaylab.train.DataSource;
import decaylab.train.Trainer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a run that was interrupted, in its own folder. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description =
                "Goes on with a run that was interrupted or stopped; the end is the same as without the interruption.")
final class ResumeCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final DataSource data;

    @Parameters(paramLabel = "RUN_DIR", description = "The folder of a run.")
    private Path folder = Path.of("");

    @Option(names = "--no-charts", description = "Draws no charts.")
    private boolean noCharts;

    ResumeCommand(Terminal terminal, DataSource data) {
        this.terminal = terminal;
        this.data = data;
    }

    @Override
    public Integer call() {
        StoredRun stored = RunFolder.read(folder);
        Experiment experiment = stored.experiment();
        long done = stored.log().rows();
        Summary end = stored.summary();
        if (end != null && (done >= experiment.steps() || end.state().equals("diverged"))) {
            throw new BadInputException("The run in " + folder + " has ended after " + done
                    + " steps; there is nothing to go on with, branch from one of its steps instead.");
        }
        try (Trainer trainer = Trainer.create(
                experiment,
                data.task(experiment),
                stored.pastUntil(done, terminal.err()::println),
                stored.changesFrom(done),
                Team.most())) {
            return new RunExecution(terminal, !noCharts)
                    .run(trainer, run -> RunRecorder.resume(stored, run), stored.facts());
        }
    }
}
