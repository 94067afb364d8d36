package decaylab.experiment;

import decaylab.optim.StepRule;

/**
 * Modules that predict the gradient of a layer's outputs from these outputs and the label (Jaderberg et al. 2017; Czarnecki et
 * al., "Understanding Synthetic Gradients and Decoupled Neural Interfaces", ICML 2017): linear, s = h A + y C + c, zero at the
 * start. The fields that a rule needs besides its learning rate, momentum and betas, are those of the network's optimizer.
 *
 * @param at behind which layers
 * @param mode what waits for what
 * @param optimizer how the modules are updated
 * @param learningRate of the modules, constant
 * @param lambda decoupled decay of the modules, times their learning rate; it draws what they predict to 0, which freezes the
 *     layers below, and is 0 unless it is asked for
 */
public record SyntheticSpec(
        SyntheticCuts at, SyntheticMode mode, OptimizerKind optimizer, double learningRate, double lambda) {
    public SyntheticSpec {
        learningRate = Field.SYNTHETIC_LEARNING_RATE.require(learningRate);
        lambda = Field.SYNTHETIC_LAMBDA.require(lambda);
    }

    /** What an experiment has that says nothing of it: no module. */
    public static SyntheticSpec defaults() {
        return new SyntheticSpec(SyntheticCuts.NONE, SyntheticMode.SYNCHRONOUS, OptimizerKind.ADAM, 1e-3, 0);
    }

    /** Whether there is a module at all. */
    public boolean present() {
        return at != SyntheticCuts.NONE;
    }

    /** Whether parts of the network train on threads of their own, so that no two runs are the same. */
    public boolean unlocked() {
        return present() && mode == SyntheticMode.UNLOCKED;
    }

    /** How a module's gradient becomes a step. */
    public StepRule rule(OptimizerSpec network) {
        return new OptimizerSpec(
                        optimizer,
                        learningRate,
                        network.momentum(),
                        network.beta1(),
                        network.beta2(),
                        network.epsilon(),
                        1,
                        network.schedule())
                .rule();
    }

    /** In a few words, for the foot of charts. */
    String inWords() {
        return "synthetic gradients at " + at + " " + mode + " lr " + Shortest.of(learningRate)
                + (lambda > 0 ? " lambda " + Shortest.of(lambda) : "");
    }
}
