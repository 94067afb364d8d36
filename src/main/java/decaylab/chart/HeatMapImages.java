package decaylab.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jfree.svg.SVGGraphics2D;

/** Maps of one figure as pictures and files, several side by side in rows with one scale of colours. */
public final class HeatMapImages {
    private static final int MOST_IN_A_ROW = 3;

    private final Fonts fonts = new Fonts();

    /**
     * One map.
     *
     * @param colours of it, and of those that it is compared with
     * @param width in logical pixels
     * @param height in logical pixels
     * @param scale device pixels a logical pixel
     */
    public BufferedImage picture(HeatMap map, HeatMapScale colours, Theme theme, int width, int height, double scale) {
        BufferedImage picture = new BufferedImage(
                (int) Math.round(width * scale), (int) Math.round(height * scale), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = ChartPainter.graphics(picture, scale);
        new HeatMapPainter(map, colours, theme, fonts, width, height).draw(graphics);
        graphics.dispose();
        return picture;
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
        HeatMapScale scale = HeatMapScale.of(maps);
        for (int i = 0; i < maps.size(); i++) {
            int x = i % columns * width;
            int y = i / columns * height;
            graphics.translate(x, y);
            new HeatMapPainter(maps.get(i), scale, theme, fonts, width, height).draw(graphics);
            graphics.translate(-x, -y);
        }
    }

    /** The cell at a point of a map's picture, in logical pixels; empty beside the cells. */
    public Optional<HeatMap.Place> at(HeatMap map, HeatMapScale colours, int width, int height, double x, double y) {
        return painter(map, colours, width, height).at(x, y);
    }

    /** Where a cell is in a map's picture, in logical pixels. */
    public Rectangle2D cell(HeatMap map, HeatMapScale colours, int width, int height, HeatMap.Place place) {
        return painter(map, colours, width, height).cell(place);
    }

    private HeatMapPainter painter(HeatMap map, HeatMapScale colours, int width, int height) {
        return new HeatMapPainter(map, colours, Theme.LIGHT, fonts, width, height);
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
        PictureFile.png(picture(maps, theme, width, height, scale), null, file);
    }

    /**
     * Writes maps as SVG, the whole file or none.
     *
     * @throws decaylab.problem.BadInputException where the file cannot be written
     */
    public void svg(List<HeatMap> maps, Theme theme, int width, int height, Path file) {
        PictureFile.text(svg(maps, theme, width, height), file);
    }

    private String svg(List<HeatMap> maps, Theme theme, int width, int height) {
        SVGGraphics2D graphics = PictureFile.svg(columns(maps) * (double) width, rows(maps) * (double) height);
        draw(graphics, maps, theme, width, height);
        return graphics.getSVGDocument();
    }

    /**
     * One map as the text of an SVG image.
     *
     * @param colours of it, and of those that it is compared with
     */
    public String svg(HeatMap map, HeatMapScale colours, Theme theme, int width, int height) {
        SVGGraphics2D graphics = PictureFile.svg(width, height);
        new HeatMapPainter(map, colours, theme, fonts, width, height).draw(graphics);
        return graphics.getSVGDocument();
    }
}
