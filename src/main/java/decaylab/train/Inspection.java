package decaylab.train;

import decaylab.data.DataSet;
import decaylab.experiment.DecaySpec;
import decaylab.experiment.Experiment;
import decaylab.experiment.OptimizerKind;
import decaylab.experiment.OptimizerSpec;
import decaylab.instrument.geometry.AnalysisNetwork;
import decaylab.instrument.geometry.Examples;
import decaylab.instrument.geometry.Histogram;
import decaylab.instrument.geometry.LayerActivations;
import decaylab.instrument.geometry.Representation;
import decaylab.instrument.geometry.Spectrum;
import decaylab.net.EncoderDecoder;
import decaylab.net.LayerNames;
import decaylab.net.TaskShape;
import decaylab.net.TrainableNetwork;
import decaylab.optim.DecayEntry;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.parallel.Team;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Looks into the layers of a checkpoint, away from the training. */
public final class Inspection {
    private static final int BINS = 60;
    private static final int EXAMPLES = 300;

    private final Experiment experiment;
    private final TaskShape task;
    private final ParameterLayout layout;
    private final DataSet data;

    /**
     * @param experiment of the run whose checkpoints will be looked into
     * @param data that it was trained on
     */
    public Inspection(Experiment experiment, DataSet data) {
        this.experiment = experiment;
        this.data = data;
        task = TaskShapes.of(data);
        layout = task.translates()
                ? EncoderDecoder.layout(experiment.network(), task)
                : layoutOfTrainable(experiment, task);
    }

    private static ParameterLayout layoutOfTrainable(Experiment experiment, TaskShape task) {
        try (Team team = Team.of(1);
                TrainableNetwork network =
                        new TrainableNetwork(experiment.network(), task, experiment.precision(), team)) {
            return network.layout();
        }
    }

    /**
     * Looks into a layer.
     *
     * @param learningRate in force
     * @param decay in force, 0 where there is none
     * @param abandoned asked now and then
     * @throws java.util.concurrent.CancellationException where it was given up
     */
    public LayerLook look(
            Checkpoint checkpoint, String layer, double learningRate, double decay, BooleanSupplier abandoned) {
        ParameterBlock block = layout.weights().stream()
                .filter(each -> each.layer().equals(layer))
                .findFirst()
                .orElseThrow();
        FlatArray parameters = checkpoint.parameters();
        Map<LayerLook.Part, Histogram> histograms = new EnumMap<>(LayerLook.Part.class);
        histograms.put(LayerLook.Part.WEIGHTS, histogram(block, parameters::get));
        OptionalDouble dead = OptionalDouble.empty();
        if (!block.last() && AnalysisNetwork.refusal(experiment.network()).isEmpty()) {
            LayerActivations activations = activations(parameters, layer, abandoned);
            histograms.put(LayerLook.Part.ACTIVATIONS, activations.histogram());
            dead = activations.dead();
        }
        addBuffers(histograms, checkpoint, block);
        double[] decays = effectiveDecay(checkpoint, block, learningRate, decay);
        if (decays.length > 0) {
            histograms.put(LayerLook.Part.EFFECTIVE_DECAY, Histogram.of(decays, BINS));
        }
        OptionalInt rows = LayerNames.embeddingRows(layer, task);
        Spectrum spectrum =
                rows.isPresent() ? Spectrum.of(block, parameters, rows.getAsInt()) : Spectrum.of(block, parameters);
        return new LayerLook(
                layer,
                checkpoint.step(),
                histograms,
                spectrum.singularValues(),
                spectrum.frobeniusNorm(),
                spectrum.stableRank(),
                dead);
    }

    /**
     * Looks at the buffers of one layer, or of all but the last together.
     *
     * @param decay in force
     * @param layer null for all but the last
     */
    public BufferLook buffers(Checkpoint checkpoint, DecaySpec decay, @Nullable String layer) {
        return BufferLook.of(experiment, layout, checkpoint, decay, layer);
    }

    /** The rows of the embedding; empty for a network without. */
    public Optional<RowLook> rows(Checkpoint checkpoint) {
        return TokenRows.of(layout, data).map(rows -> RowLook.of(rows, checkpoint.parameters()));
    }

    /**
     * What every hidden layer of a dense network puts out at some examples, from the lowest.
     *
     * @param abandoned asked now and then
     */
    public List<Representation> representations(Checkpoint checkpoint, Examples examples, BooleanSupplier abandoned) {
        return Representation.of(
                new AnalysisNetwork(experiment.network(), task, layout, checkpoint.parameters()), examples, abandoned);
    }

    private LayerActivations activations(FlatArray parameters, String layer, BooleanSupplier abandoned) {
        AnalysisNetwork network = new AnalysisNetwork(experiment.network(), task, layout, parameters);
        Examples examples = Examples.ofTraining(data, EXAMPLES, 1);
        List<LayerActivations> all = LayerActivations.of(network, examples, BINS, abandoned);
        return all.stream()
                .filter(each -> each.layer().equals(layer))
                .findFirst()
                .orElseThrow();
    }

    private void addBuffers(Map<LayerLook.Part, Histogram> histograms, Checkpoint checkpoint, ParameterBlock block) {
        List<FlatArray> buffers = checkpoint.buffers();
        FlatArray shadow = shadow(checkpoint);
        if (isAdam()) {
            histograms.put(LayerLook.Part.FIRST_MOMENT, histogram(block, buffers.get(0)::get));
            histograms.put(
                    LayerLook.Part.ROOT_OF_SECOND_MOMENT,
                    Histogram.of(logarithms(block, i -> Math.sqrt(buffers.get(1).get(i))), BINS));
        } else if (ruleBuffers() > 0) {
            histograms.put(LayerLook.Part.MOMENTUM, histogram(block, buffers.get(0)::get));
            if (shadow != null) {
                histograms.put(LayerLook.Part.PENALTY_OF_MOMENTUM, histogram(block, shadow::get));
            }
        }
    }

    private boolean isAdam() {
        return experiment.optimizer().kind() == OptimizerKind.ADAM;
    }

    private int ruleBuffers() {
        return experiment.optimizer().rule().buffers();
    }

    /** The penalty's part of the momentum or first moment, where an instrument keeps it. */
    private @Nullable FlatArray shadow(Checkpoint checkpoint) {
        return checkpoint.buffers().size() > experiment.buffers()
                ? checkpoint.buffers().get(experiment.buffers())
                : null;
    }

    /**
     * log10 of the fraction of each weight that decay takes in the step after a checkpoint. Without a shadow the first moment's
     * part of the penalty is taken for what it is of a weight that moves slowly: lambda w.
     */
    private double[] effectiveDecay(Checkpoint checkpoint, ParameterBlock block, double learningRate, double decay) {
        DecayEntry entry = experiment.decay().entry();
        FlatArray parameters = checkpoint.parameters();
        FlatArray shadow = entry.intoM() ? shadow(checkpoint) : null;
        if (entry.atStep()) {
            double factor = learningRate / experiment.optimizer().learningRate();
            double taken = experiment.decay().coupling().taken(learningRate, factor, decay);
            return logarithms(block, i -> taken);
        }
        if (!isAdam()) {
            double mu = ruleBuffers() > 0 ? experiment.optimizer().momentum() : 0;
            return logarithms(
                    block,
                    i -> shadow == null
                            ? learningRate * decay / (1 - mu)
                            : learningRate * shadow.get(i) / parameters.get(i));
        }
        OptimizerSpec adam = experiment.optimizer();
        double first = 1 - Math.pow(adam.beta1(), checkpoint.step());
        double second = 1 - Math.pow(adam.beta2(), checkpoint.step());
        FlatArray v = checkpoint.buffers().get(entry.twin() ? 3 : 1);
        return logarithms(block, i -> {
            double penalty = entry.twin()
                    ? decay * checkpoint.buffers().get(2).get(i) / first / parameters.get(i)
                    : shadow == null ? decay : shadow.get(i) / first / parameters.get(i);
            double live = v.get(i);
            return live == 0 ? 0 : learningRate * penalty / (Math.sqrt(live / second) + adam.epsilon());
        });
    }

    private static Histogram histogram(ParameterBlock block, IntToDoubleFunction value) {
        double[] values = new double[block.length()];
        Arrays.setAll(values, i -> value.applyAsDouble(block.offset() + i));
        return Histogram.of(values, BINS);
    }

    private static double[] logarithms(ParameterBlock block, IntToDoubleFunction value) {
        double[] values = new double[block.length()];
        int count = 0;
        for (int i = block.offset(); i < block.offset() + block.length(); i++) {
            double each = value.applyAsDouble(i);
            if (each > 0) {
                values[count++] = Math.log10(each);
            }
        }
        return Arrays.copyOf(values, count);
    }
}
