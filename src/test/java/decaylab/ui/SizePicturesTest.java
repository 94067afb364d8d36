package decaylab.ui;

import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizePicturesTest {
    @TempDir
    private Path folder;

    @Test
    void pictures() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720, false)) {
            OpenLab.onFx(() -> lab.window().session().play());
            save(lab, "tour1");
            OpenLab.waitUntil(() -> lab.rows() > 1200);
            save(lab, "tour3");
            OpenLab.onFx(() -> lab.window().session().pause());
            OpenLab.onFx(() -> lab.window().look().tourSeen().set(true));
            OpenLab.onFx(() -> ((javafx.scene.control.Button) lab.find("#tourEnd")).fire());
            save(lab, "plain");
            for (double f : new double[] {1.4, 2.0}) {
                OpenLab.onFx(() -> lab.window().look().textScale().set(f));
                save(lab, "size-" + f);
            }
            OpenLab.onFx(() -> lab.window().look().textScale().set(1));
            OpenLab.onFx(() -> lab.window().look().projector().set(true));
            save(lab, "projector");
            OpenLab.onFx(() -> lab.window().look().dark().set(true));
            save(lab, "projector-dark");
            OpenLab.onFx(() -> lab.window().look().projector().set(false));
            OpenLab.onFx(() -> lab.window().look().contrast().set(true));
            save(lab, "contrast-dark");
            OpenLab.onFx(() -> lab.window().look().dark().set(false));
            save(lab, "contrast-light");
        }
    }

    static void save(OpenLab lab, String name) throws Exception {
        long f = lab.window().board().frames();
        long t = System.nanoTime();
        OpenLab.waitUntil(() -> System.nanoTime() - t > 900_000_000L);
        WritableImage picture = lab.picture();
        int w = (int) picture.getWidth(), h = (int) picture.getHeight();
        BufferedImage copy = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
        PixelReader p = picture.getPixelReader();
        for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) copy.setRGB(x, y, p.getArgb(x, y));
        ImageIO.write(copy, "png", Path.of("/tmp/D", name + ".png").toFile());
    }
}
