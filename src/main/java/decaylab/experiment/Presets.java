package decaylab.experiment;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The experiments that come with the lab, each a YAML file beside this class whose first line says what it shows. */
public final class Presets {
    private static final List<String> NAMES = List.of(
            "first-look",
            "never",
            "always",
            "early-decay",
            "late-decay",
            "random-labels",
            "adam-l2",
            "adamw",
            "glyphs",
            "mnist",
            "cifar10-cnn",
            "cifar10-resnet8",
            "cifar10-resnet18",
            "cifar10-all-cnn",
            "characters",
            "cart-pole",
            "grid-world",
            "number-words",
            "zipf",
            "kolen-pollack",
            "feedback-alignment",
            "weight-mirror",
            "capacity",
            "max-norm",
            "synthetic-gradients",
            "synthetic-unlocked",
            "graph",
            "appnp",
            "label-propagation",
            "cora",
            "kfac",
            "mnist-kfac");

    private final ExperimentYaml yaml;

    public Presets(ExperimentYaml yaml) {
        this.yaml = yaml;
    }

    /** Their names, the one that opens with the lab first. */
    public List<String> names() {
        return NAMES;
    }

    /**
     * @throws BadInputException where there is none of that name
     */
    public Experiment get(String name) {
        return yaml.parse(text(name), "The preset " + name);
    }

    /** What a preset shows, in one sentence. */
    public String description(String name) {
        return text(name).lines().findFirst().orElse("").replaceFirst("^#\\s*", "");
    }

    private static String text(String name) {
        if (!NAMES.contains(name)) {
            throw new BadInputException("There is no preset " + name + Nearest.hint(name, NAMES) + "; the presets are "
                    + String.join(", ", NAMES) + ".");
        }
        try (InputStream in = Presets.class.getResourceAsStream("presets/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the preset " + name + " is missing from the lab's files");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
