package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Nearest;
import decaylab.experiment.Presets;
import decaylab.problem.BadInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Studies by their names. */
public final class Studies {
    /** Makes a study of the experiment that all its arms start from. */
    private record Maker(Experiment base, Function<Experiment, Study> study) {}

    private final Map<String, Maker> makers = new LinkedHashMap<>();
    private final ExperimentYaml yaml;

    /** Those that are given. */
    public Studies(ExperimentYaml yaml, List<Study> all) {
        this.yaml = yaml;
        all.forEach(study -> makers.put(
                study.protocol().name(),
                new Maker(study.protocol().arms().get(0).experiment(), base -> study)));
    }

    private Studies(ExperimentYaml yaml) {
        this.yaml = yaml;
    }

    /** Those that come with the lab. */
    public static Studies ofLab(ExperimentYaml yaml, Presets presets) {
        Studies studies = new Studies(yaml);
        studies.add(presets.get("always"), EarlyDecayStudy::onMadeData);
        studies.add(presets.get("always"), MetricsStudy::onMadeData);
        studies.add(presets.get("random-labels"), NormGrowthStudy::onMadeData);
        studies.add(presets.get("adamw"), AdamBuffersStudy::new);
        studies.add(presets.get("adamw"), TuningStudy::onMadeData);
        studies.add(
                yaml.with(presets.get("adamw"), Map.of("network.normalization", "none")),
                TuningStudy::withoutNormalization);
        studies.add(
                yaml.with(presets.get("number-words"), Map.of("steps", "300", "evaluateEvery", "300")),
                TuningStudy::onNumberWords);
        studies.add(
                yaml.with(presets.get("cart-pole"), Map.of("steps", "5000", "decay.gate", "auto")),
                TuningStudy::onCartPole);
        studies.add(presets.get("zipf"), RareTokensStudy::new);
        studies.add(
                yaml.with(presets.get("number-words"), Map.of("steps", "600", "evaluateEvery", "60")),
                TranslationStudy::new);
        studies.add(presets.get("cart-pole"), e -> DqnStudy.of("dqn", e, 6));
        studies.add(presets.get("grid-world"), e -> DqnStudy.of("dqn-grid-world", e, 1));
        studies.add(presets.get("always"), ThreeMechanismsStudy::new);
        addCapacity(studies, yaml, presets);
        studies.add(
                yaml.with(
                        presets.get("kolen-pollack"),
                        Map.of("steps", "600", "evaluateEvery", "60", "precision", "double")),
                WeightTransportStudy::new);
        studies.add(presets.get("synthetic-gradients"), SyntheticGradientsStudy::new);
        studies.add(presets.get("graph"), GraphStudy::new);
        studies.add(presets.get("cora"), GraphCoraStudy::new);
        for (OtherData other : OtherData.ALL) {
            Experiment base = other.base(yaml, presets);
            studies.add(base, e -> EarlyDecayStudy.on(other.name(), e, other.seconds(), other.note()));
            if (other.grows()) {
                studies.add(
                        other.growing(yaml, presets),
                        e -> NormGrowthStudy.on(other.name(), e, other.secondsOfGrowth(), other.note()));
            }
            if (other.measured()) {
                studies.add(base, e -> MetricsStudy.on(other.name(), e, other.secondsWithMeasures(), other.note()));
            }
        }
        return studies;
    }

    private static void addCapacity(Studies studies, ExperimentYaml yaml, Presets presets) {
        Map<String, String> settings = Map.of(
                "decay.constraint", "none",
                "precision", "double",
                "evaluateEvery", "40",
                "instruments.capacity", "1");
        studies.add(yaml.with(presets.get("capacity"), settings), CapacityStudy::new);
    }

    private void add(Experiment base, Function<Experiment, Study> study) {
        makers.put(study.apply(base).protocol().name(), new Maker(base, study));
    }

    /** In the order in which they are listed. */
    public List<Study> all() {
        return makers.values().stream()
                .map(maker -> maker.study().apply(maker.base()))
                .toList();
    }

    /**
     * @param settings fields of the experiment that all arms start from, as the command line's {@code --set} gives them
     * @throws BadInputException where there is none of that name, or the settings are no experiment
     */
    public Study get(String name, Map<String, String> settings) {
        Maker maker = makers.get(name);
        if (maker == null) {
            List<String> names = List.copyOf(makers.keySet());
            throw new BadInputException("There is no study " + name + Nearest.hint(name, names) + "; the studies are "
                    + String.join(", ", names) + ".");
        }
        return maker.study().apply(yaml.with(maker.base(), settings));
    }
}
