package decaylab.train;

import decaylab.instrument.SampleLog;
import decaylab.net.SyntheticGradients;
import decaylab.net.TaskShape;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterLayout;
import decaylab.optim.StepSettings;
import decaylab.optim.UpdateKernel;
import decaylab.parallel.WorkLog;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/** What a run makes smaller: a layout of parameters, a gradient for each step, and an evaluation. */
public interface Objective extends AutoCloseable {
    /** What its network reads and tells. */
    TaskShape task();

    /** How the flat vector of parameters is divided. */
    ParameterLayout layout();

    /** The parameters at step 0; their precision is the run's. */
    FlatArray initialParameters();

    /** How many optimiser steps make an epoch; at least 1. */
    long stepsPerEpoch();

    /**
     * The gradient of one step's mini-batch.
     *
     * @param step from 0
     * @param parameters where it is taken
     * @param gradient receives the gradient summed over the targets, without penalty; in the blocks of running statistics
     *     the change that is to be subtracted
     */
    BatchLoss gradient(long step, FlatArray parameters, FlatArray gradient);

    /** Whether anything is trained; where nothing is, nothing decays either, since nobody uses the weights. */
    default boolean trains() {
        return true;
    }

    /**
     * Loss and accuracy on the training and the test set.
     *
     * @param abandoned asked now and then; where it is true the evaluation is given up
     * @return empty where it was given up
     */
    Optional<Evaluation> evaluate(FlatArray parameters, BooleanSupplier abandoned);

    /** What is written of an evaluation where the parameters are no longer finite. */
    default Evaluation afterDivergence() {
        return new Evaluation(Double.NaN, Double.NaN, SampleLog.EMPTY, SampleLog.EMPTY);
    }

    /** Whether an evaluation leaves something in the state, so that a run that is repeated has to do it again. */
    default boolean remembersEvaluations() {
        return false;
    }

    /** All of its state beside the parameters, live where it is large; empty where all is a function of the step. */
    default List<FlatArray> state() {
        return List.of();
    }

    /**
     * Takes over a state that {@link #state} told.
     *
     * @param state vectors of the same lengths and precisions
     */
    default void restore(List<FlatArray> state) {}

    /** What the gradient goes through before it is a step; empty where it stays what it is. */
    default Optional<CurvatureTransform> transform() {
        return Optional.empty();
    }

    /** What it tells of acting; empty where it learns from examples. */
    default Optional<Acting> acting() {
        return Optional.empty();
    }

    /**
     * After the update of a step: the same step to what else takes it beside the parameters.
     *
     * @param gradient as the update took it
     * @param settings in force at the step
     * @param decays whether a block of the layout decays
     */
    default void follow(FlatArray gradient, StepSettings settings, IntPredicate decays) {}

    /**
     * How near what carries the error is to the weights: each weight layer's figures, then the network's; empty where the weights
     * carry it themselves.
     *
     * @param errors whether the errors are compared too, at the last step's mini-batch, which takes two more gradients
     */
    default List<Alignment> alignment(FlatArray parameters, boolean errors) {
        return List.of();
    }

    /** The same to be drawn; empty where the weights carry the error themselves. */
    default Optional<FeedbackScene> feedback(FlatArray parameters) {
        return Optional.empty();
    }

    /** The modules of synthetic gradients as they predicted at the last step; empty where there are none. */
    default Optional<SyntheticGradients> synthetic() {
        return Optional.empty();
    }

    /** What the validation nodes said at the last evaluation; empty where it learns from no graph. */
    default Optional<Validation> validation() {
        return Optional.empty();
    }

    /** Who worked when in the last steps, where modules divide the network; empty where nothing does. */
    default Optional<WorkLog> work() {
        return Optional.empty();
    }

    /**
     * Parts that train on threads of their own, in place of {@link #gradient} and the update; empty where all is one.
     *
     * @param parameters the run's
     * @param kernel the run's
     * @param plan the settings of steps ahead
     */
    default Optional<UnlockedParts> unlocked(FlatArray parameters, UpdateKernel kernel, StepPlan plan) {
        return Optional.empty();
    }

    /** Frees native memory. */
    @Override
    void close();
}
