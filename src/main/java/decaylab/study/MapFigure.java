package decaylab.study;

import decaylab.chart.HeatMap;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;

/**
 * How a figure is shown in maps.
 *
 * @param name of the figure
 * @param title above a map
 * @param unit of what is shown; empty where it has none
 * @param factor from the figure to what is shown
 * @param better which values are
 * @param within how far from the best a value is nearly as good, as it is shown, or as a part of the best
 * @param relative whether it is a part
 */
public record MapFigure(
        String name, String title, String unit, double factor, HeatMap.Better better, double within, boolean relative) {
    private static final double POINT = 1;
    private static final double NATS = 0.01;
    /** Of a return, whose size is the environment's. */
    private static final double TWENTIETH = 0.05;

    private static final QuantityTexts TEXTS = new QuantityTexts();

    /**
     * What a run ended with. Accuracies are shown in percent, more is better, and within a point is nearly as good; of losses
     * less is better, and within 0.01 nats is nearly as good; of returns more is better, and within a twentieth of the best is
     * nearly as good; of all else none is better.
     */
    public static MapFigure of(Quantity quantity) {
        String title = TEXTS.of(quantity).title();
        return switch (quantity) {
            case TEST_ACCURACY, TRAIN_ACCURACY ->
                new MapFigure(quantity.column(), title, "%", 100, HeatMap.Better.HIGHER, POINT, false);
            case TEST_LOSS, TRAIN_LOSS, LOSS ->
                new MapFigure(quantity.column(), title, "nats", 1, HeatMap.Better.LOWER, NATS, false);
            case GREEDY_RETURN ->
                new MapFigure(quantity.column(), title, "", 1, HeatMap.Better.HIGHER, TWENTIETH, true);
            default -> new MapFigure(quantity.column(), title, "", 1, HeatMap.Better.NEITHER, 0, false);
        };
    }

    /** How far from the best a value is nearly as good, as it is shown. */
    double within(double best) {
        return relative ? within * Math.abs(best) : within;
    }
}
