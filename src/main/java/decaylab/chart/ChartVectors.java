package decaylab.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * Draws the lines of a chart as shapes, for files that stay sharp at any size. Where a logical pixel's column holds several
 * values the shape goes from the smallest to the largest of them, so that it shows every spike and yet stays small.
 */
final class ChartVectors {
    private final ChartSpec spec;
    private final ValueScale values;
    private final Rectangle2D area;

    /** @param area of the data, in logical pixels */
    ChartVectors(ChartSpec spec, ValueScale values, Rectangle2D area) {
        this.spec = spec;
        this.values = values;
        this.area = area;
    }

    void draw(Graphics2D graphics) {
        Shape clip = graphics.getClip();
        graphics.clip(area);
        graphics.translate(area.getX(), area.getY());
        for (ChartSpec.Line line : spec.lines()) {
            ChartSpec.Band band = line.band();
            if (band != null) {
                graphics.setPaint(paint(line, LineStyle.shade(line)));
                graphics.fill(shade(band));
            }
        }
        for (ChartSpec.Line line : spec.lines()) {
            LineStyle style = LineStyle.of(line);
            BasicStroke stroke = style.stroke();
            graphics.setPaint(paint(line, style.opacity()));
            graphics.setStroke(stroke);
            graphics.draw(path(line.series()));
        }
        graphics.translate(-area.getX(), -area.getY());
        graphics.setClip(clip);
    }

    private Color paint(ChartSpec.Line line, double opacity) {
        int colour = Palette.colour(line.run(), spec.theme());
        return new Color(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF, (int) Math.round(255 * opacity));
    }

    private PlotScale scale() {
        return new PlotScale(spec.fromStep(), spec.toStep(), values, (int) Math.ceil(area.getWidth()), (int)
                Math.ceil(area.getHeight()));
    }

    private Path2D path(Series series) {
        PlotScale scale = scale();
        Pen pen = new Pen(area.getHeight());
        long first = Math.max(0, series.indexAt(spec.fromStep()) - 1);
        long last = Math.min(series.count(), series.indexAt(Math.nextUp(spec.toStep())) + 1);
        int columns = (int) Math.ceil(area.getWidth());
        if (last - first <= 2L * columns) {
            for (long i = first; i < last; i++) {
                pen.to(scale.x(series.step(i)), scale.y(series.value(i)));
            }
            return pen.path();
        }
        double[] range = new double[2];
        for (int column = 0; column < columns; column++) {
            boolean some = series.rangeOfPoints(
                    series.indexAt(scale.stepAt(column)), series.indexAt(scale.stepAt(column + 1.0)), range);
            double low = some ? scale.y(range[0]) : Double.NaN;
            double high = some ? scale.y(range[1]) : Double.NaN;
            low = some && Double.isNaN(low) && !Double.isNaN(high) ? area.getHeight() : low; // a logarithm of zero
            boolean rising = Math.abs(pen.y - low) < Math.abs(pen.y - high);
            pen.to(column + 0.5, rising ? low : high);
            pen.to(column + 0.5, rising ? high : low);
        }
        return pen.path();
    }

    /** A path that is lifted at gaps, and goes no farther out of the picture than it needs to. */
    private static final class Pen {
        private final Path2D path = new Path2D.Double();
        private final double height;
        private double y = Double.NaN;

        Pen(double height) {
            this.height = height;
        }

        void to(double x, double wanted) {
            boolean lifted = Double.isNaN(y);
            y = Math.max(-2 * height, Math.min(3 * height, wanted)); // NaN stays NaN
            if (Double.isNaN(y)) {
                return;
            }
            if (lifted) {
                path.moveTo(x, y);
            }
            path.lineTo(x, y); // also after a move: a single point is a dot
        }

        Path2D path() {
            return path;
        }
    }

    /** The area between two series: a piece for every stretch without a gap. */
    private Path2D shade(ChartSpec.Band band) {
        PlotScale scale = scale();
        Path2D shade = new Path2D.Double();
        int columns = (int) Math.ceil(area.getWidth());
        double[] upper = new double[columns];
        double[] lower = new double[columns];
        for (int column = 0; column < columns; column++) {
            double begin = scale.stepAt(column);
            double end = scale.stepAt(column + 1.0);
            Series.Edges edges = Series.between(band.low(), band.high(), begin, end);
            upper[column] = edges.missing() ? Double.NaN : scale.y(edges.upper());
            double y = scale.y(edges.lower());
            lower[column] = Double.isNaN(y) ? area.getHeight() : y;
        }
        int column = 0;
        while (column < columns) {
            int from = column;
            while (column < columns && !Double.isNaN(upper[column])) {
                column++;
            }
            if (column > from) {
                add(shade, upper, lower, from, column);
            }
            column++;
        }
        return shade;
    }

    private static void add(Path2D shade, double[] upper, double[] lower, int from, int to) {
        shade.moveTo(from, upper[from]);
        for (int i = from; i < to; i++) {
            shade.lineTo(i + 0.5, upper[i]);
        }
        for (int i = to - 1; i >= from; i--) {
            shade.lineTo(i + 0.5, lower[i]);
        }
        shade.closePath();
    }
}
