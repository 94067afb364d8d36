package decaylab.train;

import decaylab.data.Augmentation;
import decaylab.data.Batches;
import decaylab.data.DataSet;

/** The mini-batches of a run, gathered by one thread. */
final class PartBatches {
    private final DataSet data;
    private final Batches batches;
    private final Augmentation augmentation;
    private final int[] indices;
    private final float[] inputs;
    private final int[] labels;
    private int size;

    PartBatches(DataSet data, Batches batches, Augmentation augmentation) {
        this.data = data;
        this.batches = batches;
        this.augmentation = augmentation;
        int most = batches.maxSize();
        indices = new int[most];
        inputs = new float[most * data.features()];
        labels = new int[most];
    }

    /** Gathers a step's mini-batch. */
    void gather(long step) {
        size = batches.size(step);
        batches.indices(step, indices);
        data.gatherTrain(indices, size, inputs, labels);
        augmentation.apply(step, inputs, size);
    }

    /** Its inputs, row after row; only the first {@link #size} rows count. */
    float[] inputs() {
        return inputs;
    }

    int[] labels() {
        return labels;
    }

    int size() {
        return size;
    }
}
