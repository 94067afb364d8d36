package decaylab.train;

import decaylab.data.DataSet;
import decaylab.net.TaskShape;

/** What networks are to do with data. */
final class TaskShapes {
    private TaskShapes() {}

    static TaskShape of(DataSet data) {
        return new TaskShape(data.shape(), data.vocabulary(), data.targets(), data.classes(), data.translates());
    }
}
