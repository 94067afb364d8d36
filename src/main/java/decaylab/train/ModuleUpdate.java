package decaylab.train;

import decaylab.net.Handover;
import decaylab.net.SyntheticGradients;
import decaylab.optim.FlatArray;
import decaylab.optim.UpdateKernel;

/** The update of one module of synthetic gradients by what came back from above. For one thread. */
final class ModuleUpdate {
    private final SyntheticGradients.Part module;
    private final UpdateKernel kernel;
    private final FlatArray parameters;
    private final FlatArray gradient;
    private final StepPlan plan;

    /**
     * @param whole the kernel of all modules, whose buffers are used
     * @param parameters of all modules
     * @param gradient of all modules
     */
    ModuleUpdate(
            SyntheticGradients.Part module,
            UpdateKernel whole,
            FlatArray parameters,
            FlatArray gradient,
            StepPlan plan) {
        this.module = module;
        this.parameters = parameters;
        this.gradient = gradient;
        this.plan = plan;
        kernel = whole.part(module.firstBlock(), module.endBlock());
    }

    /** Takes over the parameters for the predictions that follow. */
    void load() {
        module.load(parameters);
    }

    /** One step by the gradient that a mini-batch got from above. */
    void learn(Handover back) {
        load();
        module.gradient(back, gradient);
        kernel.stepUnmeasured(parameters, gradient, plan.at(back.step(), back.size()));
    }
}
