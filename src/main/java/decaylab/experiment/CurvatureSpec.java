package decaylab.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import decaylab.environment.EnvironmentKind;
import decaylab.optim.DecayEntry;
import decaylab.problem.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How the gradient is preconditioned by a Kronecker-factored curvature (K-FAC; Martens and Grosse 2015). Its fields stand among
 * the optimizer's.
 *
 * @param kind which curvature
 * @param damping gamma, what is added to the curvature, shared between its factors
 * @param average part of the running factors that stays at each estimate
 * @param every steps between two estimates of the factors, each from the mini-batch of its step
 * @param inverseEvery steps between two inversions of the running factors
 * @param klClip kappa: a step is shortened so that eta^2 g^T C^-1 g is at most this; 0 for no bound
 */
public record CurvatureSpec(
        @JsonProperty("curvature") Curvature kind,
        double damping,
        @JsonProperty("curvatureAverage") double average,
        @JsonProperty("curvatureEvery") int every,
        int inverseEvery,
        double klClip) {
    static final String NO_CONTROL =
            "Control chooses lambda by a law of the plain gradient, but optimizer.curvature is set; set "
                    + "decay.control to null, or optimizer.curvature to none.";

    static final List<Field> FIELDS = List.of(
            Field.OPTIMIZER_CURVATURE,
            Field.OPTIMIZER_DAMPING,
            Field.OPTIMIZER_CURVATURE_AVERAGE,
            Field.OPTIMIZER_CURVATURE_EVERY,
            Field.OPTIMIZER_INVERSE_EVERY,
            Field.OPTIMIZER_KL_CLIP);

    public CurvatureSpec {
        damping = Field.OPTIMIZER_DAMPING.require(damping);
        average = Field.OPTIMIZER_CURVATURE_AVERAGE.require(average);
        Field.OPTIMIZER_CURVATURE_EVERY.require(every);
        Field.OPTIMIZER_INVERSE_EVERY.require(inverseEvery);
        klClip = Field.OPTIMIZER_KL_CLIP.require(klClip);
    }

    /** What an experiment has that says nothing of it: none. */
    public static CurvatureSpec defaults() {
        return new CurvatureSpec(Curvature.NONE, 1e-2, 0.95, 5, 5, 0);
    }

    /** Whether the gradient is preconditioned at all. */
    @JsonIgnore
    public boolean isOn() {
        return kind != Curvature.NONE;
    }

    static CurvatureSpec read(FieldReader optimizer) {
        return new CurvatureSpec(
                optimizer.at("curvature").choice(Curvature.values()),
                optimizer.at("damping").number(Field.OPTIMIZER_DAMPING.allowed()),
                optimizer.at("curvatureAverage").number(Field.OPTIMIZER_CURVATURE_AVERAGE.allowed()),
                optimizer.at("curvatureEvery").count(Field.OPTIMIZER_CURVATURE_EVERY),
                optimizer.at("inverseEvery").count(Field.OPTIMIZER_INVERSE_EVERY),
                optimizer.at("klClip").number(Field.OPTIMIZER_KL_CLIP.allowed()));
    }

    /** Takes its fields out of an optimizer that says nothing of it, so that its file is what it was before there were any. */
    void leaveOutDefaults(JsonNode optimizer) {
        if (equals(defaults())) {
            FIELDS.forEach(field -> ((ObjectNode) optimizer)
                    .remove(field.path().substring(field.path().indexOf('.') + 1)));
        }
    }

    /**
     * Refuses what it cannot be combined with.
     *
     * @throws BadInputException with a sentence
     */
    void requireFor(
            NetworkSpec network,
            DataSpec data,
            OptimizerKind optimizer,
            DecaySpec decay,
            Map<Instrument, Integer> instruments) {
        if (!isOn()) {
            return;
        }
        String says = "optimizer.curvature is " + kind + ", ";
        boolean acts = EnvironmentKind.ofWord(data.name()).isPresent();
        if (network.kind() != NetworkKind.MLP || acts) {
            throw new BadInputException(says + "which is there for dense networks that learn from a data set, but "
                    + (acts ? "data.name is " + data.name() : "network.kind is " + network.kind())
                    + "; set optimizer.curvature to none, or network.kind to mlp.");
        }
        if (optimizer == OptimizerKind.ADAM) {
            throw new BadInputException(
                    says + "but optimizer.kind is adam, which preconditions the gradient itself; set "
                            + "optimizer.curvature to none, or optimizer.kind to sgd, heavy-ball or nesterov.");
        }
        DecayEntry entry = decay.entry();
        if (entry != DecayEntry.NONE && entry != DecayEntry.L2 && entry != DecayEntry.DECOUPLED) {
            throw new BadInputException(
                    says + "but decay.entry is " + entry + "; with a curvature it must be none, l2 or decoupled.");
        }
        if (decay.control() != null) {
            throw new BadInputException(NO_CONTROL);
        }
        Stream.of(Instrument.BUDGET, Instrument.SHARES, Instrument.EQUILIBRIUM)
                .filter(instruments::containsKey)
                .findFirst()
                .ifPresent(instrument -> {
                    throw new BadInputException(says + "and instruments." + instrument
                            + " tells steps along the plain gradient apart; leave it out, or set optimizer.curvature to "
                            + "none.");
                });
    }
}
