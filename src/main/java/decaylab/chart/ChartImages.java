package decaylab.chart;

import decaylab.problem.BadInputException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.imageio.ImageIO;

/** Charts as PNG files. */
public final class ChartImages {
    private static final int GAP = 12;
    private static final long MOST_PIXELS = 100_000_000L;

    private final ChartPainter painter = new ChartPainter();

    /**
     * Writes one chart, or several side by side in rows; the whole file or none.
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
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadInputException(
                    "There is no folder " + folder + "; make it, or choose another file than " + file + ".");
        }
        try {
            Path temporary = Files.createTempFile(folder, ".chart", ".png");
            try {
                ImageIO.write(picture, "png", temporary.toFile());
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

    /** The picture itself. */
    public BufferedImage picture(List<ChartSpec> charts, int width, int height, double scale) {
        if (charts.isEmpty()) {
            throw new IllegalArgumentException("no charts");
        }
        int columns = charts.size() == 1 ? 1 : charts.size() <= 4 ? 2 : 3;
        int rows = (charts.size() + columns - 1) / columns;
        double pixelWidth = (columns * (double) width + (columns - 1) * GAP) * scale;
        double pixelHeight = (rows * (double) height + (rows - 1) * GAP) * scale;
        if (width < 100 || height < 80 || !(pixelWidth * pixelHeight <= MOST_PIXELS)) {
            throw new BadInputException("A picture of " + width + " x " + height + " at scale " + scale
                    + " cannot be made; use at least 100 x 80 and at most 100 million pixels in all.");
        }
        BufferedImage picture = new BufferedImage(
                (int) Math.round(pixelWidth), (int) Math.round(pixelHeight), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(charts.get(0).theme().background()));
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        for (int i = 0; i < charts.size(); i++) {
            BufferedImage chart = painter.paint(charts.get(i), width, height, scale, new ChartPainter.Slot())
                    .image();
            graphics.drawImage(
                    chart,
                    (int) Math.round(i % columns * (width + GAP) * scale),
                    (int) Math.round(i / columns * (height + GAP) * scale),
                    null);
        }
        graphics.dispose();
        return picture;
    }
}
