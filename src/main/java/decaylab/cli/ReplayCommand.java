package decaylab.cli;

import decaylab.chart.PictureNote;
import decaylab.experiment.Experiment;
import decaylab.parallel.Team;
import decaylab.problem.BadInputException;
import decaylab.store.Fingerprint;
import decaylab.store.Provenance;
import decaylab.store.Provenance.RunOrigin;
import decaylab.store.ReplayCheck;
import decaylab.store.RunFolder;
import decaylab.store.RunFolder.RunHead;
import decaylab.store.Summary;
import decaylab.train.DataSource;
import decaylab.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Does a stored run again and compares every logged value. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Does a run again, interventions included, and compares every logged value. Exit code 0: all are the same; "
                        + "1: not, the first step and column are named; 5: the run is of another machine and its norms agree to 3 %%.")
final class ReplayCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final DataSource data;

    @Parameters(
            paramLabel = "RUN_DIR",
            description = "The folder of a run, or a picture that the lab has made of runs.")
    private Path folder = Path.of("");

    ReplayCommand(Terminal terminal, DataSource data) {
        this.terminal = terminal;
        this.data = data;
    }

    @Override
    public Integer call() {
        return PictureNote.isPicture(folder) && !Files.isDirectory(folder) ? picture() : run();
    }

    /** All runs of a picture, the uppermost last. */
    private int picture() {
        int code = ExitCode.OK;
        for (RunOrigin origin :
                Provenance.ofPicture(PictureNote.of(folder), folder).runs()) {
            int one = run(origin);
            code = code == ExitCode.OK || one == ExitCode.FAILURE ? one : code;
        }
        return code;
    }

    private int run(RunOrigin origin) {
        Experiment experiment = origin.read();
        requireReplayable(experiment, origin.name());
        long rows = origin.trace().rows();
        try (Trainer trainer = Trainer.create(
                        experiment, data.task(experiment), null, experiment.interventions(), Team.most());
                Progress progress = Progress.of(terminal, rows)) {
            while (trainer.step() < rows && !trainer.finished()) {
                trainer.advance();
                progress.at(trainer.step());
            }
            return report(origin, origin.compare(trainer.log(), Fingerprint.here(experiment)));
        }
    }

    /** Where parts train at the same time, the order of their updates is the machine's and comes but once. */
    private static void requireReplayable(Experiment experiment, String run) {
        if (experiment.synthetic().unlocked()) {
            throw new BadInputException("The run " + run + " trained its parts unlocked, in an order that the machine "
                    + "chose, so that no other run has its numbers; only runs with synthetic.mode locked or synchronous can "
                    + "be replayed.");
        }
    }

    private int report(RunOrigin origin, Provenance.Outcome outcome) {
        long last =
                Math.min(origin.trace().rows(), outcome.step() + origin.trace().block()) - 1;
        String differs = origin.name() + " differs from the picture " + folder + ", first in the steps "
                + outcome.step() + " to " + last + ".";
        return switch (outcome.sameness()) {
            case SAME -> {
                terminal.out().println(origin.name() + ": the same to the last bit, " + outcome.step() + " steps");
                yield ExitCode.OK;
            }
            case WITHIN_TOLERANCE -> otherMachine(differs, outcome.distance());
            case DIFFERENT -> differs(differs);
        };
    }

    private int run() {
        RunHead stored = RunFolder.readHead(folder);
        Experiment experiment = stored.experiment();
        requireReplayable(experiment, folder.toString());
        try (Trainer trainer = Trainer.create(
                        experiment,
                        data.task(experiment),
                        null,
                        stored.changes().stream()
                                .filter(change -> change.step() < experiment.steps())
                                .toList(),
                        Team.most());
                ReplayCheck check = new ReplayCheck(stored.metrics(), trainer.log(), stored.summary() != null)) {
            try (Progress progress = Progress.of(terminal, experiment.steps())) {
                while (check.expectsMore() && !trainer.finished()) {
                    trainer.advance();
                    check.next();
                    progress.at(trainer.step());
                }
            }
            return report(stored, check, trainer);
        }
    }

    private int report(RunHead stored, ReplayCheck check, Trainer trainer) {
        Summary summary = stored.summary();
        Optional<ReplayCheck.Difference> difference = check.difference();
        if (difference.isEmpty()) {
            return compareLength(stored, check, trainer);
        }
        String sentence = difference.get().sentence(stored.metrics());
        Map<String, String> now = Fingerprint.here(trainer.experiment());
        double distance = check.largestDistance();
        if (summary != null
                && ReplayCheck.otherMachine(summary.fingerprint(), now)
                && distance <= ReplayCheck.TOLERANCE) {
            return otherMachine(sentence, distance);
        }
        return differs(sentence);
    }

    private int otherMachine(String sentence, double distance) {
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%s The run is of another machine or version; the means of its norms over %d steps agree to %.2g %%"
                                + " (tolerance %.0f %%).%n",
                        sentence,
                        ReplayCheck.WINDOW,
                        100 * distance,
                        100 * ReplayCheck.TOLERANCE);
        return ExitCode.OTHER_MACHINE;
    }

    private int compareLength(RunHead stored, ReplayCheck check, Trainer trainer) {
        Summary summary = stored.summary();
        if (check.expectsMore()) {
            return differs("Step " + trainer.step() + ", column step differs: " + stored.metrics()
                    + " goes on, the replay ended before it.");
        }
        if (summary != null && summary.steps() != check.rows()) {
            return differs("Step " + check.rows() + ", column step differs: " + stored.metrics()
                    + " ends before it and the run" + " had " + summary.steps() + " steps.");
        }
        terminal.out().println("the same to the last bit, " + check.rows() + " steps");
        return ExitCode.OK;
    }

    private int differs(String sentence) {
        terminal.err().println(sentence);
        return ExitCode.FAILURE;
    }
}
