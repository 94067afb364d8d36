package decaylab.experiment;

import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import java.util.Locale;

/**
 * A change made while a run is going: it takes effect on the next mini-batch and is recorded as an intervention. A live
 * lambda or learning rate replaces the base; its schedule's factor stays.
 */
public sealed interface Change {
    /** What is changed, as events.csv and the command line name it: {@code decay}, {@code lambda} or {@code lr}. */
    String what();

    /** The new value, as events.csv and the command line write it. */
    String value();

    /** Holds the decay's gate at a position. */
    record SetGate(Gate gate) implements Change {
        @Override
        public String what() {
            return "decay";
        }

        @Override
        public String value() {
            return gate.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Replaces the base of the decay.
     *
     * @param lambda at least 0, finite
     */
    record SetLambda(double lambda) implements Change {
        public SetLambda {
            requireRate("lambda", lambda);
        }

        @Override
        public String what() {
            return "lambda";
        }

        @Override
        public String value() {
            return Double.toString(lambda);
        }
    }

    /**
     * Replaces the base of the learning rate.
     *
     * @param learningRate at least 0, finite; 0 freezes the weights
     */
    record SetLearningRate(double learningRate) implements Change {
        public SetLearningRate {
            requireRate("lr", learningRate);
        }

        @Override
        public String what() {
            return "lr";
        }

        @Override
        public String value() {
            return Double.toString(learningRate);
        }
    }

    /**
     * Reads {@code what=value}.
     *
     * @throws BadInputException where the words are not a change; the sentence says what is allowed
     */
    static Change parse(String what, String value) {
        switch (what) {
            case "decay":
                for (Gate gate : Gate.values()) {
                    if (gate.name().toLowerCase(Locale.ROOT).equals(value)) {
                        return new SetGate(gate);
                    }
                }
                throw new BadInputException("decay=" + value + " is not a position of the gate; use auto, on or off.");
            case "lambda":
                return new SetLambda(number(what, value));
            case "lr":
                return new SetLearningRate(number(what, value));
            default:
                throw new BadInputException("'" + what
                        + "' cannot be changed during a run; use decay=auto|on|off, lambda=NUMBER or lr=NUMBER.");
        }
    }

    private static double number(String what, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new BadInputException(what + "=" + value + " is not a number; write it like 0.005 or 5e-3.", e);
        }
    }

    private static void requireRate(String what, double value) {
        if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
            throw new BadInputException(what + "=" + value + " cannot be used; it must be a number of at least 0.");
        }
    }
}
