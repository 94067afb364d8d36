package decaylab.experiment;

import decaylab.problem.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is measured besides the samples of every step, each at an interval of its own: the field {@code instruments} of an
 * experiment says which, and every how many steps. None of them changes a step.
 */
public enum Instrument {
    /** What changed the squared norm in a step. */
    BUDGET("budget", Where.IN_THE_STEP),
    /** Objective's and penalty's share of the step. */
    SHARES("shares", Where.IN_THE_STEP),
    /** What norm, effective learning rate and rotation the settings in force lead to. */
    EQUILIBRIUM("equilibrium", Where.IN_THE_STEP),
    /** How long the rows of an embedding are, by how often their tokens come. */
    EMBEDDING("embedding", Where.IN_THE_STEP),
    /** Metrics that are meant to tell how well a network generalises. */
    GENERALIZATION("generalization", Where.ON_A_COPY),
    /** What an agent earns in its environment. */
    RETURNS("returns", Where.AFTER_THE_STEP),
    /** How much the outputs change with the inputs. */
    JACOBIAN("jacobian", Where.ON_A_COPY),
    /** How large the damping of K-FAC is beside the curvature, and the norms that go with the curvature. */
    DAMPING("damping", Where.ON_A_COPY),
    /** How near the matrices that carry the error are to the weights. */
    FEEDBACK("feedback", Where.AFTER_THE_STEP),
    /** Norms of the layers, and the bound of the capacity that they give. */
    CAPACITY("capacity", Where.AFTER_THE_STEP),
    /** How well modules of synthetic gradients predict. */
    SYNTHETIC("synthetic", Where.AFTER_THE_STEP),
    /** How the nodes of a graph by which training is stopped are classified, at each evaluation. */
    VALIDATION("validation", Where.AFTER_THE_STEP);

    /** Where an instrument does its work. */
    public enum Where {
        /** In the update's own pass. */
        IN_THE_STEP,
        /** On a copy of the parameters, beside the training. */
        ON_A_COPY,
        /** After the update and the evaluation that belongs to it, of what is known by then. */
        AFTER_THE_STEP
    }

    /** Those that need all of the network at one step, which parts on threads of their own never have. */
    public static final Set<Instrument> OF_THE_WHOLE =
            Set.of(BUDGET, SHARES, GENERALIZATION, JACOBIAN, DAMPING, CAPACITY);

    /** Steps between two takes, at most. */
    public static final int LONGEST_INTERVAL = 1_000_000_000;

    private final String word;
    private final Where where;

    Instrument(String word, Where where) {
        this.word = word;
        this.where = where;
    }

    public Where where() {
        return where;
    }

    /**
     * The same interval where it is one.
     *
     * @throws BadInputException where it is below 1 or above {@link #LONGEST_INTERVAL}
     */
    int require(int interval) {
        if (interval < 1 || interval > LONGEST_INTERVAL) {
            throw new BadInputException("instruments." + word + " is " + interval + "; it must be from 1 to "
                    + LONGEST_INTERVAL + " steps.");
        }
        return interval;
    }

    /** The instrument of a word. */
    public static Optional<Instrument> ofWord(String word) {
        return Arrays.stream(values())
                .filter(instrument -> instrument.word.equals(word))
                .findFirst();
    }

    /** The words of all, in order. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Instrument::toString).toList();
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
