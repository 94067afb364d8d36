package decaylab.train;

import decaylab.experiment.Instrument;
import decaylab.instrument.Equilibrium;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.optim.BlockSums;
import decaylab.optim.ParameterBlock;
import decaylab.optim.StepSettings;
import decaylab.optim.UpdateKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The instruments that read the sums of the update: each appends a row to its sheet, of the network (all matrices but the
 * last layer's) and of each layer.
 */
final class StepInstruments {
    /** Steps over which the size of the gradient is averaged, and how many rows of it there are at the least. */
    private static final int TRAILING_STEPS = 100;

    private static final int TRAILING_ROWS = 10;

    private final SampleLog log;
    private final UpdateKernel kernel;
    private final List<ParameterBlock> blocks;
    private final List<BlockSums> sums;
    /** Of the weight blocks among all. */
    private final int[] places;

    private final Equilibrium equilibrium;
    private final boolean adam;
    private final BlockSums covered = new BlockSums();

    /**
     * @param log whose sheets get the rows
     * @param blocks all of the parameters'
     * @param kernel whose sums are read
     */
    StepInstruments(
            SampleLog log, List<ParameterBlock> blocks, UpdateKernel kernel, Equilibrium equilibrium, boolean adam) {
        this.log = log;
        this.equilibrium = equilibrium;
        this.adam = adam;
        this.kernel = kernel;
        places = IntStream.range(0, blocks.size())
                .filter(i -> blocks.get(i).role() == ParameterBlock.Role.WEIGHT)
                .toArray();
        this.blocks = Arrays.stream(places).mapToObj(blocks::get).toList();
        sums = Arrays.stream(places).mapToObj(kernel::sums).toList();
    }

    /**
     * Appends a row; none where the sheet knows of this step already.
     *
     * @param settings what was in force
     */
    void take(Instrument instrument, long step, StepSettings settings) {
        SampleLog sheet = log.sheet(instrument);
        if (sheet.rows() > sheet.rowsBefore(step)) {
            return;
        }
        double[] row = new double[sheet.metrics().size()];
        Arrays.fill(row, SampleLog.EMPTY);
        row[0] = step;
        switch (instrument) {
            case BUDGET -> {
                put(row, sheet, Quantity.BY_LENGTH, BlockSums::byLength);
                put(row, sheet, Quantity.BY_PRESENT_GRADIENT, BlockSums::byPresentGradient);
                put(row, sheet, Quantity.BY_EARLIER_GRADIENTS, BlockSums::byEarlierGradients);
                put(row, sheet, Quantity.BY_DECAY, BlockSums::byDecay);
                put(row, sheet, Quantity.CHANGE, all -> all.weightsAfter - all.weightsBefore);
            }
            case SHARES -> {
                put(row, sheet, Quantity.OBJECTIVE_SHARE, BlockSums::objectiveLength);
                put(row, sheet, Quantity.PENALTY_SHARE, BlockSums::penaltyLength);
                put(
                        row,
                        sheet,
                        Quantity.COSINE_OF_SHARES,
                        all -> all.penaltySquared > 0 ? all.cosineOfShares() : SampleLog.EMPTY); // no share, no angle
            }
            case EQUILIBRIUM -> predict(row, sheet, settings);
            default -> throw new IllegalArgumentException(instrument + " is not taken in the step");
        }
        sheet.append(row);
    }

    private void put(double[] row, SampleLog sheet, Quantity quantity, ToDoubleFunction<BlockSums> value) {
        covered.clear();
        for (int i = 0; i < blocks.size(); i++) {
            row[place(sheet, Metric.of(quantity, blocks.get(i).layer()))] = value.applyAsDouble(sums.get(i));
            if (!blocks.get(i).last()) {
                covered.add(sums.get(i));
            }
        }
        row[place(sheet, Metric.of(quantity))] = value.applyAsDouble(covered);
    }

    private static int place(SampleLog sheet, Metric metric) {
        return sheet.place(metric).orElseThrow();
    }

    private void predict(double[] row, SampleLog sheet, StepSettings settings) {
        List<Equilibrium.Target> targets = new ArrayList<>();
        double[] norms = new double[blocks.size()];
        boolean everywhere = true;
        double eta = settings.learningRate();
        for (int i = 0; i < blocks.size(); i++) {
            ParameterBlock block = blocks.get(i);
            if (!block.normalized()) {
                everywhere &= block.last();
                continue;
            }
            String layer = block.layer();
            int place = place(sheet, Metric.of(Quantity.GRADIENT_SIZE, layer));
            row[place] = Math.sqrt(sums.get(i).gradient * sums.get(i).weightsBefore);
            double size = trailing(sheet, place, row);
            Equilibrium.Target target = equilibrium
                    .of(settings, kernel.isDecayed(places[i]), size, block.length())
                    .orElse(null);
            if (target == null) {
                everywhere = false;
                continue;
            }
            norms[targets.size()] = Math.sqrt(sums.get(i).weightsAfter);
            targets.add(target);
            put(row, sheet, layer, List.of(target), new double[] {norms[targets.size() - 1]}, eta);
        }
        if (everywhere && !targets.isEmpty()) {
            put(row, sheet, null, targets, Arrays.copyOf(norms, targets.size()), eta);
        }
    }

    private void put(
            double[] row,
            SampleLog sheet,
            @Nullable String layer,
            List<Equilibrium.Target> targets,
            double[] norms,
            double eta) {
        double norm = Equilibrium.norm(targets);
        row[place(sheet, new Metric(Quantity.PREDICTED_NORM, layer))] = norm;
        row[place(sheet, new Metric(Quantity.PREDICTED_EFFECTIVE_LEARNING_RATE, layer))] =
                eta / (adam ? norm : norm * norm);
        row[place(sheet, new Metric(Quantity.PREDICTED_ROTATION, layer))] = Equilibrium.rotation(targets);
        double halfWay = Equilibrium.halfWay(targets, norms);
        row[place(sheet, new Metric(Quantity.HALF_WAY, layer))] = Double.isNaN(halfWay) ? SampleLog.EMPTY : halfWay;
    }

    /** The mean square of a column over the last steps and this row. */
    private static double trailing(SampleLog sheet, int place, double[] row) {
        double sum = row[place] * row[place];
        int count = 1;
        for (long i = sheet.rows() - 1; i >= 0; i--) {
            if (count >= TRAILING_ROWS && sheet.value(0, i) <= row[0] - TRAILING_STEPS) {
                break;
            }
            double size = sheet.value(place, i);
            sum += size * size;
            count++;
        }
        return sum / count;
    }
}
