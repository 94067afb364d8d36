package decaylab.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeriesCollection;
import org.jspecify.annotations.Nullable;

/**
 * Paints charts: JFreeChart draws titles, axes and grid, the lab the lines, in columns of pixels. For one thread at a time;
 * frames are kept, so that a chart whose axes stay costs its lines only.
 */
public final class ChartPainter {
    private static final float STRONG = 2f;
    private static final float THIN = 1.4f;
    private static final float PALE = 1.2f;
    /** Between two labels of a value axis, in logical pixels. */
    private static final double LABEL_DISTANCE = 34;

    private final Fonts fonts = new Fonts();

    /**
     * What is behind the lines, with where they go.
     *
     * @param key what it was painted for
     * @param image in device pixels
     * @param area of the data, in logical pixels
     */
    private record Frame(Key key, BufferedImage image, Rectangle2D area) {}

    private record Key(
            String title,
            String footer,
            String valueLabel,
            double fromStep,
            double toStep,
            ValueScale values,
            @Nullable Object legend,
            Object marks,
            Theme theme,
            int width,
            int height,
            double scale) {}

    /**
     * A painted chart.
     *
     * @param image in device pixels
     * @param area of the data within the chart, in logical pixels
     * @param values scale of the value axis
     */
    public record Painted(BufferedImage image, Rectangle2D area, ValueScale values) {}

    /** The frame of one place on screen, kept from one painting to the next. */
    public static final class Slot {
        private @Nullable Frame frame;
    }

    /**
     * Paints a chart.
     *
     * @param width in logical pixels
     * @param height in logical pixels
     * @param scale device pixels a logical pixel
     * @param slot keeps the frame for the next painting of the same place
     */
    public Painted paint(ChartSpec spec, int width, int height, double scale, Slot slot) {
        ValueScale values = scaleOf(spec);
        Object legend = spec.legend()
                ? spec.lines().stream()
                        .map(line -> line.name() + line.run() + line.dashed())
                        .toList()
                : null;
        Key key = new Key(
                spec.title(),
                spec.footer(),
                spec.valueLabel(),
                spec.fromStep(),
                spec.toStep(),
                values,
                legend,
                spec.marks(),
                spec.theme(),
                width,
                height,
                scale);
        Frame frame = slot.frame;
        if (frame == null || !frame.key.equals(key)) {
            frame = frame(spec, key);
            slot.frame = frame;
        }
        BufferedImage image = copy(frame.image);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        Rectangle2D area = frame.area;
        int left = (int) Math.round(area.getX() * scale);
        int top = (int) Math.round(area.getY() * scale);
        ColumnPainter painter = new ColumnPainter(
                pixels,
                image.getWidth(),
                left,
                top,
                Math.min(image.getWidth() - left, (int) Math.round(area.getWidth() * scale)),
                Math.min(image.getHeight() - top, (int) Math.round(area.getHeight() * scale)));
        for (ChartSpec.Line line : spec.lines()) {
            float[] dashes = line.dashed() ? Palette.dashes(line.run()) : new float[0];
            for (int i = 0; i < dashes.length; i++) {
                dashes[i] *= (float) scale;
            }
            painter.paint(
                    line.series(),
                    spec.fromStep(),
                    spec.toStep(),
                    values,
                    Palette.colour(line.run(), spec.theme()),
                    opacity(line.weight()),
                    thickness(line.weight()) * scale,
                    dashes);
        }
        return new Painted(image, area, values);
    }

    private static ValueScale scaleOf(ChartSpec spec) {
        ChartSpec.Range range = spec.range();
        if (range != null && (!spec.logarithmic() || range.min() > 0)) {
            return new ValueScale(range.min(), range.max(), spec.logarithmic());
        }
        return ValueScale.fitting(spec.lines(), spec.fromStep(), spec.toStep(), spec.logarithmic());
    }

    static double opacity(ChartSpec.Weight weight) {
        return switch (weight) {
            case STRONG -> 1;
            case THIN -> 0.75;
            case PALE -> 0.28;
        };
    }

    static float thickness(ChartSpec.Weight weight) {
        return switch (weight) {
            case STRONG -> STRONG;
            case THIN -> THIN;
            case PALE -> PALE;
        };
    }

    private static BufferedImage copy(BufferedImage from) {
        BufferedImage to = new BufferedImage(from.getWidth(), from.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] source = ((DataBufferInt) from.getRaster().getDataBuffer()).getData();
        int[] target = ((DataBufferInt) to.getRaster().getDataBuffer()).getData();
        System.arraycopy(source, 0, target, 0, source.length);
        return to;
    }

    private Frame frame(ChartSpec spec, Key key) {
        BufferedImage image = new BufferedImage(
                (int) Math.round(key.width * key.scale),
                (int) Math.round(key.height * key.scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(key.scale, key.scale);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        ChartRenderingInfo info = new ChartRenderingInfo();
        chart(spec, key.values, key.height).draw(graphics, new Rectangle2D.Double(0, 0, key.width, key.height), info);
        graphics.dispose();
        return new Frame(key, image, info.getPlotInfo().getDataArea());
    }

    /** Titles, axes, grid and marks, without data. */
    JFreeChart chart(ChartSpec spec, ValueScale values, int height) {
        Theme theme = spec.theme();
        NumberAxis steps = new NumberAxis(spec.title().isEmpty() ? null : "step");
        steps.setRange(spec.fromStep(), spec.toStep());
        steps.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        steps.setNumberFormatOverride(new StepFormat());
        style(steps, theme);
        ValueAxis valueAxis = values.logarithmic() ? logarithmic(values) : linear(values, height);
        valueAxis.setLabel(spec.valueLabel().isEmpty() ? null : spec.valueLabel());
        style(valueAxis, theme);
        XYPlot plot = new XYPlot(new XYSeriesCollection(), steps, valueAxis, new XYLineAndShapeRenderer());
        plot.setBackgroundPaint(new Color(theme.background()));
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(new Color(theme.grid()));
        plot.setRangeGridlinePaint(new Color(theme.grid()));
        plot.setDomainGridlineStroke(new BasicStroke(1f));
        plot.setRangeGridlineStroke(new BasicStroke(1f));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setInsets(new RectangleInsets(4, 2, 2, 14)); // room for the last label of the step axis
        for (ChartSpec.Mark mark : spec.marks()) {
            plot.addDomainMarker(marker(mark, theme));
        }
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(new Color(theme.background()));
        chart.setAntiAlias(true);
        chart.setPadding(spec.title().isEmpty() ? RectangleInsets.ZERO_INSETS : new RectangleInsets(10, 10, 8, 10));
        if (!spec.title().isEmpty()) {
            TextTitle title = new TextTitle(spec.title(), fonts.semiBold(16f));
            title.setPaint(new Color(theme.text()));
            title.setHorizontalAlignment(HorizontalAlignment.LEFT);
            title.setPadding(new RectangleInsets(0, 4, 8, 0));
            chart.setTitle(title);
        }
        if (!spec.footer().isEmpty()) {
            TextTitle footer = new TextTitle(spec.footer(), fonts.regular(10f));
            footer.setPaint(new Color(theme.faint()));
            footer.setPosition(RectangleEdge.BOTTOM);
            footer.setHorizontalAlignment(HorizontalAlignment.LEFT);
            footer.setTextAlignment(HorizontalAlignment.LEFT);
            footer.setPadding(new RectangleInsets(6, 4, 0, 0));
            chart.addSubtitle(footer);
        }
        if (spec.legend()) {
            chart.addSubtitle(legend(spec));
        }
        return chart;
    }

    private ValueMarker marker(ChartSpec.Mark mark, Theme theme) {
        ValueMarker marker = new ValueMarker(mark.step());
        marker.setPaint(new Color(theme.faint()));
        marker.setStroke(new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1f, new float[] {4, 3}, 0));
        marker.setLabel(mark.text());
        marker.setLabelFont(fonts.regular(10f));
        marker.setLabelPaint(new Color(theme.faint()));
        marker.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
        marker.setLabelTextAnchor(TextAnchor.TOP_LEFT);
        marker.setLabelOffset(new RectangleInsets(2, 3, 2, 3));
        marker.setLabelBackgroundColor(new Color(0, 0, 0, 0));
        return marker;
    }

    private LegendTitle legend(ChartSpec spec) {
        LegendTitle legend = new LegendTitle(() -> {
            LegendItemCollection items = new LegendItemCollection();
            for (ChartSpec.Line line : spec.lines()) {
                if (line.weight() == ChartSpec.Weight.PALE) {
                    continue;
                }
                float[] dashes = line.dashed() ? Palette.dashes(line.run()) : new float[0];
                float thickness = thickness(line.weight());
                LegendItem item = new LegendItem(
                        line.name(),
                        null,
                        null,
                        null,
                        new java.awt.geom.Line2D.Double(-12, 0, 12, 0),
                        dashes.length == 0
                                ? new BasicStroke(thickness)
                                : new BasicStroke(
                                        thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1f, dashes, 0),
                        new Color(Palette.colour(line.run(), spec.theme())));
                item.setLabelFont(fonts.regular(11f));
                item.setLabelPaint(new Color(spec.theme().text()));
                items.add(item);
            }
            return items;
        });
        legend.setPosition(RectangleEdge.BOTTOM);
        legend.setBackgroundPaint(new Color(spec.theme().background()));
        legend.setItemFont(fonts.regular(11f));
        legend.setItemPaint(new Color(spec.theme().text()));
        legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
        return legend;
    }

    private static NumberAxis linear(ValueScale values, int height) {
        NumberAxis axis = new NumberAxis();
        axis.setRange(values.min(), values.max());
        double labels = Math.max(2, (height - 40.0) / LABEL_DISTANCE);
        double unit = ValueScale.niceUnit((values.max() - values.min()) / labels);
        axis.setTickUnit(new NumberTickUnit(unit, new ShortFormat()), false, false);
        return axis;
    }

    private static LogAxis logarithmic(ValueScale values) {
        LogAxis axis = new RoundLogAxis(values);
        axis.setRange(values.min(), values.max());
        axis.setNumberFormatOverride(new ShortFormat());
        return axis;
    }

    private void style(ValueAxis axis, Theme theme) {
        axis.setTickLabelFont(fonts.regular(11f));
        axis.setTickLabelPaint(new Color(theme.faint()));
        axis.setLabelFont(fonts.regular(11f));
        axis.setLabelPaint(new Color(theme.faint()));
        axis.setAxisLinePaint(new Color(theme.grid()));
        axis.setTickLabelInsets(new RectangleInsets(4, 4, 4, 4));
        axis.setTickMarksVisible(false);
        axis.setMinorTickMarksVisible(false);
        axis.setAutoRange(false);
    }

    /** Numbers as short as they can be: 0.05, 12, 3.2e-05. */
    private static class ShortFormat extends NumberFormat {
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
    }

    /** Steps: 400, 12,000, 3M. */
    private static final class StepFormat extends ShortFormat {
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
