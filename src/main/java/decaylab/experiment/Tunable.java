package decaylab.experiment;

/**
 * What a {@link Change} can change while a run is going: at its start the experiment's, then as changed.
 *
 * @param decay gate and bases included
 * @param optimizer the learning rate's base included
 */
public record Tunable(DecaySpec decay, OptimizerSpec optimizer) {
    /** What is in force at the start of a run. */
    public static Tunable of(Experiment experiment) {
        return new Tunable(experiment.decay(), experiment.optimizer());
    }

    Tunable with(DecaySpec other) {
        return new Tunable(other, optimizer);
    }

    Tunable with(OptimizerSpec other) {
        return new Tunable(decay, other);
    }
}
