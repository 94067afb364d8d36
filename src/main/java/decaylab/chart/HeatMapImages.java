package decaylab.chart;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jfree.svg.SVGGraphics2D;

/** Maps as pictures and files, several side by side in rows. */
public final class HeatMapImages {
    private static final int MOST_IN_A_ROW = 3;

    private final Fonts fonts = new Fonts();

    /**
     * One map.
     *
     * @param width in logical pixels
     * @param height in logical pixels
     * @param scale device pixels a logical pixel
     */
    public BufferedImage picture(HeatMap map, Theme theme, int width, int height, double scale) {
        return picture(List.of(map), theme, width, height, scale);
    }

    private BufferedImage picture(List<HeatMap> maps, Theme theme, int width, int height, double scale) {
        BufferedImage picture = new BufferedImage(
                (int) Math.round(columns(maps) * width * scale),
                (int) Math.round(rows(maps) * height * scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = ChartPainter.graphics(picture, scale);
        draw(graphics, maps, theme, width, height);
        graphics.dispose();
        return picture;
    }

    private static int columns(List<HeatMap> maps) {
        return maps.size() == 4 ? 2 : Math.min(MOST_IN_A_ROW, maps.size());
    }

    private static int rows(List<HeatMap> maps) {
        return (maps.size() + columns(maps) - 1) / columns(maps);
    }

    private void draw(Graphics2D graphics, List<HeatMap> maps, Theme theme, int width, int height) {
        int columns = columns(maps);
        graphics.setPaint(new java.awt.Color(theme.background()));
        graphics.fillRect(0, 0, columns * width, rows(maps) * height);
        for (int i = 0; i < maps.size(); i++) {
            int x = i % columns * width;
            int y = i / columns * height;
            graphics.translate(x, y);
            new HeatMapPainter(maps.get(i), theme, fonts, width, height).draw(graphics);
            graphics.translate(-x, -y);
        }
    }

    /** The cell at a point of a map's picture, in logical pixels; empty beside the cells. */
    public Optional<HeatMap.Place> at(HeatMap map, int width, int height, double x, double y) {
        return new HeatMapPainter(map, Theme.LIGHT, fonts, width, height).at(x, y);
    }

    /**
     * Writes maps as PNG, the whole file or none.
     *
     * @param maps at least one
     * @param width of each in logical pixels
     * @param height of each in logical pixels
     * @param scale device pixels a logical pixel
     * @throws decaylab.problem.BadInputException where the file cannot be written
     */
    public void png(List<HeatMap> maps, Theme theme, int width, int height, double scale, Path file) {
        PictureFile.png(picture(maps, theme, width, height, scale), file);
    }

    /**
     * Writes maps as SVG, the whole file or none.
     *
     * @throws decaylab.problem.BadInputException where the file cannot be written
     */
    public void svg(List<HeatMap> maps, Theme theme, int width, int height, Path file) {
        PictureFile.text(svg(maps, theme, width, height), file);
    }

    /** Maps as the text of an SVG image. */
    public String svg(List<HeatMap> maps, Theme theme, int width, int height) {
        SVGGraphics2D graphics = PictureFile.svg(columns(maps) * (double) width, rows(maps) * (double) height);
        draw(graphics, maps, theme, width, height);
        return graphics.getSVGDocument();
    }
}
