package decaylab.instrument;

import decaylab.experiment.Instrument;
import decaylab.optim.NormBall;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run measures. The definitions are those of Bjorck, Weinberger and Gomes, "Understanding Decoupled and Early Weight
 * Decay" (AAAI 2021), where they state one; {@link QuantityTexts} holds the words that the window shows for each.
 */
public enum Quantity {
    /** Number of the optimiser update, from 0. */
    STEP("step", Cadence.EVERY_STEP, Scope.NETWORK, false),
    /** Step divided by the steps of an epoch, rounded down. */
    EPOCH("epoch", Cadence.EVERY_STEP, Scope.NETWORK, false),
    /** Mean cross-entropy of the mini-batch before the update, without penalty, in nats. */
    LOSS("loss", Cadence.EVERY_STEP, Scope.NETWORK, true),
    /** Learning rate of this step, schedule included. */
    LEARNING_RATE("lr", Cadence.EVERY_STEP, Scope.NETWORK, true),
    /** Decay in force: base times schedule factor times gate; not multiplied by the learning rate. */
    DECAY("decay", Cadence.EVERY_STEP, Scope.NETWORK, false),
    /** sqrt of the sum of squared Frobenius norms of all weight matrices but the last layer's, after the update. */
    NORM("norm", Cadence.EVERY_STEP, Scope.NETWORK, true),
    /** Frobenius norm of the last layer's weight matrix, after the update. */
    HEAD_NORM("head_norm", Cadence.EVERY_STEP, Scope.NETWORK, true),
    /** Effective learning rate of the network, a summary of the layers'. */
    EFFECTIVE_LEARNING_RATE("elr", Cadence.EVERY_STEP, Scope.NETWORK, true),
    /** Euclidean norm of the mini-batch gradient without penalty, over the matrices that NORM covers. */
    GRADIENT_NORM("grad_norm", Cadence.EVERY_STEP, Scope.NETWORK, true),
    /** Euclidean norm of the change of the weights in this step, over the matrices that NORM covers. */
    UPDATE_NORM("update_norm", Cadence.EVERY_STEP, Scope.NETWORK, true),
    /** Angle in radians between the weights before and after the step, all normalised layers concatenated. */
    ROTATION("rotation", Cadence.EVERY_STEP, Scope.NETWORK, true),
    /** Mean cross-entropy over the training set, in nats. */
    TRAIN_LOSS("train_loss", Cadence.EVALUATION, Scope.NETWORK, true),
    /** Mean cross-entropy over the test set, in nats. */
    TEST_LOSS("test_loss", Cadence.EVALUATION, Scope.NETWORK, true),
    /** Fraction of the training set that is classified as labelled, in [0, 1]. */
    TRAIN_ACCURACY("train_accuracy", Cadence.EVALUATION, Scope.NETWORK, false),
    /** Fraction of the test set that is classified as labelled, in [0, 1]. */
    TEST_ACCURACY("test_accuracy", Cadence.EVALUATION, Scope.NETWORK, false),
    /** Frobenius norm of one layer's weight matrix, after the update. */
    LAYER_NORM("norm", Cadence.EVERY_STEP, Scope.LAYER, true),
    /** Effective learning rate of one normalised layer. */
    LAYER_EFFECTIVE_LEARNING_RATE("elr", Cadence.EVERY_STEP, Scope.LAYER, true),
    /** Angle in radians between one layer's weights before and after the step. */
    LAYER_ROTATION("rotation", Cadence.EVERY_STEP, Scope.LAYER, true),
    /** What the length of the step added to the squared norm: ||u||^2. */
    BY_LENGTH("by_length", Instrument.BUDGET),
    /** What the present gradient did to the squared norm: -2 <w, u_p>. */
    BY_PRESENT_GRADIENT("by_gradient", Instrument.BUDGET),
    /** What earlier gradients, held by the momentum, did to the squared norm: -2 <w, u_g - u_p>. */
    BY_EARLIER_GRADIENTS("by_earlier_gradients", Instrument.BUDGET),
    /** What decay did to the squared norm: -2 <w, u_d>. */
    BY_DECAY("by_decay", Instrument.BUDGET),
    /** The change of the squared norm in a step, the sum of the four. */
    CHANGE("change", Instrument.BUDGET),
    /** Length of the mini-batch gradient without penalty. */
    STEP_GRADIENT("gradient", Instrument.SHARES),
    /** Length of the objective's share of the step, ||u_g||. */
    OBJECTIVE_SHARE("objective_share", Instrument.SHARES),
    /** Length of the penalty's share of the step, ||u_d||. */
    PENALTY_SHARE("penalty_share", Instrument.SHARES),
    /** Cosine of the angle between the two shares. */
    COSINE_OF_SHARES("cosine_of_shares", Instrument.SHARES),
    /** Fraction of the weights whose penalty's share of the step is larger than the objective's. */
    DROWNED("drowned", Instrument.SHARES),
    /** Length of the objective's share of the step in the rows of a class of tokens. */
    TOKEN_OBJECTIVE_SHARE("token_objective_share", Instrument.SHARES, Scope.TOKENS),
    /** Length of the penalty's share there. */
    TOKEN_PENALTY_SHARE("token_penalty_share", Instrument.SHARES, Scope.TOKENS),
    /** Cosine of the angle between the two there. */
    TOKEN_COSINE_OF_SHARES("token_cosine_of_shares", Instrument.SHARES, Scope.TOKENS),
    /** Fraction of the weights there whose penalty's share is the larger. */
    TOKEN_DROWNED("token_drowned", Instrument.SHARES, Scope.TOKENS),
    /** Size of the gradient at the weights' direction, ||g|| ||w||. */
    GRADIENT_SIZE("gradient_size", Instrument.EQUILIBRIUM),
    /** The norm to which the settings in force lead. */
    PREDICTED_NORM("predicted_norm", Instrument.EQUILIBRIUM),
    /** The effective learning rate to which they lead. */
    PREDICTED_EFFECTIVE_LEARNING_RATE("predicted_elr", Instrument.EQUILIBRIUM),
    /** The rotation a step to which they lead, in radians. */
    PREDICTED_ROTATION("predicted_rotation", Instrument.EQUILIBRIUM),
    /** Steps in which the norm goes half of the way. */
    HALF_WAY("half_way", Instrument.EQUILIBRIUM),
    /** Mean length of the rows of a class of tokens in the embedding. */
    ROW_NORM("row_norm", Instrument.EMBEDDING, Scope.TOKENS),
    /** Mean cross-entropy on the examples on which the measures below are taken, in nats. */
    MEASURED_LOSS("measured_loss", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Path norm. */
    PATH_NORM("pathNorm", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Product of the spectral norms. */
    SPECTRAL_PRODUCT("spectralProduct", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Trace of the empirical Fisher matrix. */
    FISHER("trF", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Variance of a mini-batch's gradient. */
    GRADIENT_NOISE("trS", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Trace of the squared Jacobian of the logits. */
    JACOBIAN("trJ", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Largest eigenvalue of the Hessian. */
    HESSIAN("lambdaMax", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Mean rise of the loss a given length away. */
    SHARPNESS("sharpness", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Scale-invariant FISHER. */
    K_FISHER("kF", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Scale-invariant GRADIENT_NOISE. */
    K_NOISE("kS", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Scale-invariant JACOBIAN. */
    K_JACOBIAN("kJ", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Scale-invariant HESSIAN. */
    K_HESSIAN("kH", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Scale-invariant SHARPNESS. */
    K_SHARPNESS("kR", Instrument.GENERALIZATION, Scope.NETWORK),
    /** Mean return of the last episodes that ended while learning. */
    RETURN("return", Instrument.RETURNS, Scope.NETWORK),
    /** Mean return of greedy episodes, at evaluations. */
    GREEDY_RETURN("greedy_return", Instrument.RETURNS, Cadence.EVALUATION),
    /** Mean length of the last episodes that ended while learning, in steps of the environment. */
    EPISODE_LENGTH("episode_length", Instrument.RETURNS, Scope.NETWORK),
    /** Episodes that ended so far. */
    EPISODES("episodes", Instrument.RETURNS, Scope.NETWORK),
    /** Probability of an action at random. */
    EXPLORATION("epsilon", Instrument.RETURNS, Scope.NETWORK),
    /** Mean over the mini-batch of the largest value of an action. */
    LARGEST_VALUE("max_q", Instrument.RETURNS, Scope.NETWORK),
    /** Mean over training examples of the squared Frobenius norm of the Jacobian of outputs and inputs. */
    INPUT_JACOBIAN("jacobian", Instrument.JACOBIAN, Scope.NETWORK),
    /** Damping of K-FAC as a layer's direction feels it, gamma ||w||^2; of the network with the squared norm of its normalised layers. */
    EFFECTIVE_DAMPING("effective_damping", Instrument.DAMPING),
    /** The same by the mean eigenvalue of the curvature at the weights' direction; of the network the mean of its layers. */
    DAMPING_RATIO("damping_ratio", Instrument.DAMPING),
    /** theta^T F theta with the Kronecker-factored Fisher matrix of a layer; of the network the sum. */
    FISHER_NORM("fisher_norm", Instrument.DAMPING),
    /** theta^T G theta with the Kronecker-factored Gauss-Newton matrix of a layer; of the network the sum. */
    GAUSS_NEWTON_NORM("gn_norm", Instrument.DAMPING),
    /** Angle in degrees between weights and the transposed matrices that carry the error in their place. */
    FEEDBACK_ANGLE("feedback_angle", Instrument.FEEDBACK),
    /** Angle in degrees between the errors as those matrices carry them and as the weights would; at evaluations. */
    ERROR_ANGLE("error_angle", Instrument.FEEDBACK, Scope.BOTH, Cadence.EVALUATION),
    /** Length of the difference of weights and those matrices, by what it was at the start. */
    FEEDBACK_DIFFERENCE("feedback_difference", Instrument.FEEDBACK),
    /** What that ratio must be where both take the same steps and the same decay. */
    FEEDBACK_LINE("feedback_line", Instrument.FEEDBACK),
    /** Largest sum of the absolute weights of a unit, its bias included; of the network the product over all layers. */
    L1_INF_NORM("l1_inf", Instrument.CAPACITY),
    /** Largest length of the weights of a unit, its bias included; of the network the product. */
    L2_INF_NORM("l2_inf", Instrument.CAPACITY),
    /** Frobenius norm, biases included; of the network the product. */
    L2_2_NORM("l2_2", Instrument.CAPACITY),
    /** Sum of the lengths of the weights of all units, biases included; of the network the product. */
    L2_1_NORM("l2_1", Instrument.CAPACITY),
    /** Bound of the Rademacher complexity by the L1-inf norms as they are. */
    L1_INF_BOUND("bound_l1_inf", Instrument.CAPACITY, Scope.NETWORK),
    /** The same by the L2-inf norms. */
    L2_INF_BOUND("bound_l2_inf", Instrument.CAPACITY, Scope.NETWORK),
    /** The same by the L2-2 norms. */
    L2_2_BOUND("bound_l2_2", Instrument.CAPACITY, Scope.NETWORK),
    /** The same by the L2-1 norms. */
    L2_1_BOUND("bound_l2_1", Instrument.CAPACITY, Scope.NETWORK),
    /** Bound of all networks in the ball that is in force. */
    BALL_BOUND("ball_bound", Instrument.CAPACITY, Scope.NETWORK),
    /** K_l of each hidden layer and c_o of the last, by the norms of the ball that is in force, else L1-inf; their product. */
    CAPACITY_FACTOR("factor", Instrument.CAPACITY),
    /** What depth adds to the bound, to be multiplied by the product of the factors. */
    DEPTH_TERM("depth_term", Instrument.CAPACITY, Scope.NETWORK),
    /** What the examples alone give, likewise. */
    INPUT_TERM("input_term", Instrument.CAPACITY, Scope.NETWORK),
    /** Test minus training cross-entropy, at evaluations, in nats. */
    GAP("gap", Instrument.CAPACITY, Cadence.EVALUATION),
    /** Squared error of a module of synthetic gradients by the squared length of what it was to predict, on the mini-batch. */
    SYNTHETIC_ERROR("synthetic_error", Instrument.SYNTHETIC),
    /** Root of the mean squared length of what it predicts for an example. */
    SYNTHETIC_NORM("synthetic_norm", Instrument.SYNTHETIC),
    /** Root of the mean squared length of the gradient that arrived from above. */
    SYNTHETIC_TARGET("synthetic_target", Instrument.SYNTHETIC),
    /** Fraction of the validation nodes that is classified as labelled, in [0, 1]. */
    VALIDATION_ACCURACY("validation_accuracy", Instrument.VALIDATION, Cadence.EVALUATION),
    /** Mean cross-entropy over the validation nodes, in nats. */
    VALIDATION_LOSS("validation_loss", Instrument.VALIDATION, Cadence.EVALUATION),
    /** Test accuracy at the best evaluation so far, as the validation nodes choose it. */
    STOPPED_ACCURACY("stopped_accuracy", Instrument.VALIDATION, Cadence.EVALUATION),
    /** Steps done at that evaluation. */
    STOPPED_STEP("stopped_step", Instrument.VALIDATION, Cadence.EVALUATION);

    /** When a quantity is taken. */
    public enum Cadence {
        /** In the update's own pass, at every step. */
        EVERY_STEP,
        /** Every evaluateEvery steps and after the last. */
        EVALUATION,
        /** At the interval of its instrument. */
        INTERVAL
    }

    /** What a quantity describes. */
    public enum Scope {
        NETWORK,
        LAYER,
        /** Of the network and of each layer. */
        BOTH,
        /** Of each {@link TokenClass}, in a network with an embedding. */
        TOKENS;

        /** Whether it describes nothing but parts of the network. */
        public boolean ofParts() {
            return this == LAYER || this == TOKENS;
        }
    }

    private final String column;
    private final Cadence cadence;
    private final Scope scope;
    private final boolean positive;
    private final @Nullable Instrument instrument;

    Quantity(String column, Cadence cadence, Scope scope, boolean positive) {
        this.column = column;
        this.cadence = cadence;
        this.scope = scope;
        this.positive = positive;
        instrument = null;
    }

    Quantity(String column, Instrument instrument) {
        this(column, instrument, Scope.BOTH);
    }

    Quantity(String column, Instrument instrument, Scope scope) {
        this.column = column;
        this.instrument = instrument;
        this.scope = scope;
        cadence = Cadence.INTERVAL;
        positive = instrument.where() == Instrument.Where.ON_A_COPY || instrument == Instrument.CAPACITY;
    }

    /** Of the network, in an instrument's log but not in each of its rows. */
    Quantity(String column, Instrument instrument, Cadence cadence) {
        this(column, instrument, Scope.NETWORK, cadence);
    }

    /** Likewise, of whatever it describes. */
    Quantity(String column, Instrument instrument, Scope scope, Cadence cadence) {
        this.column = column;
        this.instrument = instrument;
        this.cadence = cadence;
        this.scope = scope;
        positive = false;
    }

    /** The name in metrics.csv, without a layer's. */
    public String column() {
        return column;
    }

    /** The instrument that takes it, into a log of its own; empty for what is in every run's samples. */
    public Optional<Instrument> instrument() {
        return Optional.ofNullable(instrument);
    }

    public Cadence cadence() {
        return cadence;
    }

    public Scope scope() {
        return scope;
    }

    /** True where the values span orders of magnitude above zero, so that a logarithmic axis makes sense. */
    public boolean positive() {
        return positive;
    }

    /** The norm of a ball. */
    public static Quantity ofNorm(NormBall ball) {
        return switch (ball) {
            case L1_INF -> L1_INF_NORM;
            case L2_INF -> L2_INF_NORM;
            case L2_2 -> L2_2_NORM;
            case L2_1 -> L2_1_NORM;
        };
    }

    /** The bound that the norms of a ball give. */
    public static Quantity ofBound(NormBall ball) {
        return switch (ball) {
            case L1_INF -> L1_INF_BOUND;
            case L2_INF -> L2_INF_BOUND;
            case L2_2 -> L2_2_BOUND;
            case L2_1 -> L2_1_BOUND;
        };
    }

    /** The quantity of a measure of generalisation's key; empty for one that is not logged. */
    public static Optional<Quantity> ofMetric(String key) {
        return Arrays.stream(values())
                .filter(q -> q.instrument == Instrument.GENERALIZATION && q.column.equals(key))
                .findFirst();
    }

    /** The network's quantity of a column's name, as the command line's {@code --metric} gives it. */
    public static Optional<Quantity> ofColumn(String column) {
        return Arrays.stream(values())
                .filter(q -> !q.scope.ofParts() && q.column.equals(column))
                .findFirst();
    }
}
