package decaylab.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * What is around the lines of one chart at one size: drawn by JFreeChart below them (title, axes, grid, marks), and by the
 * lab above them (names at the ends of lines, words of the marks).
 */
final class ChartFrame {
    private static final float TITLE = 16f;
    private static final float TEXT = 11f;
    private static final float SMALL = 10f;

    /** Between two labels of the step axis, in logical pixels. */
    private static final double STEP_LABEL_DISTANCE = 64;

    /** Between two labels of the value axis; a small chart needs them closer to have more than two. */
    private static final double LEAST_VALUE_LABEL_DISTANCE = 22;

    private static final double MOST_VALUE_LABEL_DISTANCE = 44;
    private static final double VALUE_LABELS = 7;

    /** From one name to the one below. */
    private static final double NAME_HEIGHT = 15;

    private static final double SAMPLE = 24;
    private static final double SAMPLE_GAP = 6;

    /** Names take no more of a chart's width, and no more stand beside it. */
    private static final double WIDEST_NAMES = 0.3;

    private static final int MOST_NAMES = 10;

    /** In the window marks come and go; their words have room above the data from the start, so that nothing jumps. */
    private static final double WINDOW_MARK_ROOM = 14;

    private static final int MARK_ROWS = 3;
    private static final double MARK_ROW_HEIGHT = 13;
    private static final double WORD_GAP = 4;

    private final ChartSpec spec;
    private final ValueScale values;
    private final int width;
    private final int height;
    private final Fonts fonts;
    private final List<ChartSpec.Line> named;
    private final double nameWidth;

    /**
     * @param width in logical pixels
     * @param height in logical pixels
     */
    ChartFrame(ChartSpec spec, ValueScale values, int width, int height, Fonts fonts) {
        this.spec = spec;
        this.values = values;
        this.width = width;
        this.height = height;
        this.fonts = fonts;
        named = spec.legend() && spec.style() == ChartSpec.Style.LINES ? named(spec) : List.of();
        double widest = named.stream()
                .mapToDouble(line -> widthOf(line.name(), TEXT))
                .max()
                .orElse(0);
        boolean beside = !named.isEmpty()
                && named.size() <= MOST_NAMES
                && widest + SAMPLE + 2 * SAMPLE_GAP <= WIDEST_NAMES * width
                && named.size() * NAME_HEIGHT <= height - 110;
        nameWidth = beside ? Math.ceil(widest) : 0;
    }

    /** The lines that a reader has to tell apart, the uppermost first; each name and colour once. */
    private static List<ChartSpec.Line> named(ChartSpec spec) {
        Map<List<Object>, ChartSpec.Line> lines = new LinkedHashMap<>();
        for (int i = spec.lines().size() - 1; i >= 0; i--) {
            ChartSpec.Line line = spec.lines().get(i);
            if (line.weight() != ChartSpec.Weight.PALE && !line.name().isEmpty()) {
                lines.putIfAbsent(List.of(line.name(), line.run(), line.dashed()), line);
            }
        }
        return List.copyOf(lines.values());
    }

    /** What the picture below the lines depends on. */
    Object key() {
        return List.of(
                spec.title(),
                spec.footer(),
                spec.valueLabel(),
                spec.fromStep(),
                spec.toStep(),
                values,
                named.stream()
                        .map(line -> line.name() + line.run() + line.dashed())
                        .toList(),
                spec.marks(),
                spec.theme(),
                spec.style(),
                spec.words(),
                width,
                height);
    }

    /** What everything lies on. */
    Color background() {
        return new Color(spec.theme().background());
    }

    /**
     * Draws what is below the lines.
     *
     * @return where the lines go, in logical pixels
     */
    Rectangle2D drawBelow(Graphics2D graphics) {
        ChartRenderingInfo info = new ChartRenderingInfo();
        chart().draw(graphics, new Rectangle2D.Double(0, 0, width, height), info);
        return info.getPlotInfo().getDataArea();
    }

    /**
     * Draws what is above the lines.
     *
     * @param area where the lines are, in logical pixels
     */
    void drawAbove(Graphics2D graphics, Rectangle2D area) {
        drawMarkWords(graphics, area);
        if (nameWidth > 0) {
            drawNames(graphics, area);
        }
        if (spec.lines().isEmpty() && !spec.title().isEmpty()) {
            String words = spec.words().noValues();
            graphics.setFont(fonts.regular(TEXT + 1, words));
            graphics.setPaint(new Color(spec.theme().faint()));
            graphics.drawString(
                    words, (float) (area.getCenterX() - widthOf(words, TEXT + 1) / 2), (float) area.getCenterY());
        }
    }

    private double widthOf(String text, float size) {
        return fonts.regular(size, text)
                .getStringBounds(text, new FontRenderContext(null, true, true))
                .getWidth();
    }

    private JFreeChart chart() {
        Theme theme = spec.theme();
        XYPlot plot = new XYPlot(new XYSeriesCollection(), steps(), valueAxis(), new XYLineAndShapeRenderer());
        plot.setBackgroundPaint(background());
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(new Color(theme.grid()));
        plot.setRangeGridlinePaint(new Color(theme.grid()));
        plot.setRangeGridlinesVisible(spec.style() == ChartSpec.Style.LINES);
        plot.setDomainGridlineStroke(new BasicStroke(1f));
        plot.setRangeGridlineStroke(new BasicStroke(1f));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        double above = roomForMarks();
        if (spec.style() == ChartSpec.Style.HEAT) {
            above += MARK_ROW_HEIGHT; // for what the colours mean
        }
        plot.setInsets(new RectangleInsets(above, 2, 2, rightInset()));
        for (ChartSpec.Mark mark : spec.marks()) {
            ValueMarker marker = new ValueMarker(mark.step());
            marker.setPaint(new Color(theme.faint()));
            marker.setStroke(
                    new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1f, new float[] {4, 3}, 0));
            plot.addDomainMarker(marker);
        }
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(background());
        chart.setAntiAlias(true);
        chart.setPadding(spec.title().isEmpty() ? RectangleInsets.ZERO_INSETS : new RectangleInsets(12, 12, 10, 12));
        if (!spec.title().isEmpty()) {
            TextTitle title = new TextTitle(spec.title(), fonts.semiBold(TITLE, spec.title()));
            title.setPaint(new Color(theme.text()));
            title.setHorizontalAlignment(HorizontalAlignment.LEFT);
            title.setPadding(new RectangleInsets(0, 4, 8, 0));
            chart.setTitle(title);
        }
        if (!spec.footer().isEmpty()) {
            TextTitle footer = new TextTitle(spec.footer(), fonts.regular(SMALL, spec.footer()));
            footer.setPaint(new Color(theme.faint()));
            footer.setPosition(RectangleEdge.BOTTOM);
            footer.setHorizontalAlignment(HorizontalAlignment.LEFT);
            footer.setTextAlignment(HorizontalAlignment.LEFT);
            footer.setPadding(new RectangleInsets(6, 4, 0, 0));
            chart.addSubtitle(footer);
        }
        if (!named.isEmpty() && nameWidth == 0) {
            chart.addSubtitle(legend());
        }
        return chart;
    }

    /** Height of the words of the marks above the data. */
    double roomForMarks() {
        return spec.title().isEmpty() ? WINDOW_MARK_ROOM : 4 + markRows() * MARK_ROW_HEIGHT;
    }

    /** Room for the names of lines, and for the half of the step axis' last label that stands out. */
    private double rightInset() {
        double half = widthOf(new AxisNumbers.Steps().format(spec.toStep()), TEXT) / 2;
        double names = nameWidth == 0 ? 0 : SAMPLE_GAP + SAMPLE + SAMPLE_GAP + nameWidth;
        return Math.max(names, Math.max(14, half + 3));
    }

    private NumberAxis steps() {
        NumberAxis axis =
                new NumberAxis(spec.title().isEmpty() ? null : spec.words().steps());
        axis.setRange(spec.fromStep(), spec.toStep());
        double room = Math.max(1, (width - 60 - rightInset()) / STEP_LABEL_DISTANCE);
        double unit = Math.max(1, ValueScale.niceUnit((spec.toStep() - spec.fromStep()) / room));
        axis.setTickUnit(new NumberTickUnit(unit, new AxisNumbers.Steps()), false, true);
        style(axis);
        return axis;
    }

    private ValueAxis valueAxis() {
        NumberAxis linear = new NumberAxis();
        ValueAxis axis = linear;
        if (values.logarithmic()) {
            RoundLogAxis logarithmic = new RoundLogAxis(values);
            logarithmic.setNumberFormatOverride(new AxisNumbers());
            axis = logarithmic;
        } else {
            double distance =
                    Math.max(LEAST_VALUE_LABEL_DISTANCE, Math.min(height / VALUE_LABELS, MOST_VALUE_LABEL_DISTANCE));
            double labels = Math.max(2, (height - 40.0) / distance);
            double unit = ValueScale.niceUnit((values.max() - values.min()) / labels);
            linear.setTickUnit(new NumberTickUnit(unit, new AxisNumbers()), false, true);
        }
        axis.setRange(values.min(), values.max());
        axis.setTickLabelsVisible(spec.style() == ChartSpec.Style.LINES);
        axis.setLabel(spec.valueLabel().isEmpty() ? null : spec.valueLabel());
        style(axis);
        return axis;
    }

    private void style(ValueAxis axis) {
        Theme theme = spec.theme();
        axis.setTickLabelFont(fonts.regular(TEXT));
        axis.setTickLabelPaint(new Color(theme.faint()));
        axis.setLabelFont(fonts.regular(TEXT, axis.getLabel() == null ? "" : axis.getLabel()));
        axis.setLabelPaint(new Color(theme.faint()));
        axis.setAxisLinePaint(new Color(theme.grid()));
        axis.setTickLabelInsets(new RectangleInsets(4, 4, 4, 4));
        axis.setTickMarksVisible(false);
        axis.setMinorTickMarksVisible(false);
        axis.setAutoRange(false);
    }

    private LegendTitle legend() {
        LegendTitle legend = new LegendTitle(() -> {
            LegendItemCollection items = new LegendItemCollection();
            for (ChartSpec.Line line : named) {
                LegendItem item = new LegendItem(
                        line.name(),
                        null,
                        null,
                        null,
                        new Line2D.Double(-12, 0, 12, 0),
                        LineStyle.sample(line),
                        colourOfSample(line));
                item.setLabelFont(fonts.regular(TEXT, line.name()));
                item.setLabelPaint(new Color(spec.theme().text()));
                items.add(item);
            }
            return items;
        });
        legend.setPosition(RectangleEdge.BOTTOM);
        legend.setBackgroundPaint(background());
        legend.setItemFont(fonts.regular(TEXT));
        legend.setItemPaint(new Color(spec.theme().text()));
        legend.setItemLabelPadding(new RectangleInsets(2, 2, 2, 8));
        legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
        return legend;
    }

    /** A name and the height at which it belongs. */
    private record Name(ChartSpec.Line line, double y) {}

    private void drawNames(Graphics2D graphics, Rectangle2D area) {
        List<Name> names = new ArrayList<>();
        for (ChartSpec.Line line : named) {
            names.add(new Name(line, area.getY() + (1 - heightOfEnd(line)) * area.getHeight()));
        }
        names.sort((a, b) -> Double.compare(a.y(), b.y()));
        double[] y =
                apart(names.stream().mapToDouble(Name::y).toArray(), NAME_HEIGHT, area.getY() + 4, area.getMaxY() - 2);
        double x = area.getMaxX() + SAMPLE_GAP;
        for (int i = 0; i < y.length; i++) {
            ChartSpec.Line line = names.get(i).line();
            graphics.setPaint(colourOfSample(line));
            graphics.setStroke(LineStyle.sample(line));
            graphics.draw(new Line2D.Double(x, y[i], x + SAMPLE, y[i]));
            graphics.setPaint(new Color(spec.theme().text()));
            graphics.setFont(fonts.regular(TEXT, line.name()));
            graphics.drawString(line.name(), (float) (x + SAMPLE + SAMPLE_GAP), (float) (y[i] + 0.36 * TEXT));
        }
    }

    private Color colourOfSample(ChartSpec.Line line) {
        Color full = new Color(Palette.colour(line.run(), spec.theme()));
        int opacity = (int) Math.round(255 * LineStyle.opacityOfSample(line));
        return new Color(full.getRed(), full.getGreen(), full.getBlue(), opacity);
    }

    /** Where the line ends on the right, as a height in [0, 1]; what has no value there stands at the bottom. */
    private double heightOfEnd(ChartSpec.Line line) {
        Series series = line.series();
        long last = Math.min(series.count(), series.indexAt(Math.nextUp(spec.toStep()))) - 1;
        while (last > 0 && Double.isNaN(series.value(last)) && series.step(last) > spec.fromStep()) {
            last--;
        }
        double at = last < 0 ? Double.NaN : values.height(series.value(last));
        return Double.isNaN(at) ? 0 : Math.max(0, Math.min(1, at));
    }

    /**
     * Moves places apart so that neighbours keep a distance, each as little as that needs.
     *
     * @param wanted in rising order
     * @param from none is before
     * @param to none is after, as long as there is room for all
     */
    static double[] apart(double[] wanted, double distance, double from, double to) {
        double[] places = wanted.clone();
        double earliest = from;
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.max(places[i], earliest);
            earliest = places[i] + distance;
        }
        double latest = to;
        for (int i = places.length - 1; i >= 0; i--) {
            places[i] = Math.min(places[i], latest);
            latest = places[i] - distance;
        }
        for (int i = 0; i < places.length; i++) { // more than fit: from the top
            places[i] =
                    Math.max(places[i], from + i * distance * Math.min(1, (to - from) / (distance * places.length)));
        }
        return places;
    }

    /** A word of a mark: where it begins, how wide it is, in which row it stands, 0 for the lowest. */
    private record Word(String text, double x, double width, int row) {}

    /**
     * Words above the marks, in as many rows as keep them apart; a word without room is left out, its mark is not.
     *
     * @param left edge of the data
     * @param right edge of the data
     */
    private List<Word> words(double left, double right) {
        List<Word> words = new ArrayList<>();
        for (ChartSpec.Mark mark : spec.marks().stream().distinct().toList()) {
            double share = (mark.step() - spec.fromStep()) / (spec.toStep() - spec.fromStep());
            double wide = widthOf(mark.text(), SMALL) + 2 * WORD_GAP;
            double x = Math.max(left, Math.min(left + share * (right - left) - WORD_GAP, right - wide));
            for (int row = 0; row < MARK_ROWS && share >= 0 && share <= 1; row++) {
                int candidate = row;
                if (words.stream()
                        .noneMatch(word ->
                                word.row() == candidate && word.x() < x + wide && x < word.x() + word.width())) {
                    words.add(new Word(mark.text(), x, wide, row));
                    break;
                }
            }
        }
        return words;
    }

    /** How many rows of words there are; the left edge of the data is not known yet, and hardly matters. */
    private int markRows() {
        return words(50, width - 12 - rightInset()).stream()
                .mapToInt(word -> word.row() + 1)
                .max()
                .orElse(0);
    }

    private void drawMarkWords(Graphics2D graphics, Rectangle2D area) {
        int rows = markRows();
        graphics.setPaint(new Color(spec.theme().faint()));
        for (Word word : words(area.getX(), area.getMaxX())) {
            if (word.row() < rows) {
                double y = area.getY() - 4 - word.row() * MARK_ROW_HEIGHT;
                graphics.setFont(fonts.regular(SMALL, word.text()));
                graphics.drawString(word.text(), (float) (word.x() + WORD_GAP), (float) y);
            }
        }
    }
}
