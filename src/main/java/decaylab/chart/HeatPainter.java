package decaylab.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Objects;

/**
 * Draws each line of a chart as a row of colours: brighter for more, equal differences of shade for equal factors. What has no
 * value is hatched.
 */
final class HeatPainter {
    /** From dark blue over grey to yellow, of rising lightness, so that colour-blind eyes and print read it alike. */
    private static final int[] COLOURS = {0x00204C, 0x31446B, 0x666970, 0x958F78, 0xCBBA69, 0xFFE945};

    private static final float TEXT = 11f;
    private static final double KEY_WIDTH = 90;
    private static final double KEY_HEIGHT = 8;
    private static final double GAP = 2;
    private static final double HATCH = 8;

    private final ChartSpec spec;
    private final Rectangle2D area;
    private final Fonts fonts;
    private final double above;
    private final double[] range;

    /**
     * @param area of the data, in logical pixels
     * @param above height of the words between the data and what the colours mean
     */
    HeatPainter(ChartSpec spec, Rectangle2D area, double above, Fonts fonts) {
        this.above = above;
        this.spec = spec;
        this.area = area;
        this.fonts = fonts;
        range = range(spec);
    }

    /** The smallest and largest value above zero that is shown. */
    private static double[] range(ChartSpec spec) {
        double[] all = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] one = new double[2];
        for (ChartSpec.Line line : spec.lines()) {
            if (line.series().finiteRange(spec.fromStep(), spec.toStep(), true, one)) {
                all[0] = Math.min(all[0], one[0]);
                all[1] = Math.max(all[1], one[1]);
            }
        }
        return all;
    }

    void draw(Graphics2D graphics) {
        Shape clip = graphics.getClip();
        List<ChartSpec.Line> lines = spec.lines();
        double height = area.getHeight() / Math.max(1, lines.size());
        for (int i = 0; i < lines.size(); i++) {
            Rectangle2D row = new Rectangle2D.Double(
                    area.getX(), area.getY() + i * height, area.getWidth(), Math.max(1, height - GAP));
            graphics.clip(row);
            drawRow(graphics, lines.get(i), row);
            graphics.setClip(clip);
        }
        if (range[1] >= range[0]) {
            drawKey(graphics);
        }
    }

    private void drawRow(Graphics2D graphics, ChartSpec.Line line, Rectangle2D row) {
        boolean some = line.series().finiteRange(spec.fromStep(), spec.toStep(), true, new double[2]);
        if (some) {
            drawCells(graphics, line.series(), row);
        } else {
            graphics.setPaint(new Color(spec.theme().grid()));
            graphics.setStroke(new BasicStroke(1f));
            for (double x = row.getX() - row.getHeight(); x < row.getMaxX(); x += HATCH) {
                graphics.draw(new Line2D.Double(x, row.getMaxY(), x + row.getHeight(), row.getY()));
            }
        }
        graphics.setFont(fonts.semiBold(TEXT, ""));
        float x = (float) row.getX() + 8;
        float y = (float) (row.getCenterY() + 0.36 * TEXT);
        double width =
                graphics.getFontMetrics().getStringBounds(line.name(), graphics).getWidth();
        // On a patch of its own: the colours behind go from dark to bright.
        graphics.setPaint(withOpacity(spec.theme().background(), 0.78));
        graphics.fill(new Rectangle2D.Double(x - 4, y - TEXT, width + 8, TEXT + 5));
        graphics.setPaint(new Color(some ? spec.theme().text() : spec.theme().faint()));
        graphics.drawString(line.name(), x, y);
    }

    private void drawCells(Graphics2D graphics, Series series, Rectangle2D row) {
        int columns = (int) Math.ceil(row.getWidth());
        double each = (spec.toStep() - spec.fromStep()) / row.getWidth();
        double[] found = new double[2];
        int begin = 0;
        Color last = null;
        for (int column = 0; column <= columns; column++) {
            double from = spec.fromStep() + column * each;
            Color colour = null;
            if (column < columns && from < lastStep(series) + 1) {
                boolean some =
                        series.finiteRange(Math.floor(from), Math.max(Math.floor(from), from + each), true, found);
                colour = some ? colour(Math.sqrt(found[0] * found[1])) : null;
            }
            if (column == columns || !Objects.equals(colour, last)) {
                if (last != null) {
                    graphics.setPaint(last);
                    graphics.fill(new Rectangle2D.Double(
                            row.getX() + begin, row.getY(), column - (double) begin, row.getHeight()));
                }
                begin = column;
                last = colour;
            }
        }
    }

    private static double lastStep(Series series) {
        return series.count() == 0 ? -1 : series.step(series.count() - 1);
    }

    private Color colour(double value) {
        double span = Math.log(range[1] / range[0]);
        return shade(span > 0 ? Math.log(value / range[0]) / span : 0.5);
    }

    /** The colour of a place between the smallest, 0, and the largest, 1. */
    static Color shade(double place) {
        double at = Math.max(0, Math.min(1, place)) * (COLOURS.length - 1);
        int below = Math.min(COLOURS.length - 2, (int) at);
        double part = at - below;
        int[] mixed = new int[3];
        for (int i = 0; i < 3; i++) {
            int shift = 16 - 8 * i;
            mixed[i] = (int) Math.round(
                    (1 - part) * (COLOURS[below] >> shift & 0xFF) + part * (COLOURS[below + 1] >> shift & 0xFF));
        }
        return new Color(mixed[0], mixed[1], mixed[2]);
    }

    /** What the colours mean, above the data at its right end. */
    private void drawKey(Graphics2D graphics) {
        AxisNumbers numbers = new AxisNumbers();
        graphics.setFont(fonts.regular(TEXT));
        String most = numbers.format(range[1]);
        String least = numbers.format(range[0]);
        double wide = graphics.getFontMetrics().getStringBounds(most, graphics).getWidth();
        double narrow =
                graphics.getFontMetrics().getStringBounds(least, graphics).getWidth();
        double right = area.getMaxX() - wide - 6;
        double y = area.getY() - above - KEY_HEIGHT - 2;
        for (int i = 0; i < KEY_WIDTH; i++) {
            graphics.setPaint(shade(i / (KEY_WIDTH - 1)));
            graphics.fill(new Rectangle2D.Double(right - KEY_WIDTH + i, y, 1, KEY_HEIGHT));
        }
        graphics.setPaint(new Color(spec.theme().faint()));
        graphics.drawString(most, (float) (right + 6), (float) (y + KEY_HEIGHT));
        graphics.drawString(least, (float) (right - KEY_WIDTH - narrow - 6), (float) (y + KEY_HEIGHT));
    }

    private static Color withOpacity(int colour, double opacity) {
        return new Color(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF, (int) Math.round(255 * opacity));
    }
}
