package decaylab.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis with labels at 1, 2 and 5 times powers of ten, as many of them as there is room for. */
final class RoundLogAxis extends LogAxis {
    private static final long serialVersionUID = 1L;
    private static final double LEAST_DISTANCE = 22;

    RoundLogAxis(ValueScale values) {
        setSmallestValue(values.min() / 10);
    }

    @Override
    public List<?> refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
        double decades = Math.log10(getUpperBound() / getLowerBound());
        double room = area.getHeight() / LEAST_DISTANCE; // how many labels fit
        int[] leads = 3 * decades <= room ? new int[] {1, 2, 5} : new int[] {1};
        int stride = leads.length > 1 ? 1 : (int) Math.max(1, Math.ceil(decades / room));
        List<NumberTick> ticks = new ArrayList<>();
        int first = (int) Math.floor(Math.log10(getLowerBound()));
        int last = (int) Math.ceil(Math.log10(getUpperBound()));
        for (int power = first; power <= last; power++) {
            for (int lead : leads) {
                // Written and read again: 3 * 0.1 is not 0.3, and its label would show it.
                double value = Double.parseDouble(lead + "e" + power);
                boolean inside = value >= getLowerBound() * (1 - 1e-9) && value <= getUpperBound() * (1 + 1e-9);
                if (inside && Math.floorMod(power, stride) == 0) {
                    String label = getNumberFormatOverride().format(value);
                    ticks.add(new NumberTick(
                            TickType.MAJOR, value, label, TextAnchor.CENTER_RIGHT, TextAnchor.CENTER_RIGHT, 0));
                }
            }
        }
        return ticks;
    }
}
