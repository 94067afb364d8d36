package decaylab.study;

import decaylab.chart.ChartKind;
import decaylab.instrument.Quantity;
import java.util.List;

/**
 * A small chart of a study: one quantity over the steps, of some arms side by side, with the mean of the seeds and each of them.
 *
 * @param title above it; empty for the quantity's own
 * @param quantity of the network
 * @param arms which ones, in the order of their colours
 */
public record Panel(String title, Quantity quantity, List<String> arms) {
    public Panel {
        arms = List.copyOf(arms);
    }

    /** Whether its values span orders of magnitude. */
    public boolean logarithmic() {
        return quantity == Quantity.TRAIN_LOSS
                || ChartKind.EFFECTIVE_LEARNING_RATE.quantities().contains(quantity)
                || ChartKind.CAPACITY_BOUNDS.quantities().contains(quantity)
                || ChartKind.ROTATION.quantities().contains(quantity);
    }
}
