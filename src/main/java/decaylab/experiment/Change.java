package decaylab.experiment;

import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import decaylab.schedule.Schedule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change made while a run is going: it takes effect on the next mini-batch and is recorded as an intervention. A live
 * lambda or learning rate replaces the base; its schedule's factor stays.
 */
public sealed interface Change {
    /** What can be changed and how it is written, for help and messages. */
    String ALLOWED = "decay=auto|on|off, lambda=NUMBER, lr=NUMBER, schedule={kind: ...}, lr-schedule={kind: ...}, "
            + "layers=all|normalized|last|[NAME, ...], biases=true|false, norm-parameters=true|false, "
            + "constraint=none|L1-inf|L2-inf|L2-2|L2-1, radius=NUMBER or "
            + "control=off|{quantity: norm|elr|rotation, target: NUMBER, max: NUMBER}";

    /** Characters of a value that is shown beside others. */
    int LONGEST_BRIEF = 24;

    /** What is changed, as events.csv and the command line name it. */
    String what();

    /** The new value on one line, as events.csv and the command line write it. */
    String value();

    /** What is in force after the change. */
    Tunable in(Tunable before);

    /** The change of the same kind that brings back what is in force. */
    Change back(Tunable before);

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

        @Override
        public Tunable in(Tunable before) {
            return before.with(before.decay().withGate(gate));
        }

        @Override
        public Change back(Tunable before) {
            return new SetGate(before.decay().gate());
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
            Field.DECAY_LAMBDA.require(lambda);
        }

        @Override
        public String what() {
            return "lambda";
        }

        @Override
        public String value() {
            return Double.toString(lambda);
        }

        @Override
        public Tunable in(Tunable before) {
            return before.with(before.decay().withLambda(lambda));
        }

        @Override
        public Change back(Tunable before) {
            return new SetLambda(before.decay().lambda());
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
            Field.OPTIMIZER_LEARNING_RATE.require(learningRate);
        }

        @Override
        public String what() {
            return "lr";
        }

        @Override
        public String value() {
            return Double.toString(learningRate);
        }

        @Override
        public Tunable in(Tunable before) {
            return before.with(before.optimizer().withLearningRate(learningRate));
        }

        @Override
        public Change back(Tunable before) {
            return new SetLearningRate(before.optimizer().learningRate());
        }
    }

    /** Replaces the factor of the decay over the run; the steps that are done keep what they had. */
    record SetDecaySchedule(Schedule schedule) implements Change {
        @Override
        public String what() {
            return "schedule";
        }

        @Override
        public String value() {
            return DecayFields.text(schedule);
        }

        @Override
        public Tunable in(Tunable before) {
            return before.with(before.decay().withSchedule(schedule));
        }

        @Override
        public Change back(Tunable before) {
            return new SetDecaySchedule(before.decay().schedule());
        }
    }

    /** Replaces the factor of the learning rate over the run; the steps that are done keep what they had. */
    record SetLearningRateSchedule(Schedule schedule) implements Change {
        @Override
        public String what() {
            return "lr-schedule";
        }

        @Override
        public String value() {
            return DecayFields.text(schedule);
        }

        @Override
        public Tunable in(Tunable before) {
            return before.with(before.optimizer().withSchedule(schedule));
        }

        @Override
        public Change back(Tunable before) {
            return new SetLearningRateSchedule(before.optimizer().schedule());
        }
    }

    /** Replaces which layers decay. */
    record SetLayers(DecayLayers layers) implements Change {
        @Override
        public String what() {
            return "layers";
        }

        @Override
        public String value() {
            return layers.toString();
        }

        @Override
        public Tunable in(Tunable before) {
            return before.with(before.decay().withLayers(layers));
        }

        @Override
        public Change back(Tunable before) {
            return new SetLayers(before.decay().layers());
        }
    }

    /** Replaces whether the biases of the layers that decay do so too. */
    record SetBiases(boolean biases) implements Change {
        @Override
        public String what() {
            return "biases";
        }

        @Override
        public String value() {
            return Boolean.toString(biases);
        }

        @Override
        public Tunable in(Tunable before) {
            return before.with(before.decay().withBiases(biases));
        }

        @Override
        public Change back(Tunable before) {
            return new SetBiases(before.decay().biases());
        }
    }

    /** Replaces whether gamma and beta of the layers that decay do so too. */
    record SetNormParameters(boolean normParameters) implements Change {
        @Override
        public String what() {
            return "norm-parameters";
        }

        @Override
        public String value() {
            return Boolean.toString(normParameters);
        }

        @Override
        public Tunable in(Tunable before) {
            return before.with(before.decay().withNormParameters(normParameters));
        }

        @Override
        public Change back(Tunable before) {
            return new SetNormParameters(before.decay().normParameters());
        }
    }

    /**
     * Begins, changes or ends the feedback on lambda.
     *
     * @param control null: lambda follows its base and schedule again
     */
    record SetControl(@Nullable ControlSpec control) implements Change {
        @Override
        public String what() {
            return "control";
        }

        @Override
        public String value() {
            return DecayFields.text(control);
        }

        @Override
        public Tunable in(Tunable before) {
            return before.with(before.decay().withControl(control));
        }

        @Override
        public Change back(Tunable before) {
            return new SetControl(before.decay().control());
        }
    }

    /** Replaces the ball onto which weights are projected, from the next step on. */
    record SetConstraint(Constraint constraint) implements Change {
        @Override
        public String what() {
            return "constraint";
        }

        @Override
        public String value() {
            return constraint.toString();
        }

        @Override
        public Tunable in(Tunable before) {
            return before.with(before.decay().withBall(before.decay().ball().with(constraint)));
        }

        @Override
        public Change back(Tunable before) {
            return new SetConstraint(before.decay().ball().constraint());
        }
    }

    /**
     * Replaces the ball's radius, that of the output too where it has none of its own.
     *
     * @param radius above 0, finite
     */
    record SetRadius(double radius) implements Change {
        public SetRadius {
            if (!(radius > 0) || radius == Double.POSITIVE_INFINITY) {
                throw new BadInputException("radius=" + radius + " cannot be used; it must be a number above 0.");
            }
            Field.DECAY_RADIUS.require(radius);
        }

        @Override
        public String what() {
            return "radius";
        }

        @Override
        public String value() {
            return Double.toString(radius);
        }

        @Override
        public Tunable in(Tunable before) {
            return before.with(before.decay().withBall(before.decay().ball().withRadius(radius)));
        }

        @Override
        public Change back(Tunable before) {
            return new SetRadius(before.decay().ball().radius());
        }
    }

    /**
     * Reads {@code what=value}.
     *
     * @throws BadInputException where the words are not a change; the sentence says what is allowed
     */
    static Change parse(String what, String value) {
        return switch (what) {
            case "decay" -> new SetGate(gate(value));
            case "lambda" -> new SetLambda(number(what, value));
            case "lr" -> new SetLearningRate(number(what, value));
            case "schedule" -> new SetDecaySchedule(DecayFields.schedule(value, what));
            case "lr-schedule" -> new SetLearningRateSchedule(DecayFields.schedule(value, what));
            case "layers" -> new SetLayers(DecayFields.layers(value, what));
            case "biases" -> new SetBiases(truth(what, value));
            case "norm-parameters" -> new SetNormParameters(truth(what, value));
            case "constraint" -> new SetConstraint(constraint(value));
            case "radius" -> new SetRadius(number(what, value));
            case "control" -> new SetControl(DecayFields.control(value, what));
            default ->
                throw new BadInputException("'" + what + "' cannot be changed during a run; use " + ALLOWED + ".");
        };
    }

    /** A value in a word or two, for marks and captions: a schedule's kind, what control holds. */
    static String brief(String value) {
        String bare = value.replaceFirst("^\\{kind: (\\w+).*", "$1")
                .replaceFirst("^\\{quantity: (\\w+), target: ([^,]+),.*", "$1 $2");
        return bare.length() <= LONGEST_BRIEF ? bare : bare.substring(0, LONGEST_BRIEF) + "...";
    }

    private static Gate gate(String value) {
        for (Gate gate : Gate.values()) {
            if (gate.name().toLowerCase(Locale.ROOT).equals(value)) {
                return gate;
            }
        }
        throw new BadInputException("decay=" + value + " is not a position of the gate; use auto, on or off.");
    }

    private static Constraint constraint(String value) {
        for (Constraint constraint : Constraint.values()) {
            if (constraint.toString().equals(value)) {
                return constraint;
            }
        }
        throw new BadInputException(
                "constraint=" + value + " is not a ball; use " + Field.DECAY_CONSTRAINT.allowed() + ".");
    }

    private static boolean truth(String what, String value) {
        return Words.truth(value)
                .orElseThrow(
                        () -> new BadInputException(what + "=" + value + " cannot be used; it must be true or false."));
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
