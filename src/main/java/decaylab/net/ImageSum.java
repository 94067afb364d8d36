package decaylab.net;

import decaylab.experiment.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums of two batches of images, number by number, in Java loops: in two halves of the channels, each part by part, small enough
 * to stay in the processor's cache from one loop to the next.
 */
final class ImageSum {
    /** Numbers of a part, about: 128 KB in single precision. */
    private static final int PART = 32_768;

    private final INDArray result;
    private final List<Half> halves = new ArrayList<>();

    /**
     * @param result receives sums, or what an activation makes of them
     */
    ImageSum(INDArray result) {
        this.result = result;
        int rows = Math.toIntExact(result.size(0) * result.size(1));
        int middle = (rows + 1) / 2;
        halves.add(new Half(0, middle));
        if (rows > middle) {
            halves.add(new Half(middle, rows));
        }
    }

    /** How many pieces of work there are: 1 or 2. */
    int halves() {
        return halves.size();
    }

    /** For each half, the sum. */
    IntConsumer sum(INDArray a, INDArray b) {
        return half -> halves.get(half).sum(a, b, null);
    }

    /** For each half, an activation of the sum. */
    IntConsumer activated(INDArray a, INDArray b, Activation activation) {
        return half -> halves.get(half).sum(a, b, activation);
    }

    /**
     * For each half, from the gradient with respect to the result back through the activation that made it.
     *
     * @param slope receives the gradient with respect to the sum
     */
    IntConsumer throughActivation(INDArray slope, INDArray above, Activation activation) {
        return half -> halves.get(half).throughActivation(slope, above, activation);
    }

    /** Some of the rows of the matrix that has a row for each channel of each image. */
    private final class Half {
        private final List<Part> parts = new ArrayList<>();
        private final Rows results;
        private final Rows first;
        private final Rows second;
        private final Rows slopes;
        private final Rows gradients;

        Half(int from, int to) {
            int columns = Math.toIntExact(result.size(2) * result.size(3));
            int most = Math.max(1, PART / columns);
            int full = Math.min(most, to - from);
            Matrix[] loops = heap(full, columns);
            for (int row = from; row < to; row += most) {
                int count = Math.min(most, to - row);
                Matrix[] own = count == full ? loops : heap(count, columns);
                parts.add(new Part(row, count, own[0], own[1]));
            }
            results = new Rows(parts);
            first = new Rows(parts);
            second = new Rows(parts);
            slopes = new Rows(parts);
            gradients = new Rows(parts);
        }

        private Matrix[] heap(int rows, int columns) {
            return new Matrix[] {
                Matrix.inHeap(result.dataType(), rows, columns), Matrix.inHeap(result.dataType(), rows, columns)
            };
        }

        void sum(INDArray a, INDArray b, @Nullable Activation activation) {
            List<Matrix> into = results.of(result);
            List<Matrix> straight = first.of(a);
            List<Matrix> side = second.of(b);
            for (int i = 0; i < parts.size(); i++) {
                Matrix sum = parts.get(i).one;
                Matrix other = parts.get(i).other;
                sum.pullFrom(straight.get(i));
                other.pullFrom(side.get(i));
                sum.add(sum, other);
                if (activation != null) {
                    sum.activateChannels(sum, null, null, activation);
                }
                sum.pushTo(into.get(i));
            }
        }

        void throughActivation(INDArray slope, INDArray above, Activation activation) {
            List<Matrix> values = results.of(result);
            List<Matrix> from = gradients.of(above);
            List<Matrix> into = slopes.of(slope);
            for (int i = 0; i < parts.size(); i++) {
                Matrix output = parts.get(i).one;
                Matrix gradient = parts.get(i).other;
                output.pullFrom(values.get(i));
                gradient.pullFrom(from.get(i));
                gradient.throughActivation(gradient, output, 0, activation);
                gradient.pushTo(into.get(i));
            }
        }
    }

    /** A run of rows, with matrices for the loops that parts of one size share. */
    private record Part(int first, int count, Matrix one, Matrix other) {}

    /** The parts of an array, made anew only where another one is handed over. */
    private static final class Rows {
        private final List<Part> parts;
        private @Nullable INDArray array;
        private List<Matrix> rows = List.of();

        Rows(List<Part> parts) {
            this.parts = parts;
        }

        List<Matrix> of(INDArray handed) {
            if (array != handed) {
                Matrix all = Matrix.inNativeMemory(
                        handed,
                        Math.toIntExact(handed.size(0) * handed.size(1)),
                        Math.toIntExact(handed.size(2) * handed.size(3)));
                rows = parts.stream()
                        .map(part -> all.rowsInNativeMemory(part.first, part.count))
                        .toList();
                array = handed;
            }
            return rows;
        }
    }
}
