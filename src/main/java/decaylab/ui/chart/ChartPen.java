package decaylab.ui.chart;

import decaylab.chart.ChartKind;

/** Takes what mouse, finger or pen draw on a chart. Places outside the axes are given as the nearest on them. */
public interface ChartPen {
    /** The chart that it draws on. */
    ChartKind kind();

    /** A stroke begins. */
    void press(double step, double value);

    /** The stroke goes on in a straight line. */
    void draw(double step, double value);
}
