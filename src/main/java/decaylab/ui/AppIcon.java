package decaylab.ui;

import decaylab.chart.LabIcon;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/** The lab's icon for the window. */
final class AppIcon {
    private static final int[] SIZES = {16, 32, 48, 64, 128};

    private AppIcon() {}

    /** The icon in the sizes that window systems ask for. */
    static List<Image> sizes() {
        return IntStream.of(SIZES).mapToObj(AppIcon::draw).toList();
    }

    /** The icon at a size in pixels. */
    static Image draw(int size) {
        WritableImage image = new WritableImage(size, size);
        image.getPixelWriter()
                .setPixels(0, 0, size, size, PixelFormat.getIntArgbInstance(), LabIcon.argb(size), 0, size);
        return image;
    }
}
