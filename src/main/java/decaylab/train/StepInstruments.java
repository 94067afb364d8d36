package decaylab.train;

import decaylab.experiment.Instrument;
import decaylab.instrument.Equilibrium;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.instrument.TokenClass;
import decaylab.optim.BlockSums;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.StepSettings;
import decaylab.optim.UpdateKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The instruments that read the sums of the update, or the weights after it: each appends a row to its sheet, of the network
 * (all matrices but the last layer's) and of each layer, or of each class of tokens.
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
    private final FlatArray parameters;
    private final @Nullable TokenRows tokens;
    private final BlockSums covered = new BlockSums();
    private final Map<Quantity, int[]> columns = new EnumMap<>(Quantity.class);

    /**
     * @param log whose sheets get the rows
     * @param blocks all of the parameters'
     * @param kernel whose sums are read
     * @param parameters of the run, live
     * @param tokens the rows of the embedding; null for a network without
     */
    StepInstruments(
            SampleLog log,
            List<ParameterBlock> blocks,
            UpdateKernel kernel,
            Equilibrium equilibrium,
            boolean adam,
            FlatArray parameters,
            @Nullable TokenRows tokens) {
        this.log = log;
        this.parameters = parameters;
        this.tokens = tokens;
        this.equilibrium = equilibrium;
        this.adam = adam;
        this.kernel = kernel;
        places = IntStream.range(0, blocks.size())
                .filter(i -> blocks.get(i).role() == ParameterBlock.Role.WEIGHT)
                .toArray();
        this.blocks = Arrays.stream(places).mapToObj(blocks::get).toList();
        sums = Arrays.stream(places).mapToObj(kernel::sums).toList();
    }

    /** Whether the network has an embedding of tokens. */
    boolean hasTokens() {
        return tokens != null;
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
        cover();
        switch (instrument) {
            case BUDGET -> {
                put(row, Quantity.BY_LENGTH, BlockSums::byLength);
                put(row, Quantity.BY_PRESENT_GRADIENT, BlockSums::byPresentGradient);
                put(row, Quantity.BY_EARLIER_GRADIENTS, BlockSums::byEarlierGradients);
                put(row, Quantity.BY_DECAY, BlockSums::byDecay);
                put(row, Quantity.CHANGE, all -> all.weightsAfter - all.weightsBefore);
            }
            case SHARES -> {
                put(row, Quantity.STEP_GRADIENT, all -> Math.sqrt(all.gradient));
                put(row, Quantity.OBJECTIVE_SHARE, BlockSums::objectiveLength);
                put(row, Quantity.PENALTY_SHARE, BlockSums::penaltyLength);
                put(row, Quantity.COSINE_OF_SHARES, StepInstruments::cosine);
                put(row, Quantity.DROWNED, BlockSums::drownedFraction);
                if (tokens != null) {
                    putOfTokens(row, Quantity.TOKEN_OBJECTIVE_SHARE, BlockSums::objectiveLength);
                    putOfTokens(row, Quantity.TOKEN_PENALTY_SHARE, BlockSums::penaltyLength);
                    putOfTokens(row, Quantity.TOKEN_COSINE_OF_SHARES, StepInstruments::cosine);
                    putOfTokens(row, Quantity.TOKEN_DROWNED, BlockSums::drownedFraction);
                }
            }
            case EMBEDDING -> {
                if (tokens == null) {
                    return;
                }
                double[] norms = tokens.meanNorms(parameters);
                for (TokenClass each : TokenClass.values()) {
                    if (tokens.count(each) > 0) {
                        row[place(sheet, Quantity.ROW_NORM, each)] = norms[each.ordinal()];
                    }
                }
            }
            case EQUILIBRIUM -> predict(row, sheet, settings);
            default -> throw new IllegalArgumentException(instrument + " is not taken in the step");
        }
        sheet.append(row);
    }

    private void put(double[] row, Quantity quantity, ToDoubleFunction<BlockSums> value) {
        int[] columns = columns(quantity);
        for (int i = 0; i < columns.length - 1; i++) {
            row[columns[i]] = value.applyAsDouble(sums.get(i));
        }
        row[columns[columns.length - 1]] = value.applyAsDouble(covered);
    }

    /** Where one of the shares is nothing there is no angle. */
    private static double cosine(BlockSums of) {
        return of.penaltySquared > 0 ? of.cosineOfShares() : SampleLog.EMPTY;
    }

    /** Classes without a token stay empty. */
    private void putOfTokens(double[] row, Quantity quantity, ToDoubleFunction<BlockSums> value) {
        SampleLog sheet = log.sheet(Instrument.SHARES);
        for (TokenClass each : TokenClass.values()) {
            BlockSums of = kernel.sumsOfClass(each.ordinal());
            if (of.compared > 0) {
                row[place(sheet, quantity, each)] = value.applyAsDouble(of);
            }
        }
    }

    private static int place(SampleLog sheet, Quantity quantity, TokenClass tokens) {
        return sheet.place(Metric.of(quantity, tokens.toString())).orElseThrow();
    }

    /** The sums of all matrices but the last layer's. */
    private void cover() {
        covered.clear();
        for (int i = 0; i < blocks.size(); i++) {
            if (!blocks.get(i).last()) {
                covered.add(sums.get(i));
            }
        }
    }

    /** Where a quantity's columns are in its sheet: each layer's, then the network's. */
    private int[] columns(Quantity quantity) {
        int[] known = columns.get(quantity);
        if (known == null) {
            SampleLog sheet = log.holding(Metric.of(quantity));
            known = IntStream.rangeClosed(0, blocks.size())
                    .map(i -> sheet.place(new Metric(
                                    quantity, i < blocks.size() ? blocks.get(i).layer() : null))
                            .orElseThrow())
                    .toArray();
            columns.put(quantity, known);
        }
        return known;
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
            int place = columns(Quantity.GRADIENT_SIZE)[i];
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
            put(row, i, List.of(target), new double[] {norms[targets.size() - 1]}, eta);
        }
        if (everywhere && !targets.isEmpty()) {
            put(row, blocks.size(), targets, Arrays.copyOf(norms, targets.size()), eta);
        }
    }

    /** @param place of the layer, behind the last for the network */
    private void put(double[] row, int place, List<Equilibrium.Target> targets, double[] norms, double eta) {
        double norm = Equilibrium.norm(targets);
        row[columns(Quantity.PREDICTED_NORM)[place]] = norm;
        row[columns(Quantity.PREDICTED_EFFECTIVE_LEARNING_RATE)[place]] = eta / (adam ? norm : norm * norm);
        row[columns(Quantity.PREDICTED_ROTATION)[place]] = Equilibrium.rotation(targets);
        double halfWay = Equilibrium.halfWay(targets, norms);
        row[columns(Quantity.HALF_WAY)[place]] = Double.isNaN(halfWay) ? SampleLog.EMPTY : halfWay;
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
