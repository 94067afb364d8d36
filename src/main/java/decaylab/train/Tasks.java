package decaylab.train;

import decaylab.data.DataSet;
import decaylab.net.TaskShape;

/** What networks are to do with data. */
final class Tasks {
    private Tasks() {}

    static TaskShape of(DataSet data) {
        return new TaskShape(data.shape(), data.vocabulary(), data.targets(), data.classes(), data.translates());
    }
}
