package decaylab.chart;

import decaylab.problem.BadInputException;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.imageio.ImageIO;
import org.jfree.svg.SVGGraphics2D;

/** Charts as PNG and SVG files. */
public final class ChartImages {
    private static final long MOST_PIXELS = 100_000_000L;

    private final Fonts fonts = new Fonts();
    private final ChartPainter painter = new ChartPainter(fonts);

    /**
     * Writes one chart, or several side by side in rows, as PNG; the whole file or none.
     *
     * @param charts at least one
     * @param width of each chart in logical pixels
     * @param height of each chart in logical pixels
     * @param scale device pixels a logical pixel
     * @param file to write
     * @throws BadInputException where the file cannot be written, or the picture would be too large
     */
    public void png(List<ChartSpec> charts, int width, int height, double scale, Path file) {
        BufferedImage picture = picture(charts, width, height, scale);
        write(file, temporary -> {
            if (!ImageIO.write(picture, "png", temporary.toFile())) {
                throw new IOException("this Java runtime writes no PNG");
            }
        });
    }

    /**
     * Writes one chart, or several side by side in rows, as SVG with text that can be searched and edited; the whole file or
     * none.
     *
     * @param charts at least one
     * @param width of each chart in logical pixels
     * @param height of each chart in logical pixels
     * @param file to write
     * @throws BadInputException where the file cannot be written, or the picture would be too large
     */
    public void svg(List<ChartSpec> charts, int width, int height, Path file) {
        String document = document(charts, width, height);
        write(file, temporary -> Files.writeString(temporary, document, StandardCharsets.UTF_8));
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
        SVGGraphics2D graphics = new SVGGraphics2D(sheet.width(), sheet.height());
        graphics.setDefsKeyPrefix("decaylab-"); // by default the time of day, which makes every file another
        graphics.setFontFunction(ChartImages::families);
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

    /** Style of a text: a viewer that does not have the charts' font takes the next like it. Without quotes, which end it. */
    private static String families(String font) {
        return "Inter, Helvetica, Arial, sans-serif" + (font.contains("Semi") ? "; font-weight: 600" : "");
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

    private interface Content {
        void writeTo(Path temporary) throws IOException;
    }

    private static void write(Path file, Content content) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadInputException(
                    "There is no folder " + folder + "; make it, or choose another file than " + file + ".");
        }
        try {
            // Not a file for temporary use: that would be readable by its owner only, and so would what it becomes.
            Path temporary = file.resolveSibling("." + file.getFileName() + ".writing");
            try {
                content.writeTo(temporary);
                move(temporary, file);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new BadInputException(
                    "The picture " + file + " cannot be written (" + e.getMessage() + "); choose another file.", e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
