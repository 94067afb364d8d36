package decaylab.train;

import decaylab.environment.EnvironmentKind;
import java.util.List;

/**
 * An environment at one moment, to be drawn. Nothing in it changes.
 *
 * @param kind which
 * @param update how many updates were done
 * @param episode its number, from 0
 * @param stepOfEpisode steps of the environment since it began
 * @param earned its return so far, not discounted
 * @param state in the environment's numbers
 * @param values of the actions, of the present state; of a grid those of every cell, cell after cell
 */
public record Scene(
        EnvironmentKind kind,
        long update,
        long episode,
        int stepOfEpisode,
        double earned,
        List<Double> state,
        List<Double> values) {
    public Scene {
        state = List.copyOf(state);
        values = List.copyOf(values);
    }

    /** The state as the environment takes it. */
    public double[] numbers() {
        return state.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
