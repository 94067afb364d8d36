package decaylab.cli;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The experiment that a command is told: a preset where there is one of that name and no file; a file otherwise. */
final class NamedExperiment {
    private final ExperimentYaml yaml;
    private final Presets presets;

    @Parameters(paramLabel = "EXPERIMENT", description = "The name of a preset, or a YAML file.")
    private String given = "";

    NamedExperiment(ExperimentYaml yaml, Presets presets) {
        this.yaml = yaml;
        this.presets = presets;
    }

    /**
     * What it describes.
     *
     * @throws decaylab.problem.BadInputException where there is no such preset or file, or it is no experiment
     */
    Experiment experiment() {
        boolean file = Files.exists(Path.of(given))
                || given.endsWith(".yaml")
                || given.endsWith(".yml")
                || given.contains("/");
        return presets.names().contains(given) || !file ? presets.get(given) : yaml.read(Path.of(given));
    }

    /** What runs of it may be called. */
    String name() {
        String file = String.valueOf(Path.of(given).getFileName());
        return file.replaceFirst("\\.ya?ml$", "").replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
