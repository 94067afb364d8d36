package decaylab.ui;
import java.nio.file.Path;
import javafx.scene.layout.*;
import javafx.scene.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
class DebugTest {
    @TempDir Path folder;
    @Test void d() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            for (double f : new double[] {1.4}) {
            OpenLab.onFx(() -> lab.window().look().textScale().set(f));
            long t = System.nanoTime();
            OpenLab.waitUntil(() -> System.nanoTime() - t > 900_000_000L);
            for (int k = 0; k < 2; k++) { int kk = k;
            OpenLab.onFx(() -> {
                System.err.println("==== " + f);
                if (kk == 1) { lab.stage().getScene().getRoot().layout(); }
                Region c = (Region) lab.find(".controls");
                System.err.println("controls " + c.getWidth() + "x" + c.getHeight() + " min " + c.minHeight(914) + " pref " + c.prefHeight(914)+ " bias "+c.getContentBias()+" minw "+c.minWidth(-1));
                VBox v = (VBox) c.getParent();
                System.err.println("vbox " + v.getWidth() + "x" + v.getHeight() + " min " + v.minHeight(914) + " minw "+v.minWidth(-1)+" bias " + v.getContentBias());
                for (Node n : v.getChildren()) System.err.println(" " + n + " " + n.minHeight(914) + " " + n.prefHeight(914)+" "+n.minWidth(-1)+" bias "+n.getContentBias());
                for (String q : new String[]{".split-pane",".middle",".views",".charts",".chart-tools",".board-place",".timeline-place",".designer",".side"}) { Region n = (Region) lab.find(q); System.err.println(q+" "+n.getBoundsInParent().getMinY()+" h "+n.getHeight()+" min "+n.minHeight(-1)+" pref "+n.prefHeight(-1)+" "+n.isManaged()+" "+n.getClass()); }
System.err.println(" scroll " + v.getParent().getLayoutBounds());
            }); } }
        }
    }
}
