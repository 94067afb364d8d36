package decaylab.ui.chart;

import decaylab.chart.ChartKind;
import decaylab.chart.Theme;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One frame of one chart, as the window asks the painting thread for it. Immutable.
 *
 * @param kind which chart
 * @param width of the plot, in logical pixels
 * @param height of the plot, in logical pixels
 * @param scale device pixels a logical pixel
 * @param runs to draw, the uppermost last
 * @param viewport the steps to show
 * @param logarithmic whether the value axis is
 * @param smoothing 0 for none, towards 1 for more; the raw line stays visible, pale
 * @param bands whether runs that differ by their seed only are drawn as mean and band
 * @param layer the one to draw, of a chart that has layers; null for the network
 * @param theme its colours
 * @param overlay what is laid over it, for which the value axis needs room; null for nothing
 */
record PlotRequest(
        ChartKind kind,
        int width,
        int height,
        double scale,
        List<ChartRun> runs,
        Viewport viewport,
        boolean logarithmic,
        double smoothing,
        boolean bands,
        @Nullable String layer,
        Theme theme,
        @Nullable ChartOverlay overlay) {}
