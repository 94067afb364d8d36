package decaylab.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.PlannedChange;
import decaylab.instrument.SampleLog;
import decaylab.problem.BadInputException;
import decaylab.store.RunFolder.StoredRun;
import decaylab.train.Intervention;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a picture comes from: the runs that it shows, each with all that is needed to do it again and to tell whether it came out
 * the same. It is written into the picture's file.
 *
 * @param format of this record, {@value #FORMAT}
 * @param lab the version of the lab that made it
 * @param runs what it shows, the uppermost last; at least one
 */
public record Provenance(int format, String lab, List<RunOrigin> runs) {
    private static final int FORMAT = 1;

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public Provenance {
        if (format != FORMAT) {
            throw new BadInputException("it is of format " + format + ", this lab reads format " + FORMAT);
        }
        if (runs == null || runs.isEmpty()) {
            throw new BadInputException("it names no run");
        }
        runs = List.copyOf(runs);
    }

    /**
     * A run of a picture.
     *
     * @param name as the picture calls it
     * @param experiment a whole experiment's YAML, all that was changed included as its interventions
     * @param trace of what was logged
     * @param fingerprint what else its bits depend on; empty where that is not known
     */
    public record RunOrigin(String name, String experiment, LogTrace trace, Map<String, String> fingerprint) {
        public RunOrigin {
            if (name == null || experiment == null || trace == null || fingerprint == null) {
                throw new BadInputException("a run of it lacks its name, experiment, trace or fingerprint");
            }
            fingerprint = Map.copyOf(fingerprint);
        }

        /**
         * Of a run as it stands.
         *
         * @param name as the picture calls it
         * @param made what was changed
         * @param fingerprint what else its bits depend on
         */
        public static RunOrigin of(
                String name,
                Experiment experiment,
                List<Intervention> made,
                SampleLog log,
                Map<String, String> fingerprint) {
            LogTrace trace = LogTrace.of(log);
            List<PlannedChange> changes = made.stream()
                    .filter(intervention -> intervention.step() < trace.rows())
                    .map(Intervention::planned)
                    .toList();
            return new RunOrigin(
                    name, new ExperimentYaml().write(experiment.withInterventions(changes)), trace, fingerprint);
        }

        /** Of a run in its folder. */
        public static RunOrigin of(String name, StoredRun run) {
            Summary summary = run.summary();
            Map<String, String> machine = summary == null ? Map.of() : summary.fingerprint();
            return of(name, run.experiment(), run.interventions(), run.log(), machine);
        }

        /**
         * What was run, with all that was changed.
         *
         * @throws BadInputException where it is no experiment
         */
        public Experiment read() {
            return new ExperimentYaml().parse(experiment, "the picture's run " + name);
        }

        /**
         * Compares a log of the same experiment, done again.
         *
         * @param now what the bits of the second time depend on
         */
        public Outcome compare(SampleLog again, Map<String, String> now) {
            LogTrace other = trace.ofSameRows(again);
            if (trace.isSameAs(other)) {
                return new Outcome(Sameness.SAME, trace.rows(), 0);
            }
            double distance = trace.distance(other);
            boolean near = ReplayCheck.otherMachine(fingerprint, now) && distance <= ReplayCheck.TOLERANCE;
            return new Outcome(
                    near ? Sameness.WITHIN_TOLERANCE : Sameness.DIFFERENT, trace.firstDifference(other), distance);
        }
    }

    /** How alike two runs are. */
    public enum Sameness {
        /** Every logged value, to the last bit. */
        SAME,
        /** Of another machine or version, and the means of the norms agree to {@link ReplayCheck#TOLERANCE}. */
        WITHIN_TOLERANCE,
        /** Neither. */
        DIFFERENT
    }

    /**
     * What came of a comparison.
     *
     * @param step the first of the steps among which the first difference is; the number of steps where all are the same
     * @param distance the largest relative distance of two norms' means; infinite where more than rounding differs
     */
    public record Outcome(Sameness sameness, long step, double distance) {}

    /** Of runs, the uppermost last; at least one. */
    public static Provenance of(List<RunOrigin> runs) {
        return new Provenance(FORMAT, Fingerprint.labVersion(), runs);
    }

    /** The uppermost run. */
    public RunOrigin main() {
        return runs.get(runs.size() - 1);
    }

    /** In small print under a picture: the uppermost run's experiment and seed, the names of the others, the lab's version. */
    public String caption() {
        String experiment = main().read().summary();
        String version = "Decay Lab " + lab;
        if (runs.size() == 1) {
            return experiment + ". " + version;
        }
        String others =
                runs.stream().limit(runs.size() - 1L).map(RunOrigin::name).collect(Collectors.joining(", "));
        return main().name() + ": " + experiment + ". Beside it: " + others + ". " + version;
    }

    /** As one line of JSON. */
    public String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers is not written", e);
        }
    }

    /**
     * Of a picture by the text that it carries along.
     *
     * @param note the text; empty where it carries none
     * @throws BadInputException where there is none, or it cannot be used
     */
    public static Provenance ofPicture(Optional<String> note, Path picture) {
        return parse(
                note.orElseThrow(() -> new BadInputException("The picture " + picture
                        + " carries no experiment; choose one that the lab has exported, in the file that it wrote.")),
                "the picture " + picture);
    }

    /**
     * Reads what {@link #text} gave.
     *
     * @param where names the picture in the sentence of an error
     * @throws BadInputException where it is none
     */
    public static Provenance parse(String text, String where) {
        try {
            return JSON.readValue(text, Provenance.class);
        } catch (JsonProcessingException e) {
            throw new BadInputException(
                    "What " + where + " says of its runs cannot be read (" + JsonReason.of(e)
                            + "); open the run's folder or its experiment instead.",
                    e);
        }
    }
}
