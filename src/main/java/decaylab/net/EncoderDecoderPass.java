package decaylab.net;

import decaylab.experiment.Activation;
import decaylab.parallel.Team;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batches of one size on their way through an {@link EncoderDecoder}, in memory that is made once. Two halves of the sequences need
 * nothing of each other until their gradients are summed. Sources stand at the end of their steps: before them the state stays
 * zero, so that all end at the same step.
 */
final class EncoderDecoderPass {
    /** Far enough below 0 for a softmax to leave nothing of it. */
    private static final double NOTHING = -1e30;

    private final int size;
    private final int width;
    private final TaskShape task;
    private final TranslatorViews views;
    private final Team team;
    private final Side source;
    private final Side target;
    private final Half[] halves;
    private final int[] lengths;
    private final double[][] hidden;
    private final int[] labelOfRow;
    private final Matrix contexts;
    private final Matrix contextSlopes;
    private final Matrix mixed;
    private final Matrix mixedSlopes;
    private final Matrix logits;
    private final Matrix contextWeights;
    private final Matrix stateWeights;
    private final Matrix[] contextWeightGradients;
    private final Matrix[] stateWeightGradients;
    private final Matrix headWeights;
    private final Matrix[] headGradients;
    private final Matrix[] mixedSlopeColumns;
    private final Matrix[] logitColumns;
    private final Matrix headBias;
    private final Matrix headBiasGradient;
    private final double[] biases;
    private final IntConsumer look;
    private final IntConsumer forward;
    private final IntConsumer backward;
    private final IntConsumer gather;
    private final IntConsumer below;
    private int labels;

    EncoderDecoderPass(int size, int width, TaskShape task, TranslatorViews views, Team team) {
        this.size = size;
        this.width = width;
        this.task = task;
        this.views = views;
        this.team = team;
        DataType type = views.type();
        source = new Side(EncoderDecoder.SOURCE, new SequenceOrder(size, task.features()));
        target = new Side(EncoderDecoder.TARGET, new SequenceOrder(size, task.targets()));
        lengths = new int[size];
        hidden = new double[size][task.features()];
        int rows = target.order.rows();
        labelOfRow = new int[rows];
        contexts = Matrix.inNativeMemory(type, rows, width);
        contextSlopes = Matrix.inNativeMemory(type, rows, width);
        mixed = Matrix.inNativeMemory(type, rows, width);
        mixedSlopes = Matrix.inNativeMemory(type, rows, width);
        logits = Matrix.inNativeMemory(type, rows, task.classes());
        Matrix attention = views.parameter(EncoderDecoder.ATTENTION);
        contextWeights = attention.rowsInNativeMemory(0, width);
        stateWeights = attention.rowsInNativeMemory(width, width);
        Matrix attentionGradient = views.gradient(EncoderDecoder.ATTENTION);
        contextWeightGradients = attentionGradient.rowsInNativeMemory(0, width).columnHalves();
        stateWeightGradients =
                attentionGradient.rowsInNativeMemory(width, width).columnHalves();
        headWeights = views.parameter(EncoderDecoder.HEAD);
        headGradients = views.gradient(EncoderDecoder.HEAD).columnHalves();
        mixedSlopeColumns = mixedSlopes.columnHalves();
        logitColumns = logits.columnHalves();
        headBias = views.parameter(EncoderDecoder.HEAD_BIAS);
        headBiasGradient = views.gradient(EncoderDecoder.HEAD_BIAS);
        biases = new double[task.classes()];
        halves = new Half[target.order.halves()];
        Arrays.setAll(halves, Half::new);
        look = part -> {
            source.inputs.multiply(part);
            target.inputs.multiply(part);
        };
        forward = half -> halves[half].forward();
        backward = half -> halves[half].backward();
        gather = part -> {
            contextWeightGradients[part].multiply(contexts, true, mixedSlopeColumns[part], false, false);
            stateWeightGradients[part].multiply(target.states, true, mixedSlopeColumns[part], false, false);
            headGradients[part].multiply(mixed, true, logitColumns[part], false, false);
            source.gather(part);
            target.gather(part);
            for (Half half : halves) {
                target.recurrentGradients[part].multiply(half.end, true, half.first[part], false, true);
            }
        };
        below = part -> (part == 0 ? source : target).inputs.below();
    }

    /** The recurrent layer of one of the languages. */
    private final class Side {
        final SequenceOrder order;
        final INDArray array;
        final Matrix tokens;
        final TokenInputs inputs;
        final Matrix bias;
        final Matrix biasGradient;
        final Matrix recurrent;
        final Matrix[] recurrentGradients;
        final Matrix states;
        final Matrix stateSlopes;
        final Matrix gateSlopes;
        final Matrix[] tables;
        final Matrix[] sums;
        final LstmHalf[] halves;
        final Matrix[] left;
        final Matrix[][] made;

        Side(String side, SequenceOrder order) {
            this.order = order;
            DataType type = views.type();
            array = Nd4j.create(type, order.sequences(), order.length());
            tokens = Matrix.on(array, order.sequences(), order.length());
            inputs = new TokenInputs(
                    type,
                    order,
                    views.parameter(side + LstmBlock.EMBEDDING),
                    views.gradient(side + LstmBlock.EMBEDDING),
                    views.parameter(side + LstmBlock.INPUT_WEIGHTS),
                    views.gradient(side + LstmBlock.INPUT_WEIGHTS),
                    true);
            bias = views.parameter(side + LstmBlock.BIAS);
            biasGradient = views.gradient(side + LstmBlock.BIAS);
            recurrent = views.parameter(side + LstmBlock.RECURRENT);
            recurrentGradients = views.gradient(side + LstmBlock.RECURRENT).columnHalves();
            int wide = LstmBlock.GATES * width;
            states = Matrix.inNativeMemory(type, order.rows(), width);
            stateSlopes = Matrix.inNativeMemory(type, order.rows(), width);
            gateSlopes = Matrix.inNativeMemory(type, order.rows(), wide);
            int count = order.halves();
            tables = new Matrix[count];
            sums = new Matrix[count];
            halves = new LstmHalf[count];
            left = new Matrix[count];
            made = new Matrix[count][];
            for (int half = 0; half < count; half++) {
                int each = order.sequences(half);
                int later = each * (order.length() - 1); // what a step left and what the next one made of it
                tables[half] = inputs.table(half);
                sums[half] = Matrix.inHeap(type, inputs.sumRows(), wide);
                Matrix slopes = rows(gateSlopes, half);
                halves[half] = new LstmHalf(type, each, order.length(), rows(states, half), slopes, recurrent);
                halves[half].skip(inputs.padding());
                left[half] = rows(states, half).rowsInNativeMemory(0, later);
                made[half] = slopes.rowsInNativeMemory(each, later).columnHalves();
            }
        }

        /** What a half has of something, in native memory. */
        Matrix rows(Matrix all, int half) {
            return all.rowsInNativeMemory(order.firstRow(half), order.sequences(half) * order.length());
        }

        void take() {
            tokens.push();
            inputs.take(array);
            bias.pull();
        }

        void forward(int half) {
            tables[half].pull();
            tables[half].addToRows(bias);
            tables[half].clearRow(inputs.padding()); // from nothing and zeros an LSTM makes zeros
            halves[half].forward(tables[half], inputs.numbers(half));
        }

        void backward(int half, Matrix[] above) {
            sums[half].clear();
            halves[half].backward(above, sums[half], inputs.sumNumbers(half));
        }

        void settle() {
            Matrix all = inputs.sums();
            all.clear();
            for (Matrix each : sums) {
                all.add(all, each);
            }
            all.sums(biasGradient);
            biasGradient.push();
            inputs.settle();
        }

        void gather(int part) {
            for (int half = 0; half < halves.length; half++) {
                recurrentGradients[part].multiply(left[half], true, made[half][part], false, half > 0);
            }
            inputs.weightGradient(part);
        }
    }

    /** What belongs to a half of the sequences. */
    private final class Half {
        private final int number;
        private final AttentionHalf attention;
        private final Gates arithmetic = Gates.of(views.type());
        private final Matrix ownMixed;
        private final Matrix ownMixedSlopes;
        private final Matrix ownLogits;
        private final Matrix ownContexts;
        private final Matrix ownContextSlopes;
        private final Matrix states;
        private final Matrix stateSlopes;
        private final Matrix[] stepsOfStates;
        private final Matrix[] stepsOfKeys;
        private final Matrix biasSums;
        private final SoftmaxRows softmax;
        /** Where the decoder starts. */
        private final Matrix end;
        /** The gradient before the decoder's gates in its first step. */
        private final Matrix[] first;

        private final Matrix endSlope;
        private double loss;

        Half(int number) {
            this.number = number;
            DataType type = views.type();
            SequenceOrder order = target.order;
            int count = order.sequences(number);
            int rows = count * order.length();
            int from = order.firstRow(number);
            ownMixed = mixed.rowsFrom(from, rows);
            ownMixedSlopes = mixedSlopes.rowsFrom(from, rows);
            ownLogits = logits.rowsFrom(from, rows);
            ownContexts = contexts.rowsInNativeMemory(from, rows);
            ownContextSlopes = contextSlopes.rowsInNativeMemory(from, rows);
            states = target.rows(target.states, number);
            stateSlopes = target.rows(target.stateSlopes, number);
            Matrix keys = source.rows(source.states, number);
            Matrix keySlopes = source.rows(source.stateSlopes, number);
            LstmHalf encoder = source.halves[number];
            LstmHalf decoder = target.halves[number];
            decoder.startAtTheEndOf(encoder);
            encoder.goesOnIn(decoder);
            stepsOfStates = decoder.stepsOf(stateSlopes, 0);
            stepsOfKeys = encoder.stepsOf(keySlopes, 0);
            int firstSequence = order.firstSequence(number);
            attention = new AttentionHalf(
                    type,
                    count,
                    source.order.length(),
                    order.length(),
                    new AttentionHalf.Sides(states, keys, ownContexts),
                    new AttentionHalf.Sides(stateSlopes, keySlopes, ownContextSlopes),
                    Arrays.copyOfRange(hidden, firstSequence, firstSequence + count));
            biasSums = Matrix.inHeap(type, 1, task.classes());
            softmax = new SoftmaxRows(rows, task.classes());
            end = keys.rowsInNativeMemory((source.order.length() - 1) * count, count);
            endSlope = Matrix.inHeap(type, count, width);
            first = target.rows(target.gateSlopes, number)
                    .rowsInNativeMemory(0, count)
                    .columnHalves();
        }

        void forward() {
            source.forward(number);
            target.forward(number);
            attention.forward();
            ownMixed.multiply(ownContexts, false, contextWeights, false, false);
            ownMixed.multiply(states, false, stateWeights, false, true);
            ownMixed.pull();
            arithmetic.tanh(ownMixed);
            ownMixed.push();
            ownLogits.multiply(ownMixed, false, headWeights, false, false);
            ownLogits.pull();
        }

        void backward() {
            loss = softmax.gradient(ownLogits, biases, labelOfRow, target.order.firstRow(number));
            ownLogits.sums(biasSums);
            ownLogits.push();
            ownMixedSlopes.multiply(ownLogits, false, headWeights, true, false);
            ownMixedSlopes.pull();
            ownMixedSlopes.throughActivation(ownMixedSlopes, ownMixed, 0, Activation.TANH);
            ownMixedSlopes.push();
            ownContextSlopes.multiply(ownMixedSlopes, false, contextWeights, true, false);
            stateSlopes.multiply(ownMixedSlopes, false, stateWeights, true, false);
            attention.backward();
            target.backward(number, stepsOfStates);
            Matrix last = stepsOfKeys[stepsOfKeys.length - 1];
            endSlope.pullFrom(last);
            target.halves[number].addSlopeBefore(endSlope);
            endSlope.pushTo(last);
            source.backward(number, stepsOfKeys);
        }
    }

    private void each(int parts, IntConsumer work) {
        if (parts == 1) {
            work.accept(0);
        } else {
            team.halves(work);
        }
    }

    /**
     * Takes over a batch.
     *
     * @param inputs source tokens, example after example, padded
     * @param classOf target tokens, likewise
     * @param firstExample to read
     */
    void take(float[] inputs, int[] classOf, int firstExample) {
        int features = task.features();
        int targets = task.targets();
        labels = 0;
        for (int example = 0; example < size; example++) {
            int from = (firstExample + example) * features;
            int length = 0;
            while (length < features && inputs[from + length] >= 0) {
                length++;
            }
            lengths[example] = length;
            int padded = features - length;
            for (int step = 0; step < features; step++) {
                source.tokens.set(example, step, step < padded ? -1 : inputs[from + step - padded]);
                hidden[example][step] = step < padded ? NOTHING : 0;
            }
            int before = task.classes(); // the token that begins every target
            for (int step = 0; step < targets; step++) {
                int label = classOf[(firstExample + example) * targets + step];
                target.tokens.set(example, step, before);
                labelOfRow[target.order.row(example, step)] = label;
                labels += label < 0 ? 0 : 1;
                before = label;
            }
        }
        source.take();
        target.take();
        headBias.pull();
        headBias.copyRows(0, 1, biases);
    }

    /** How many labels the batch has, padding left out. */
    int labels() {
        return labels;
    }

    private void forward() {
        each(2, look);
        each(halves.length, forward);
    }

    /** Leaves the gradient in its vector; returns the summed loss. */
    double gradient() {
        forward();
        each(halves.length, backward);
        source.settle();
        target.settle();
        headBiasGradient.clear();
        double loss = 0;
        for (Half half : halves) {
            headBiasGradient.add(headBiasGradient, half.biasSums);
            loss += half.loss;
        }
        headBiasGradient.push();
        each(2, gather);
        each(2, below);
        return loss;
    }

    /** Probabilities of all target tokens, example after example. */
    void predict(float[] probabilities) {
        forward();
        int classes = task.classes();
        for (Half half : halves) {
            half.softmax.outputs(half.ownLogits, biases);
            int count = target.order.sequences(half.number);
            for (int row = 0; row < half.ownLogits.rows(); row++) {
                int example = target.order.firstSequence(half.number) + row % count;
                int to = (example * task.targets() + row / count) * classes;
                for (int k = 0; k < classes; k++) {
                    probabilities[to + k] = (float) half.ownLogits.get(row, k);
                }
            }
        }
    }

    /** The weights of an example: a row for each step of the target, a column for each token of the source. */
    double[][] attention(int example) {
        int half = example < target.order.firstSequence(1) || halves.length == 1 ? 0 : 1;
        Matrix weights = halves[half].attention.weights(example - target.order.firstSequence(half));
        int padded = task.features() - lengths[example];
        double[][] all = new double[task.targets()][lengths[example]];
        for (int step = 0; step < all.length; step++) {
            for (int token = 0; token < lengths[example]; token++) {
                all[step][token] = weights.get(step, padded + token);
            }
        }
        return all;
    }

    void close() {
        source.array.close();
        target.array.close();
    }
}
