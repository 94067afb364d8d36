package decaylab.train;

import decaylab.data.DataSet;
import decaylab.environment.EnvironmentKind;

/** What a run learns from. */
public sealed interface Task {
    /** Examples with their classes. */
    record Examples(DataSet data) implements Task {}

    /** A world in which it acts. */
    record World(EnvironmentKind kind) implements Task {}
}
