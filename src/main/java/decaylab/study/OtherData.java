package decaylab.study;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import java.util.List;
import java.util.Map;

/**
 * A data set and a network on which the studies of made data are run again.
 *
 * @param name of both, as in the names of the studies
 * @param preset where the experiments start from
 * @param settings fields of it that are set
 * @param seconds of a run, about, of one of two workers on a laptop
 * @param secondsWithMeasures the same with the measures of generalisation after it; NaN where the network has none
 * @param secondsOfGrowth the same of a run without decay for the growth of the norm; NaN where that is not studied
 * @param note on how it differs from the paper
 */
record OtherData(
        String name,
        String preset,
        Map<String, String> settings,
        double seconds,
        double secondsWithMeasures,
        double secondsOfGrowth,
        String note) {
    static final List<OtherData> ALL = List.of(
            new OtherData(
                    "glyphs",
                    "glyphs",
                    Map.of(),
                    2,
                    20,
                    3,
                    "Two normalised layers on 6,000 digits of twelve faces for 20 epochs instead of ResNet-18 on CIFAR-10."),
            new OtherData(
                    "mnist",
                    "mnist",
                    Map.of(
                            "data.trainSize", "6000",
                            "data.testSize", "10000",
                            "optimizer.schedule", "{kind: exponential, factor: 0.85, every: epoch}",
                            "decay.lambda", "5.0e-3",
                            "steps", "940",
                            "evaluateEvery", "94"),
                    2,
                    30,
                    3,
                    "Two normalised layers on 6,000 digits for 20 epochs instead of ResNet-18 on CIFAR-10: minutes on a laptop."),
            new OtherData(
                    "cifar10-cnn",
                    "cifar10-cnn",
                    Map.of(),
                    60,
                    200,
                    120,
                    "Three convolutions on 4,000 images for 20 epochs instead of ResNet-18 on 50,000 for 200."),
            new OtherData(
                    "cifar10-resnet8",
                    "cifar10-resnet8",
                    Map.of(),
                    110,
                    750,
                    Double.NaN,
                    "ResNet-8 on 4,000 images for 20 epochs instead of ResNet-18 on 50,000 for 200; decay is ten times the paper's, so "
                            + "that it has time to act."),
            new OtherData(
                    "cifar10-resnet18",
                    "cifar10-resnet18",
                    Map.of(),
                    2_000_000,
                    Double.NaN,
                    Double.NaN,
                    "The hyper-parameters are those of Golatkar, Achille and Soatto as they are remembered, which the paper says it "
                            + "uses; early is the first 70 of 200 epochs."));

    /** The experiment with decay that is always on. */
    Experiment base(ExperimentYaml yaml, Presets presets) {
        return yaml.with(presets.get(preset), settings);
    }

    /** The experiment without decay, at a constant learning rate, on images that are always the same. */
    Experiment growing(ExperimentYaml yaml, Presets presets) {
        return yaml.with(
                base(yaml, presets),
                Map.of(
                        "data.trainSize", "1024",
                        "data.flip", "false",
                        "data.shift", "0",
                        "optimizer.learningRate", "0.02",
                        "optimizer.schedule", "{kind: constant}",
                        "decay.gate", "off",
                        "batchSize", "64",
                        "steps", "1500",
                        "evaluateEvery", "150"));
    }

    /** Whether the growth of its norm is studied. */
    boolean grows() {
        return !Double.isNaN(secondsOfGrowth);
    }

    /** Whether the network has measures of generalisation. */
    boolean measured() {
        return !Double.isNaN(secondsWithMeasures);
    }
}
