package decaylab.train;

import decaylab.optim.FlatArray;
import decaylab.optim.ParameterLayout;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a run makes smaller: a layout of parameters, a gradient for each step, and an evaluation. */
public interface Objective extends AutoCloseable {
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

    /**
     * Loss and accuracy on the training and the test set.
     *
     * @param abandoned asked now and then; where it is true the evaluation is given up
     * @return empty where it was given up
     */
    Optional<Evaluation> evaluate(FlatArray parameters, BooleanSupplier abandoned);

    /** Frees native memory. */
    @Override
    void close();
}
