package decaylab.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Where the charts of one picture stand, in logical pixels; what all of them say in small print is said once, below. */
final class ChartSheet {
    private static final int GAP = 12;
    private static final int MARGIN = 16;
    private static final float SMALL = 10f;
    private static final int LINE_HEIGHT = 14;

    private final List<Place> places = new ArrayList<>();
    private final List<String> footer;
    private final double width;
    private final double chartsHeight;
    private final Theme theme;
    private final Font font;

    /** A chart and its upper left corner. */
    record Place(ChartSpec chart, double x, double y) {}

    /**
     * @param charts at least one
     * @param width of each
     * @param height of each
     */
    ChartSheet(List<ChartSpec> charts, int width, int height, Fonts fonts) {
        int columns = charts.size() == 1 ? 1 : charts.size() <= 4 ? 2 : 3;
        int rows = (charts.size() + columns - 1) / columns;
        this.width = columns * (double) width + (columns - 1) * GAP;
        chartsHeight = rows * (double) height + (rows - 1) * GAP;
        theme = charts.get(0).theme();
        String common = charts.get(0).footer();
        font = fonts.regular(SMALL, common);
        boolean once = charts.size() > 1
                && !common.isEmpty()
                && charts.stream().allMatch(chart -> chart.footer().equals(common));
        footer = once ? lines(common, this.width - 2 * MARGIN) : List.of();
        for (int i = 0; i < charts.size(); i++) {
            ChartSpec chart = charts.get(i);
            int row = i / columns;
            int column = i % columns;
            places.add(new Place(
                    once ? chart.withFooter("") : chart,
                    (double) column * (width + GAP),
                    (double) row * (height + GAP)));
        }
    }

    List<Place> places() {
        return List.copyOf(places);
    }

    double width() {
        return width;
    }

    double height() {
        return chartsHeight + (footer.isEmpty() ? 0 : footer.size() * LINE_HEIGHT + MARGIN);
    }

    void drawBackground(Graphics2D graphics) {
        graphics.setPaint(new Color(theme.background()));
        graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
        graphics.setPaint(new Color(theme.faint()));
        graphics.setFont(font);
        for (int i = 0; i < footer.size(); i++) {
            graphics.drawString(footer.get(i), (float) MARGIN, (float) (chartsHeight + (i + 1) * LINE_HEIGHT));
        }
    }

    private List<String> lines(String text, double room) {
        FontRenderContext context = new FontRenderContext(null, true, true);
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && font.getStringBounds(longer, context).getWidth() > room) {
                lines.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        lines.add(line);
        return lines;
    }
}
