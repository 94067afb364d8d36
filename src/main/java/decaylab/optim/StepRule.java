package decaylab.optim;

/** How a gradient becomes a step. Buffers start at zero. */
public sealed interface StepRule {
    /** How many buffers of the parameters' length the rule keeps. */
    int buffers();

    /**
     * Gradient descent with momentum, without dampening (Polyak's heavy ball and Nesterov's form as PyTorch defines both; a
     * momentum of 0 is plain SGD): b = mu b + g; u = b, or u = g + mu b in Nesterov's form.
     *
     * @param momentum mu in [0, 1)
     * @param nesterov whether the step looks ahead
     */
    record Momentum(double momentum, boolean nesterov) implements StepRule {
        public Momentum {
            if (!(momentum >= 0 && momentum < 1)) {
                throw new IllegalArgumentException("momentum " + momentum);
            }
        }

        @Override
        public int buffers() {
            return momentum == 0 ? 0 : 1;
        }
    }

    /**
     * Adam (Kingma and Ba 2015, with epsilon outside of the square root of the corrected second moment): u = mhat /
     * (sqrt(vhat) + eps).
     *
     * @param beta1 in [0, 1)
     * @param beta2 in [0, 1)
     * @param epsilon at least 0
     */
    record Adam(double beta1, double beta2, double epsilon) implements StepRule {
        public Adam {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon >= 0)) {
                throw new IllegalArgumentException("beta1 " + beta1 + ", beta2 " + beta2 + ", epsilon " + epsilon);
            }
        }

        @Override
        public int buffers() {
            return 2;
        }
    }
}
