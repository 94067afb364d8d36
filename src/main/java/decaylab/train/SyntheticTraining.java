package decaylab.train;

import decaylab.experiment.Experiment;
import decaylab.experiment.SyntheticMode;
import decaylab.net.LayerNames;
import decaylab.net.SyntheticGradients;
import decaylab.net.TrainableNetwork;
import decaylab.optim.DecayEntry;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock.Role;
import decaylab.optim.ParameterLayout;
import decaylab.optim.StepRule;
import decaylab.optim.StepSettings;
import decaylab.optim.UpdateKernel;
import decaylab.parallel.Team;
import decaylab.parallel.WorkLog;
import java.util.ArrayList;
import java.util.List;

/**
 * The modules of synthetic gradients of a run, their parameters and their update, which is the lab's own. What they know is
 * state of the run. For one thread at a time.
 */
final class SyntheticTraining implements AutoCloseable {
    private final SyntheticGradients modules;
    private final FlatArray parameters;
    private final FlatArray gradient;
    private final UpdateKernel kernel;
    private final double learningRate;
    private final double lambda;
    private final boolean used;
    private final WorkLog log;

    SyntheticTraining(Experiment experiment, TrainableNetwork network) {
        this(
                network.synthetic(layers(experiment)),
                experiment.synthetic().rule(experiment.optimizer()),
                experiment.synthetic().learningRate(),
                experiment.synthetic().lambda(),
                experiment.synthetic().mode() != SyntheticMode.LOCKED);
    }

    private SyntheticTraining(
            SyntheticGradients modules, StepRule rule, double learningRate, double lambda, boolean used) {
        this.modules = modules;
        this.learningRate = learningRate;
        this.lambda = lambda;
        this.used = used;
        log = new WorkLog(modules.layers().size() + 1);
        ParameterLayout layout = modules.layout();
        parameters = modules.initialParameters();
        gradient = parameters.zeros(layout.length());
        kernel = new UpdateKernel(layout, rule, DecayEntry.DECOUPLED, decayed(layout), parameters, Team.of(1));
    }

    /** The layers with a module behind them. */
    static List<String> layers(Experiment experiment) {
        List<String> all = LayerNames.of(experiment.network());
        return experiment.synthetic().at().of(all.subList(0, all.size() - 1));
    }

    private static boolean[] decayed(ParameterLayout layout) {
        boolean[] decayed = new boolean[layout.blocks().size()];
        for (int i = 0; i < decayed.length; i++) {
            decayed[i] = layout.blocks().get(i).role() == Role.WEIGHT;
        }
        return decayed;
    }

    /**
     * One step of the modules, and the gradient of the network that goes with it, at the network's parameters last loaded.
     *
     * @param step from 0
     * @param inputs of the mini-batch
     * @param labels of the mini-batch
     * @param size of the mini-batch
     * @param into receives the network's gradient
     * @return the mean loss
     */
    double gradient(TrainableNetwork network, long step, float[] inputs, int[] labels, int size, FlatArray into) {
        modules.load(parameters);
        double loss = network.gradient(inputs, labels, size, into, modules, used, step, log);
        modules.gradient(gradient);
        kernel.stepUnmeasured(parameters, gradient, settings(step, size));
        return loss;
    }

    /** The update of each module by itself, for parts with threads of their own. */
    List<ModuleUpdate> updates() {
        StepPlan plan = this::settings;
        List<ModuleUpdate> updates = new ArrayList<>();
        for (int i = 0; i < modules.layers().size(); i++) {
            updates.add(new ModuleUpdate(modules.part(i), kernel, parameters, gradient, plan));
        }
        return updates;
    }

    private StepSettings settings(long step, int size) {
        return new StepSettings(step + 1, learningRate, lambda, learningRate * lambda, 1.0 / size);
    }

    /** Who worked when, the lowest part first. */
    WorkLog work() {
        return log;
    }

    /** How the modules predicted on the last mini-batch. */
    SyntheticGradients modules() {
        return modules;
    }

    /** Parameters and buffers, live. */
    List<FlatArray> state() {
        List<FlatArray> state = new ArrayList<>();
        state.add(parameters);
        state.addAll(kernel.buffers());
        return state;
    }

    /** Takes over what {@link #state} told. */
    void restore(List<FlatArray> told) {
        List<FlatArray> own = state();
        for (int i = 0; i < own.size(); i++) {
            own.get(i).assign(told.get(i));
        }
    }

    @Override
    public void close() {
        modules.close();
    }
}
