package decaylab.chart;

import decaylab.problem.BadInputException;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.jfree.svg.SVGGraphics2D;
import org.jspecify.annotations.Nullable;

/** Charts as PNG and SVG files. */
public final class ChartImages {
    private static final long MOST_PIXELS = 100_000_000L;

    private final Fonts fonts = new Fonts();
    private final ChartPainter painter = new ChartPainter(fonts);

    /** Writes a PNG without a note, as {@link #png(List, int, int, double, String, Path)}. */
    public void png(List<ChartSpec> charts, int width, int height, double scale, Path file) {
        png(charts, width, height, scale, null, file);
    }

    /** Writes an SVG without a note, as {@link #svg(List, int, int, String, Path)}. */
    public void svg(List<ChartSpec> charts, int width, int height, Path file) {
        svg(charts, width, height, null, file);
    }

    /**
     * Writes one chart, or several side by side in rows, as PNG; the whole file or none.
     *
     * @param charts at least one
     * @param width of each chart in logical pixels
     * @param height of each chart in logical pixels
     * @param scale device pixels a logical pixel
     * @param note a text that the file carries along, for {@link PictureNote#of}; null for none
     * @param file to write
     * @throws BadInputException where the file cannot be written, or the picture would be too large
     */
    public void png(List<ChartSpec> charts, int width, int height, double scale, @Nullable String note, Path file) {
        PictureFile.png(picture(charts, width, height, scale), note, file);
    }

    /**
     * Writes one chart, or several side by side in rows, as SVG with text that can be searched and edited; the whole file or
     * none.
     *
     * @param charts at least one
     * @param width of each chart in logical pixels
     * @param height of each chart in logical pixels
     * @param note a text that the file carries along, for {@link PictureNote#of}; null for none
     * @param file to write
     * @throws BadInputException where the file cannot be written, or the picture would be too large
     */
    public void svg(List<ChartSpec> charts, int width, int height, @Nullable String note, Path file) {
        String document = document(charts, width, height);
        PictureFile.text(note == null ? document : PictureNote.put(note, document), file);
    }

    /**
     * One chart as the text of an SVG image.
     *
     * @param width in logical pixels
     * @param height in logical pixels
     */
    public String svg(ChartSpec chart, int width, int height) {
        return document(List.of(chart), width, height);
    }

    /** The picture itself. */
    public BufferedImage picture(List<ChartSpec> charts, int width, int height, double scale) {
        ChartSheet sheet = sheet(charts, width, height, scale);
        BufferedImage picture = new BufferedImage(
                (int) Math.round(sheet.width() * scale),
                (int) Math.round(sheet.height() * scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = ChartPainter.graphics(picture, scale);
        sheet.drawBackground(graphics);
        AffineTransform logical = graphics.getTransform();
        for (ChartSheet.Place place : sheet.places()) {
            BufferedImage chart = painter.paint(place.chart(), width, height, scale, new ChartPainter.Slot())
                    .image();
            graphics.setTransform(new AffineTransform()); // pixel by pixel
            graphics.drawImage(chart, (int) Math.round(place.x() * scale), (int) Math.round(place.y() * scale), null);
            graphics.setTransform(logical);
        }
        graphics.dispose();
        return picture;
    }

    private String document(List<ChartSpec> charts, int width, int height) {
        ChartSheet sheet = sheet(charts, width, height, 1);
        SVGGraphics2D graphics = PictureFile.svg(sheet.width(), sheet.height());
        sheet.drawBackground(graphics);
        for (ChartSheet.Place place : sheet.places()) {
            graphics.translate(place.x(), place.y());
            ValueScale values = ValueScale.of(place.chart());
            ChartFrame frame = new ChartFrame(place.chart(), values, width, height, fonts);
            var area = frame.drawBelow(graphics);
            if (place.chart().style() == ChartSpec.Style.HEAT) {
                new HeatPainter(place.chart(), area, frame.roomForMarks(), fonts).draw(graphics);
            } else {
                new ChartVectors(place.chart(), values, area).draw(graphics);
            }
            frame.drawAbove(graphics, area);
            graphics.translate(-place.x(), -place.y());
        }
        return graphics.getSVGDocument();
    }

    private ChartSheet sheet(List<ChartSpec> charts, int width, int height, double scale) {
        if (charts.isEmpty()) {
            throw new IllegalArgumentException("no charts");
        }
        ChartSheet sheet = new ChartSheet(charts, width, height, fonts);
        if (width < 100 || height < 80 || !(sheet.width() * sheet.height() * scale * scale <= MOST_PIXELS)) {
            throw new BadInputException("A picture of " + width + " x " + height + " at scale " + scale
                    + " cannot be made; use at least 100 x 80 and at most 100 million pixels in all.");
        }
        return sheet;
    }
}
