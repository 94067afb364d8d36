package decaylab.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws a map: a colour for each cell, brighter for better; the best cell with a ring, the region that is nearly as good with an
 * outline, the ridge with a dashed line, runs that diverged with hatches.
 */
final class HeatMapPainter {
    private static final float TITLE = 15f;
    private static final float TEXT = 12f;
    private static final float SMALL = 11f;
    private static final double MARGIN = 14;
    private static final double TITLE_HEIGHT = 26;
    private static final double KEY_LINE = 15;
    private static final double KEY_GAP = 9;
    private static final double KEY_WIDTH = 100;
    private static final double KEY_BAR = 9;
    private static final double LABEL_HEIGHT = 18;
    private static final double NAME_HEIGHT = 20;
    private static final double HATCH = 7;
    private static final double RING_WIDTH = 62;
    private static final double RING_HEIGHT = 30;
    /** From here on a cell's colour is bright, and what is written on it is dark. */
    private static final double BRIGHT = 0.55;

    private static final Color DARK_INK = new Color(0x10151C);
    private static final Color LIGHT_INK = new Color(0xF5F7FA);

    private final HeatMap map;
    private final Theme theme;
    private final Fonts fonts;
    private final double width;
    private final double height;
    private final HeatMapScale scale;

    /**
     * @param scale of its colours
     * @param width in logical pixels
     * @param height in logical pixels
     */
    HeatMapPainter(HeatMap map, HeatMapScale scale, Theme theme, Fonts fonts, double width, double height) {
        this.map = map;
        this.scale = scale;
        this.theme = theme;
        this.fonts = fonts;
        this.width = width;
        this.height = height;
    }

    /** Where the cells are. */
    Rectangle2D area() {
        Font font = fonts.regular(TEXT);
        double widest = 0;
        for (String label : map.y().shown()) {
            widest = Math.max(widest, width(label, font));
        }
        double left = Math.ceil(MARGIN + NAME_HEIGHT + widest + 8);
        double top = Math.ceil(MARGIN + TITLE_HEIGHT + keyLines().size() * KEY_LINE + KEY_GAP);
        double bottom = height - MARGIN - NAME_HEIGHT - LABEL_HEIGHT;
        return new Rectangle2D.Double(left, top, Math.max(1, width - MARGIN - left), Math.max(1, bottom - top));
    }

    /** The cell at a point; empty beside them. */
    Optional<HeatMap.Place> at(double x, double y) {
        Rectangle2D area = area();
        if (!area.contains(x, y)) {
            return Optional.empty();
        }
        int column = (int) ((x - area.getX()) / area.getWidth() * columns());
        int fromTop = (int) ((y - area.getY()) / area.getHeight() * map.rows().size());
        return Optional.of(new HeatMap.Place(column, map.rows().size() - 1 - fromTop));
    }

    private int columns() {
        return map.x().labels().size();
    }

    /** Where a cell is. */
    Rectangle2D cell(HeatMap.Place place) {
        return cell(area(), place);
    }

    /** On whole pixels, since between two that share one what is behind them would show. */
    private Rectangle2D cell(Rectangle2D area, HeatMap.Place place) {
        double wide = area.getWidth() / columns();
        double high = area.getHeight() / map.rows().size();
        double left = Math.rint(area.getX() + place.column() * wide);
        double top = Math.rint(area.getMaxY() - (place.row() + 1) * high);
        return new Rectangle2D.Double(
                left,
                top,
                Math.rint(area.getX() + (place.column() + 1) * wide) - left,
                Math.rint(area.getMaxY() - place.row() * high) - top);
    }

    void draw(Graphics2D graphics) {
        graphics.setPaint(new Color(theme.background()));
        graphics.fill(new Rectangle2D.Double(0, 0, width, height));
        graphics.setPaint(new Color(theme.text()));
        graphics.setFont(fonts.semiBold(TITLE, map.title()));
        graphics.drawString(map.title(), (float) MARGIN, (float) (MARGIN + TITLE));
        Rectangle2D area = area();
        drawKey(graphics, area);
        for (HeatMap.Place place : map.places()) {
            drawCell(graphics, map.at(place), cell(area, place));
        }
        drawOutline(graphics, area);
        drawRidge(graphics, area);
        map.best().ifPresent(best -> drawRing(graphics, cell(area, best)));
        for (HeatMap.Place place : map.places()) {
            drawValue(graphics, map.at(place), cell(area, place));
        }
        drawAxes(graphics, area);
    }

    private void drawCell(Graphics2D graphics, HeatMap.Cell cell, Rectangle2D at) {
        if (cell.state() == HeatMap.State.MEASURED) {
            graphics.setPaint(HeatPainter.shade(scale.shade(cell.value())));
            graphics.fill(at);
        } else {
            graphics.setPaint(new Color(theme.grid()));
            graphics.setStroke(new BasicStroke(1f));
            graphics.draw(
                    new Rectangle2D.Double(at.getX() + 0.5, at.getY() + 0.5, at.getWidth() - 1, at.getHeight() - 1));
            if (cell.state() == HeatMap.State.DIVERGED) {
                hatch(graphics, at);
            }
        }
    }

    private void hatch(Graphics2D graphics, Rectangle2D at) {
        Shape clip = graphics.getClip();
        graphics.clip(at);
        graphics.setPaint(new Color(theme.faint()));
        for (double x = at.getX() - at.getHeight(); x < at.getMaxX(); x += HATCH) {
            graphics.draw(new Line2D.Double(x, at.getMaxY(), x + at.getHeight(), at.getY()));
        }
        graphics.setClip(clip);
    }

    private void drawValue(Graphics2D graphics, HeatMap.Cell cell, Rectangle2D at) {
        if (cell.state() != HeatMap.State.MEASURED) {
            return;
        }
        String text = number(cell.value());
        Font font = fonts.regular(SMALL);
        double wide = width(text, font);
        if (wide + 8 > at.getWidth() || at.getHeight() < SMALL + 8) {
            return;
        }
        // On its cell's colour: the ridge may run through it.
        graphics.setPaint(HeatPainter.shade(scale.shade(cell.value())));
        graphics.fill(new Rectangle2D.Double(
                at.getCenterX() - wide / 2 - 3, at.getCenterY() - 0.6 * SMALL, wide + 6, 1.2 * SMALL));
        graphics.setFont(font);
        graphics.setPaint(ink(cell.value()));
        graphics.drawString(text, (float) (at.getCenterX() - wide / 2), (float) (at.getCenterY() + 0.36 * SMALL));
    }

    private Color ink(double value) {
        return scale.shade(value) > BRIGHT ? DARK_INK : LIGHT_INK;
    }

    /** With as many digits as tell the values of one map apart. */
    private String number(double value) {
        double span = scale.to() - scale.from();
        if (span > 0 && span <= 100 && Math.abs(value) < 1000) {
            int digits = span > 10 ? 1 : span > 0.5 ? 2 : 3;
            return String.format(java.util.Locale.ROOT, "%." + digits + "f", value);
        }
        return new AxisNumbers().format(value);
    }

    /** Around every region of good cells, on the edges between a good cell and one that is not. */
    private void drawOutline(Graphics2D graphics, Rectangle2D area) {
        Path2D outline = new Path2D.Double();
        for (HeatMap.Place place : map.places()) {
            if (!map.isGood(place)) {
                continue;
            }
            Rectangle2D at = cell(area, place);
            edge(outline, place, -1, 0, at.getX(), at.getY(), at.getX(), at.getMaxY());
            edge(outline, place, 1, 0, at.getMaxX(), at.getY(), at.getMaxX(), at.getMaxY());
            edge(outline, place, 0, 1, at.getX(), at.getY(), at.getMaxX(), at.getY());
            edge(outline, place, 0, -1, at.getX(), at.getMaxY(), at.getMaxX(), at.getMaxY());
        }
        both(graphics, outline, 5f, 2.4f, null);
    }

    private void edge(
            Path2D outline, HeatMap.Place place, int right, int up, double x0, double y0, double x1, double y1) {
        HeatMap.Place next = new HeatMap.Place(place.column() + right, place.row() + up);
        boolean inside = next.column() >= 0
                && next.column() < columns()
                && next.row() >= 0
                && next.row() < map.rows().size();
        if (!inside || !map.isGood(next)) {
            outline.moveTo(x0, y0);
            outline.lineTo(x1, y1);
        }
    }

    private void drawRidge(Graphics2D graphics, Rectangle2D area) {
        Path2D line = new Path2D.Double();
        List<HeatMap.Place> ridge = map.ridge();
        for (HeatMap.Place place : ridge) {
            // Above the middle, where the value stands.
            Rectangle2D at = cell(area, place);
            double y = at.getY() + at.getHeight() * 0.2;
            if (place.equals(ridge.get(0))) {
                line.moveTo(at.getCenterX(), y);
            } else {
                line.lineTo(at.getCenterX(), y);
            }
        }
        if (ridge.size() > 1) {
            both(graphics, line, 3.4f, 1.6f, new float[] {6, 4});
        }
        for (HeatMap.Place place : ridge) {
            Rectangle2D at = cell(area, place);
            Ellipse2D dot = new Ellipse2D.Double(at.getCenterX() - 3.5, at.getY() + at.getHeight() * 0.2 - 3.5, 7, 7);
            graphics.setPaint(DARK_INK);
            graphics.fill(new Ellipse2D.Double(dot.getX() - 1, dot.getY() - 1, 9, 9));
            graphics.setPaint(LIGHT_INK);
            graphics.fill(dot);
        }
    }

    private static void drawRing(Graphics2D graphics, Rectangle2D at) {
        double wide = Math.min(RING_WIDTH, at.getWidth() - 8);
        double high = Math.max(6, Math.min(RING_HEIGHT, 0.6 * at.getHeight() - 8)); // below the ridge's dot
        both(
                graphics,
                new Ellipse2D.Double(at.getCenterX() - wide / 2, at.getCenterY() - high / 2, wide, high),
                4f,
                2f,
                null);
    }

    /** A bright line in a dark one: visible on every colour. */
    private static void both(
            Graphics2D graphics,
            Shape shape,
            float dark,
            float bright,
            float @org.jspecify.annotations.Nullable [] dash) {
        graphics.setPaint(DARK_INK);
        graphics.setStroke(new BasicStroke(dark, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(shape);
        graphics.setPaint(LIGHT_INK);
        graphics.setStroke(
                dash == null
                        ? new BasicStroke(bright, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                        : new BasicStroke(bright, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0f));
        graphics.draw(shape);
    }

    /** What the marks mean, above the cells, and what the colours do, beside the title. */
    private void drawKey(Graphics2D graphics, Rectangle2D area) {
        Font font = fonts.regular(SMALL);
        graphics.setFont(font);
        graphics.setPaint(new Color(theme.faint()));
        double line = MARGIN + TITLE_HEIGHT + SMALL;
        for (String words : keyLines()) {
            graphics.drawString(words, (float) MARGIN, (float) line);
            line += KEY_LINE;
        }
        if (scale.isEmpty()) {
            return;
        }
        double base = MARGIN + TITLE;
        boolean falling = map.better() == HeatMap.Better.LOWER;
        String right = number(falling ? scale.from() : scale.to()) + (map.unit().isEmpty() ? "" : " " + map.unit());
        String left = number(falling ? scale.to() : scale.from());
        double end = Math.rint(area.getMaxX() - width(right, font) - 6);
        graphics.drawString(right, (float) (end + 6), (float) base);
        graphics.drawString(left, (float) (end - KEY_WIDTH - width(left, font) - 6), (float) base);
        for (int i = 0; i < KEY_WIDTH; i++) {
            graphics.setPaint(HeatPainter.shade(i / (KEY_WIDTH - 1)));
            graphics.fill(new Rectangle2D.Double(end - KEY_WIDTH + i, base - KEY_BAR, 1, KEY_BAR));
        }
    }

    /** What the marks that are there mean, in as many lines as it takes. */
    private List<String> keyLines() {
        List<String> words = new ArrayList<>();
        if (map.best().isPresent()) {
            String unit = map.unit().isEmpty() ? "" : map.unit().equals("%") ? " point" : " " + map.unit();
            words.add("ring: best");
            words.add("outline: within " + new AxisNumbers().format(map.within()) + unit + " of it");
            if (map.ridge().size() > 1) {
                words.add("dots: best of each column");
            }
        } else if (map.hasValues()) {
            words.add("brighter: larger");
        }
        if (scale.byLogarithm()) {
            words.add("colours by the logarithm");
        }
        if (has(HeatMap.State.DIVERGED)) {
            words.add("hatched: diverged");
        }
        if (has(HeatMap.State.MISSING)) {
            words.add("empty: not there");
        }
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String next : words) {
            String longer = line.isEmpty() ? next : line + "; " + next;
            if (!line.isEmpty() && width(longer, fonts.regular(SMALL)) > width - 2 * MARGIN) {
                lines.add(line + ";");
                longer = next;
            }
            line = longer;
        }
        lines.add(line);
        return lines;
    }

    private boolean has(HeatMap.State state) {
        return map.places().stream().anyMatch(place -> map.at(place).state() == state);
    }

    private void drawAxes(Graphics2D graphics, Rectangle2D area) {
        Font font = fonts.regular(TEXT);
        graphics.setFont(font);
        graphics.setPaint(new Color(theme.faint()));
        double free = Double.NEGATIVE_INFINITY;
        for (int column = 0; column < columns(); column++) {
            String label = map.x().shown().get(column);
            double wide = width(label, font);
            double x = cell(area, new HeatMap.Place(column, 0)).getCenterX() - wide / 2;
            if (x > free) { // where there is no room for all, some are left out
                graphics.drawString(label, (float) x, (float) (area.getMaxY() + LABEL_HEIGHT - 3));
                free = x + wide + 6;
            }
        }
        double last = Double.POSITIVE_INFINITY;
        for (int row = 0; row < map.rows().size(); row++) {
            String label = map.y().shown().get(row);
            double y = cell(area, new HeatMap.Place(0, row)).getCenterY() + 0.36 * TEXT;
            if (y < last - TEXT) {
                graphics.drawString(label, (float) (area.getX() - 8 - width(label, font)), (float) y);
                last = y;
            }
        }
        graphics.setPaint(new Color(theme.text()));
        String name = map.x().name();
        graphics.drawString(name, (float) (area.getCenterX() - width(name, font) / 2), (float) (height - MARGIN));
        var upright = graphics.getTransform();
        graphics.translate(
                MARGIN + TEXT * 0.8, area.getCenterY() + width(map.y().name(), font) / 2);
        graphics.rotate(-Math.PI / 2);
        graphics.drawString(map.y().name(), 0f, 0f);
        graphics.setTransform(upright);
    }

    private static double width(String text, Font font) {
        return font.getStringBounds(text, new FontRenderContext(null, true, true))
                .getWidth();
    }
}
