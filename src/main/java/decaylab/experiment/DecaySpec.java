package decaylab.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import decaylab.optim.Coupling;
import decaylab.optim.DecayEntry;
import decaylab.optim.Gate;
import decaylab.problem.BadInputException;
import decaylab.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * Weight decay. The decay in force is lambda times the schedule's factor times the gate.
 *
 * @param entry where it enters the update
 * @param lambda the base
 * @param gate the switch's position at the start
 * @param schedule factor of the base
 * @param layers which layers decay
 * @param biases whether the biases of those layers decay too
 * @param normParameters whether gamma and beta decay too
 * @param coupling eta's part, for entries at the step
 * @param control feedback on lambda, which then replaces lambda times the schedule's factor; null for none
 * @param transplant norms of another run that take the place of decay; null for none
 * @param ball onto which weights are projected after every step
 */
public record DecaySpec(
        DecayEntry entry,
        double lambda,
        Gate gate,
        Schedule schedule,
        DecayLayers layers,
        boolean biases,
        boolean normParameters,
        Coupling coupling,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ControlSpec control,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TransplantSpec transplant,
        @JsonUnwrapped BallSpec ball) {
    public DecaySpec {
        lambda = Field.DECAY_LAMBDA.require(lambda);
        if (transplant != null && entry != DecayEntry.NONE) {
            throw new BadInputException(
                    "decay.transplant is set, but decay.entry is " + entry + "; norms of another run "
                            + "take the place of decay, so set decay.entry to none, or decay.transplant to null.");
        }
        if (coupling != Coupling.LEARNING_RATE && !entry.atStep()) {
            throw new BadInputException("decay.coupling is " + coupling + ", which only decay.entry decoupled and "
                    + "decoupled-v-mixed have; with decay.entry " + entry + " it must be learning-rate.");
        }
    }

    /** Decay without feedback on lambda, without norms of another run and without a ball. */
    public DecaySpec(
            DecayEntry entry,
            double lambda,
            Gate gate,
            Schedule schedule,
            DecayLayers layers,
            boolean biases,
            boolean normParameters,
            Coupling coupling) {
        this(entry, lambda, gate, schedule, layers, biases, normParameters, coupling, null, null, BallSpec.defaults());
    }

    DecaySpec withGate(Gate other) {
        return new DecaySpec(
                entry, lambda, other, schedule, layers, biases, normParameters, coupling, control, transplant, ball);
    }

    DecaySpec withLambda(double other) {
        return new DecaySpec(
                entry, other, gate, schedule, layers, biases, normParameters, coupling, control, transplant, ball);
    }

    DecaySpec withSchedule(Schedule other) {
        return new DecaySpec(
                entry, lambda, gate, other, layers, biases, normParameters, coupling, control, transplant, ball);
    }

    DecaySpec withLayers(DecayLayers other) {
        return new DecaySpec(
                entry, lambda, gate, schedule, other, biases, normParameters, coupling, control, transplant, ball);
    }

    DecaySpec withBiases(boolean other) {
        return new DecaySpec(
                entry, lambda, gate, schedule, layers, other, normParameters, coupling, control, transplant, ball);
    }

    DecaySpec withNormParameters(boolean other) {
        return new DecaySpec(entry, lambda, gate, schedule, layers, biases, other, coupling, control, transplant, ball);
    }

    /** The same without decay, with norms of another run in its place. */
    public DecaySpec withTransplant(TransplantSpec norms) {
        return new DecaySpec(
                DecayEntry.NONE,
                lambda,
                gate,
                schedule,
                layers,
                biases,
                normParameters,
                Coupling.LEARNING_RATE,
                null,
                norms,
                BallSpec.defaults());
    }

    DecaySpec withControl(@Nullable ControlSpec other) {
        return new DecaySpec(
                entry, lambda, gate, schedule, layers, biases, normParameters, coupling, other, transplant, ball);
    }

    DecaySpec withBall(BallSpec other) {
        return new DecaySpec(
                entry, lambda, gate, schedule, layers, biases, normParameters, coupling, control, transplant, other);
    }
}
