package decaylab.ui.chart;

import decaylab.chart.ChartPainter;
import decaylab.chart.ChartSpec;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/** Charts as still pictures, painted by any thread. */
public final class ChartPictures {
    private final ChartPainter painter = new ChartPainter();

    /**
     * A painted chart.
     *
     * @param width in device pixels
     * @param height in device pixels
     * @param pixels row after row, opaque
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    public record Picture(int width, int height, int[] pixels) {
        /** For the window. */
        public Image image() {
            WritableImage image = new WritableImage(width, height);
            image.getPixelWriter().setPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
            return image;
        }
    }

    /**
     * Paints.
     *
     * @param width in logical pixels
     * @param height in logical pixels
     * @param scale device pixels a logical pixel
     */
    public Picture paint(ChartSpec chart, int width, int height, double scale) {
        return picture(painter.paint(chart, width, height, scale, new ChartPainter.Slot())
                .image());
    }

    /** An image of whole numbers without opacity. */
    static Picture picture(BufferedImage image) {
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] |= 0xFF000000;
        }
        return new Picture(image.getWidth(), image.getHeight(), pixels);
    }
}
