package decaylab.chart;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers on axes, as short as they can be: 0.05, 12, 3.2e-5. */
class AxisNumbers extends NumberFormat {
    private static final long serialVersionUID = 1L;
    private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.ROOT);

    @Override
    public StringBuffer format(double value, StringBuffer into, FieldPosition position) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e5)) {
            return into.append(
                    new DecimalFormat("0.##E0", SYMBOLS).format(value).replace('E', 'e'));
        }
        return into.append(new DecimalFormat("0.####", SYMBOLS).format(value));
    }

    @Override
    public StringBuffer format(long value, StringBuffer into, FieldPosition position) {
        return format((double) value, into, position);
    }

    @Override
    public @Nullable Number parse(String text, ParsePosition position) {
        return null; // labels are written only
    }

    /** Steps: 400, 12,000, 3M. */
    static final class Steps extends AxisNumbers {
        private static final long serialVersionUID = 1L;

        @Override
        public StringBuffer format(double value, StringBuffer into, FieldPosition position) {
            if (Math.abs(value) >= 1e6) {
                return super.format(value / 1e6, into, position).append('M');
            }
            return into.append(String.format(Locale.ROOT, "%,.0f", value));
        }
    }
}
