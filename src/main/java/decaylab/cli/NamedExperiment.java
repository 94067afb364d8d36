package decaylab.cli;

import decaylab.chart.PictureNote;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.store.Provenance;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The experiment that a command is told: a preset where there is one of that name and no file; a file otherwise. */
final class NamedExperiment {
    private final ExperimentYaml yaml;
    private final Presets presets;

    @Parameters(
            paramLabel = "EXPERIMENT",
            description = "The name of a preset, a YAML file, or a picture that the lab has made.")
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
        if (presets.names().contains(given) || !file) {
            return presets.get(given);
        }
        Path path = Path.of(given);
        return PictureNote.isPicture(path)
                ? Provenance.ofPicture(PictureNote.of(path), path).main().read()
                : yaml.read(path);
    }

    /** What runs of it may be called. */
    String name() {
        String file = String.valueOf(Path.of(given).getFileName());
        return file.replaceFirst("\\.(ya?ml|png|svg)$", "").replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
