package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.chart.HeatMap.Place;
import decaylab.experiment.Field;
import decaylab.instrument.Quantity;
import decaylab.instrument.SampleLog;
import decaylab.study.Figures;
import decaylab.study.Sweep;
import decaylab.study.SweepAxis;
import decaylab.ui.designer.DesignerModel;
import decaylab.ui.run.RunEntry;
import decaylab.ui.study.MapBoard;
import decaylab.ui.study.MapsModel;
import decaylab.ui.study.MapsModel.Spot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps in the window: described, started, watched, stopped, gone on with, opened cell by cell. */
class SweepsWindowTest {
    private static final int STEPS = 600;

    private static final int COLUMNS = 4;
    private static final int ROWS = 3;
    private static final int WHITE = 0xFFFFFFFF;

    @TempDir
    private Path folder;

    private static void fire(OpenLab lab, String query) {
        OpenLab.onFx(() -> ((Button) lab.find(query)).fire());
    }

    private static String text(OpenLab lab, String query) {
        return OpenLab.onFx(() -> ((Label) lab.find(query)).getText());
    }

    private static boolean running(OpenLab lab) {
        return OpenLab.onFx(() -> lab.window().studies().running().get());
    }

    private static void write(OpenLab lab, String query, String text) {
        OpenLab.onFx(() -> {
            TextField field = lab.as(query);
            field.requestFocus();
            field.selectAll();
        });
        lab.robot().write(text);
    }

    /** Where a cell is on screen; its middle. */
    private static Point2D middle(OpenLab lab, Place place) {
        return OpenLab.onFx(() -> {
            MapBoard board = lab.as(".map-board");
            Rectangle2D cell = board.cell(new Spot(0, place)).orElseThrow();
            return board.localToScreen(cell.getMinX() + cell.getWidth() / 2, cell.getMinY() + cell.getHeight() / 2);
        });
    }

    /** The cells that have a colour, seen near their lower left corner, where there is no number and no mark. */
    private static List<Place> filled(OpenLab lab) {
        WritableImage picture = lab.picture();
        return OpenLab.onFx(() -> {
            MapBoard board = lab.as(".map-board");
            List<Place> filled = new ArrayList<>();
            for (int row = 0; row < ROWS; row++) {
                for (int column = 0; column < COLUMNS; column++) {
                    Place place = new Place(column, row);
                    Rectangle2D cell = board.cell(new Spot(0, place)).orElse(new Rectangle2D(0, 0, 0, 0));
                    Point2D at = board.localToScene(cell.getMinX() + 8, cell.getMaxY() - 8);
                    boolean seen = cell.getWidth() > 0
                            && picture.getPixelReader().getArgb((int) at.getX(), (int) at.getY()) != WHITE;
                    if (seen) {
                        filled.add(place);
                    }
                }
            }
            return filled;
        });
    }

    private static void describe(OpenLab lab) {
        OpenLab.onFx(() -> {
            DesignerModel designer = lab.window().designer();
            designer.loadPreset("adamw");
            designer.text(Field.NETWORK_WIDTHS)
                    .set("256"); // so slow that some cells are left when the sweep is stopped
            designer.text(Field.STEPS).set(Integer.toString(STEPS));
            designer.text(Field.EVALUATE_EVERY).set(Integer.toString(STEPS));
        });
        lab.robot()
                .press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.ENTER)
                .release(KeyCode.ENTER, KeyCode.SHIFT, KeyCode.CONTROL);
    }

    @Test
    void aSweepFillsItsMapAndItsCellsOpenRuns() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            describe(lab);
            OpenLab.waitUntil(() -> OpenLab.onFx(() -> lab.find(".sweep-form").isVisible()));
            write(lab, ".sweep-form #values1", "1e-3, oops");
            assertThat(text(lab, ".sweep-form #error1")).startsWith("optimizer.learningRate is 'oops'; it must be");
            assertThat(OpenLab.onFx(() -> lab.find(".sweep-form #start").isDisabled()))
                    .isTrue();
            write(lab, ".sweep-form #values1", "3e-4, 1e-3, 3e-3, 1e-2");
            write(lab, ".sweep-form #values2", "0.1, 1, 10");
            write(lab, ".sweep-form #name", "by-hand");
            assertThat(text(lab, ".sweep-form #summary")).startsWith("12 combinations, 12 runs.");
            OpenLab.onFx(() -> lab.window().studies().workers().set(1));
            lab.robot().type(KeyCode.ENTER);

            OpenLab.waitUntil(() -> filled(lab).size() >= 2);
            fire(lab, ".studies #start");
            OpenLab.waitUntil(() -> !running(lab));
            long kept = OpenLab.onFx(() -> lab.window().studies().run().get().cells().stream()
                    .filter(cell -> cell.result().isPresent())
                    .count());
            assertThat(kept).isBetween(2L, 11L);
            OpenLab.waitUntil(() -> filled(lab).size() == kept);

            fire(lab, ".studies #start");
            OpenLab.waitUntil(() -> filled(lab).size() == COLUMNS * ROWS);
            OpenLab.waitUntil(() -> !running(lab));
            Path place = folder.resolve("lab/sweeps/by-hand");
            assertThat(place.resolve("table.csv")).exists();

            for (String name : List.of("map.png", "map.svg")) {
                lab.files().answer(folder.resolve(name));
                fire(lab, ".maps #picture");
                OpenLab.waitUntil(() -> Files.exists(folder.resolve(name)));
            }
            lab.files().answer(folder.resolve("map.csv"));
            fire(lab, ".maps #table");
            OpenLab.waitUntil(() -> Files.exists(folder.resolve("map.csv")));
            assertThat(folder.resolve("map.csv")).hasSameTextualContentAs(place.resolve("table.csv"));

            lab.robot().moveTo(middle(lab, new Place(1, 2)));
            assertThat(text(lab, ".maps #words"))
                    .startsWith("optimizer.learningRate 0.001, decay.lambda 10: Test accuracy ");
            OpenLab.onFx(() -> {
                lab.window().maps().focus().set(new Spot(0, new Place(3, 0)));
                lab.find(".map-board").requestFocus();
            });
            lab.robot().type(KeyCode.LEFT, KeyCode.UP, KeyCode.ENTER);
            ranTo(lab, "learningRate 0.003, lambda 1, seed 1", "learningRate 0.003, lambda 1");

            lab.robot().press(KeyCode.ALT, KeyCode.DIGIT4).release(KeyCode.DIGIT4, KeyCode.ALT);
            OpenLab.waitUntil(() -> OpenLab.onFx(() -> lab.find(".studies").isVisible()));
            lab.robot().clickOn(middle(lab, new Place(0, 1)));
            ranTo(lab, "learningRate 3e-4, lambda 1, seed 1", "learningRate 3e-4, lambda 1");
        }
    }

    /** The run is in the list, goes to its end, and ends with what its cell shows. */
    private static void ranTo(OpenLab lab, String name, String arm) throws Exception {
        OpenLab.waitUntil(() -> OpenLab.onFx(() -> !lab.find(".studies").isVisible()));
        RunEntry run = OpenLab.onFx(() -> lab.window().session().current().get());
        assertThat(run.name()).isEqualTo(name);
        assertThat(lab.window().session().runs()).contains(run);
        assertThat(OpenLab.onFx(() -> lab.window().designer().experiment().get()))
                .isEqualTo(run.experiment());
        OpenLab.waitUntil(() -> run.log().rows() == STEPS);
        SampleLog log = run.log();
        Figures figures = OpenLab.onFx(() -> lab.window().studies().run().get().figures());
        OpenLab.waitUntil(() -> !Double.isNaN(log.value(Quantity.TEST_LOSS, 599)));
        assertThat(log.value(Quantity.TEST_LOSS, 599)).isEqualTo(figures.mean(arm, "test_loss"));
    }

    @Test
    void sweepsOfEarlierDaysAreListedOpenedFromAnywhereAndComparedMapByMap() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            OpenLab.onFx(() -> {
                lab.window().designer().loadPreset("adamw");
                lab.window().designer().text(Field.NETWORK_WIDTHS).set("16");
                lab.window().designer().text(Field.STEPS).set("20");
                Sweep sweep = new Sweep(
                        "early",
                        lab.window().designer().experiment().get(),
                        Stream.of("optimizer.learningRate=1e-3,1e-2", "decay.lambda=1,10", "decay.entry=l2,decoupled")
                                .map(SweepAxis::parse)
                                .toList(),
                        null);
                lab.window().studies().start(sweep, folder.resolve("lab/sweeps/early"), 1);
            });
            OpenLab.waitUntil(() -> !running(lab));
        }
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            OpenLab.onFx(() -> lab.window().studies().open().set(true));
            OpenLab.waitUntil(() -> first(lab).equals("sweep-early"));
            Files.move(folder.resolve("lab/sweeps/early"), elsewhere);
            lab.files().answer(elsewhere);
            fire(lab, ".studies #openSweep");
            OpenLab.waitUntil(
                    () -> OpenLab.onFx(() -> lab.window().studies().findings().get() != null));
            assertThat(text(lab, ".studies #estimate")).isEqualTo("All 8 runs are there.");
            OpenLab.waitUntil(() -> maps(lab).size() == 2);
            assertThat(chosen(lab, ".maps #first")).isEqualTo("entry l2");
            assertThat(chosen(lab, ".maps #second")).isEqualTo("entry decoupled");
            OpenLab.onFx(() -> lab.<ComboBox<Integer>>as(".maps #second").setValue(MapsModel.NONE));
            assertThat(maps(lab)).containsExactly("Test accuracy, entry l2");
            OpenLab.onFx(() -> lab.<ComboBox<Integer>>as(".maps #first").setValue(1));
            OpenLab.onFx(() -> lab.<ComboBox<String>>as(".maps #figure").setValue("norm"));
            assertThat(maps(lab)).containsExactly("Norm, entry decoupled");
        }
    }

    private static String first(OpenLab lab) {
        return OpenLab.onFx(() -> lab.window().studies().all().get(0).protocol().name());
    }

    private static List<String> maps(OpenLab lab) {
        return OpenLab.onFx(() -> {
            MapsModel.Shown shown = lab.window().maps().shown().get();
            return shown == null
                    ? List.of()
                    : shown.maps().stream().map(map -> map.map().title()).toList();
        });
    }

    /** What a box of choices says. */
    private static String chosen(OpenLab lab, String query) {
        return OpenLab.onFx(() -> {
            ComboBox<Integer> box = lab.as(query);
            return box.getConverter().toString(box.getValue());
        });
    }
}
