package decaylab.instrument.geometry;

import decaylab.experiment.Activation;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.NetworkSpec;
import decaylab.experiment.Normalization;
import decaylab.experiment.Precision;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import decaylab.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/** Networks of some hundred weights with statistics, biases, gammas and betas that are not those of the start. */
final class SmallNetworks {
    static final int CLASSES = 4;

    private SmallNetworks() {}

    /** A network where it was left. */
    record Point(NetworkSpec spec, TaskShape task, ParameterLayout layout, FlatArray parameters) {
        AnalysisNetwork analysis() {
            return at(parameters);
        }

        AnalysisNetwork at(FlatArray elsewhere) {
            return new AnalysisNetwork(spec, task, layout, elsewhere);
        }

        /** With some of the weights moved. */
        FlatArray moved(WeightSet set, double factor, double[] direction) {
            FlatArray all = parameters.copy();
            set.add(all, factor, direction);
            return all;
        }

        WeightSet all() {
            return WeightSet.of(layout, block -> true);
        }
    }

    static List<NetworkSpec> all(Activation activation) {
        List<NetworkSpec> specs = new ArrayList<>();
        for (Normalization normalization : Normalization.values()) {
            specs.add(new NetworkSpec(NetworkKind.MLP, List.of(7, 6), activation, normalization, 1e-5));
            specs.add(new NetworkSpec(NetworkKind.CNN, List.of(3, 4, 2), activation, normalization, 1e-5));
        }
        specs.add(new NetworkSpec(NetworkKind.ALL_CNN, List.of(3, 5), activation, Normalization.BATCH_AFFINE, 1e-5));
        for (Normalization normalization : List.of(Normalization.NONE, Normalization.BATCH_AFFINE)) {
            specs.add(new NetworkSpec(NetworkKind.RESNET, List.of(2, 3), 1, activation, normalization, 1e-5));
        }
        return specs;
    }

    /** 6 measurements, or 2 channels of 7 x 6 pixels. */
    static Point point(NetworkSpec spec) {
        int[] shape = spec.kind().convolves() ? new int[] {2, 7, 6} : new int[] {6};
        TaskShape task = TaskShape.classification(shape, CLASSES);
        try (TrainableNetwork network = new TrainableNetwork(spec, task, Precision.DOUBLE, Team.of(1))) {
            FlatArray parameters = network.initialParameters(3);
            CounterRandom random = CounterRandom.of(9, "point");
            for (ParameterBlock block : network.layout().blocks()) {
                if (block.role() != ParameterBlock.Role.WEIGHT) {
                    for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                        // Variances stay above zero.
                        parameters.set(i, parameters.get(i) + 0.5 * random.nextDouble());
                    }
                }
            }
            return new Point(spec, task, network.layout(), parameters);
        }
    }

    static Examples examples(Point point, int count) {
        CounterRandom random = CounterRandom.of(5, "examples");
        float[] inputs = new float[count * point.task.features()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = random.nextInt(CLASSES);
        }
        return new Examples(inputs, labels);
    }

    static double[] direction(int length) {
        CounterRandom random = CounterRandom.of(7, "direction");
        double[] direction = new double[length];
        for (int i = 0; i < length; i++) {
            direction[i] = random.nextGaussian();
        }
        return direction;
    }

    static double norm(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    static double distance(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return norm(difference);
    }
}
