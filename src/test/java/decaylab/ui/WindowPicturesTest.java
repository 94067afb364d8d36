package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.chart.ChartKind;
import decaylab.experiment.Constraint;
import decaylab.experiment.Field;
import decaylab.experiment.Instrument;
import decaylab.journal.JournalPage;
import decaylab.optim.DecayEntry;
import decaylab.study.Sweep;
import decaylab.study.SweepAxis;
import decaylab.train.RunState;
import decaylab.ui.designer.DesignerModel;
import decaylab.ui.run.MiddleView;
import decaylab.ui.weight.LossKind;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TabPane;
import javafx.scene.control.TitledPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Takes the pictures that people look at before a release: target/screenshots. */
class WindowPicturesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void aRunWithTwoSwitches(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
                lab.window().session().restartWithNewSeed();
            });
            OpenLab.onFx(() -> lab.window().session().play());
            OpenLab.waitUntil(() -> rows(lab) > 400);
            OpenLab.onFx(() -> press(lab, "#gateOff"));
            long off = rows(lab);
            OpenLab.waitUntil(() -> rows(lab) > off + 400);
            OpenLab.onFx(() -> press(lab, "#gateOn"));
            OpenLab.waitUntil(() -> rows(lab) > off + 900);
            OpenLab.onFx(() -> lab.window().session().pause());
            OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
            settle(lab);
            save(lab, "first-look-" + width);
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void predictionsExplanationsAndRaces(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> lab.window().session().limitSpeed(Double.POSITIVE_INFINITY));
            lab.train(400);
            OpenLab.onFx(() -> lab.window().predictions().ask(ChartKind.NORM, 0, 1600));
            OpenLab.waitUntil(() -> lab.window().predictions().drawing().get());
            OpenLab.onFx(() -> {
                for (int i = 0; i < 30; i++) {
                    lab.window().predictions().movePen(1, i < 8 ? 1 : i > 20 ? -1 : 0, false);
                }
            });
            settle(lab);
            save(lab, "predict-draw-" + width);
            OpenLab.onFx(() -> {
                lab.window().predictions().done();
                press(lab, "#gateOff");
            });
            OpenLab.waitUntil(() -> lab.window().predictions().outcome().get() != null);
            OpenLab.onFx(() -> lab.window().session().pause());
            OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
            OpenLab.onFx(() -> press(lab, "#gateOn"));
            lab.train(30);
            OpenLab.onFx(() -> lab.window().explanations().explain());
            settle(lab);
            save(lab, "predict-outcome-" + width);
            OpenLab.onFx(() -> {
                lab.window().predictions().drop();
                lab.window().explanations().dismiss();
                lab.window().designer().text(Field.STEPS).set("900");
                lab.window().races().start();
            });
            OpenLab.waitUntil(() -> !lab.window().races().verdict().get().isEmpty());
            settle(lab);
            save(lab, "race-" + width);
            OpenLab.onFx(() -> {
                lab.window().journal().author().set("Ada");
                lab.window().journal().notes().set("Early decay keeps the norm small.");
                lab.window().journal().open().set(true);
            });
            settle(lab);
            save(lab, "journal-" + width);
            new JournalPage()
                    .write(
                            OpenLab.onFx(() -> lab.window().journal().look()),
                            Path.of("target/screenshots/journal.html"));
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void whyTheNormMoves(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
                lab.window()
                        .board()
                        .kinds()
                        .setAll(
                                ChartKind.NORM,
                                ChartKind.BUDGET,
                                ChartKind.HEAT,
                                ChartKind.ROTATION,
                                ChartKind.SHARES,
                                ChartKind.INVARIANT_MEASURES);
                lab.window().instruments().chosen(Instrument.EQUILIBRIUM).set(true);
                lab.window().session().play();
            });
            OpenLab.waitUntil(() -> rows(lab) > 600);
            OpenLab.onFx(() -> press(lab, "#gateOff"));
            OpenLab.waitUntil(() -> rows(lab) > 1200);
            OpenLab.onFx(() -> press(lab, "#gateOn"));
            OpenLab.waitUntil(() -> rows(lab) > 2000);
            OpenLab.onFx(() -> lab.window().session().pause());
            OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
            settle(lab);
            save(lab, "why-" + width);
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void theUpdateLineByLine(int width, int height) throws Exception {
        Files.writeString(
                folder.resolve("words.txt"),
                "the quick brown fox jumps over the lazy dog; a Zebra, 1 Yak. ".repeat(300));
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
                lab.window().designer().loadPreset("adam-l2");
                lab.window().actions().startExperiment();
                lab.window().look().middle().set(MiddleView.BUFFERS);
                lab.window().session().play();
            });
            OpenLab.waitUntil(() -> rows(lab) > 300);
            OpenLab.onFx(() -> lab.window().buffers().compare());
            OpenLab.waitUntil(() -> rows(lab) > 900);
            OpenLab.onFx(() -> lab.window().session().pause());
            OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
            settle(lab);
            save(lab, "update-" + width);
            OpenLab.onFx(() -> {
                lab.window().designer().loadPreset("characters");
                lab.window().designer().text(Field.DATA_FOLDER).set(folder.toString());
                lab.window().designer().text(Field.NETWORK_WIDTHS).set("16");
                lab.window().designer().text(Field.DECAY_LAMBDA).set("0.3");
                lab.window().actions().startExperiment();
                lab.window().session().play();
            });
            OpenLab.waitUntil(() -> lab.window().buffers().parts().contains("Tokens, by frequency"));
            OpenLab.onFx(() -> {
                lab.window().buffers().part().set("Tokens, by frequency");
                lab.window().buffers().variant().set(DecayEntry.TWIN_BUFFERS);
            });
            OpenLab.waitUntil(() -> rows(lab) > 250);
            OpenLab.onFx(() -> lab.window().session().pause());
            OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
            OpenLab.waitUntil(() -> lab.window().buffers().rows().get() != null);
            settle(lab);
            save(lab, "tokens-" + width);
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void schedulesAndTheInside(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
                lab.window().instruments().chosen(Instrument.BUDGET).set(true);
                lab.window().session().play();
            });
            OpenLab.waitUntil(() -> rows(lab) > 1500);
            OpenLab.onFx(() -> {
                lab.window().session().pause();
                lab.window().look().middle().set(MiddleView.SCHEDULES);
            });
            OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
            settle(lab);
            save(lab, "schedules-" + width);
            OpenLab.onFx(() -> {
                lab.window().look().middle().set(MiddleView.INSIDE);
                lab.window().inspect().compareStep().set("100");
            });
            OpenLab.waitUntil(() -> lab.window().inspect().looks().get() != null
                    && lab.window().inspect().looks().get().then() != null);
            OpenLab.onFx(() -> {
                lab.window().inspect().rescale();
                lab.window().inspect().measure();
            });
            OpenLab.waitUntil(() -> lab.window().inspect().measurements().size() == 1);
            OpenLab.waitUntil(() -> lab.window().inspect().invariance().get().contains("shrank"));
            save(lab, "inside-" + width);
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void studies(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().studies().open().set(true);
                lab.window().studies().seeds().set(2);
            });
            OpenLab.onFx(() -> lab.window().studies().start());
            OpenLab.onFx(
                    () -> lab.<TabPane>as(".studies #tabs").getSelectionModel().select(1));
            OpenLab.waitUntil(() -> lab.window().studies().progress().get() > 0.6);
            settle(lab);
            save(lab, "study-under-way-" + width);
            OpenLab.waitUntil(() -> lab.window().studies().findings().get() != null);
            settle(lab);
            for (int tab = 0; tab < 4; tab++) {
                int number = tab;
                OpenLab.onFx(() ->
                        lab.<TabPane>as(".studies #tabs").getSelectionModel().select(number));
                settle(lab);
                save(lab, "study-" + tab + "-" + width);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void sweepsAndMaps(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().designer().loadPreset("adamw");
                lab.window().designer().text(Field.STEPS).set("100");
                lab.window().studies().open().set(true);
                lab.window().sweeps().begin();
                lab.window().sweeps().lines().get(1).values().set("0.1, much");
            });
            save(lab, "sweep-form-" + width);
            Sweep sweep = new Sweep(
                    "pictured",
                    OpenLab.onFx(() -> lab.window().designer().experiment().get()),
                    Stream.of(
                                    "optimizer.learningRate=3e-4,1e-3,3e-3,1e-2,3e-2",
                                    "decay.lambda=1e-3,1e-2,1e-1,1,10",
                                    "decay.entry=l2,separate")
                            .map(SweepAxis::parse)
                            .toList(),
                    null);
            OpenLab.onFx(() -> lab.window().studies().start(sweep, folder.resolve("pictured"), 1));
            OpenLab.waitUntil(() -> lab.window().studies().progress().get() > 0.5
                    && lab.window().maps().shown().get() != null);
            settle(lab);
            save(lab, "maps-under-way-" + width);
            OpenLab.waitUntil(() -> lab.window().studies().findings().get() != null);
            OpenLab.onFx(() -> {
                lab.window().maps().move(0, 0);
                lab.window().maps().move(1, -1);
                lab.find(".map-board").requestFocus();
            });
            settle(lab);
            save(lab, "maps-" + width);
        }
    }

    /** The environments while they are learned, and the best policy. */
    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void environments(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().look().middle().set(MiddleView.ENVIRONMENT);
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
            });
            settle(lab);
            save(lab, "environment-none-" + width);
            for (String preset : new String[] {"grid-world", "cart-pole"}) {
                OpenLab.onFx(() -> {
                    lab.window().designer().loadPreset(preset);
                    lab.window().actions().startExperiment();
                });
                OpenLab.waitUntil(() -> rows(lab) > 1500);
                OpenLab.onFx(() -> lab.window().session().pause());
                OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
                settle(lab);
                save(lab, "environment-" + preset + "-" + width);
                OpenLab.onFx(() -> lab.window().world().showingBest().set(true));
                OpenLab.waitUntil(() -> lab.window().world().caption().get().startsWith("Best policy"));
                save(lab, "environment-best-" + preset + "-" + width);
                OpenLab.onFx(() -> lab.window().world().showingBest().set(false));
            }
            OpenLab.onFx(() -> lab.window().look().middle().set(MiddleView.CHARTS));
            settle(lab);
            save(lab, "environment-charts-" + width);
        }
    }

    /** The weights beside what carries the error, early and aligned. */
    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void feedback(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
                lab.window().designer().loadPreset("kolen-pollack");
                lab.window().actions().startExperiment();
                lab.window().look().middle().set(MiddleView.FEEDBACK);
            });
            OpenLab.waitUntil(() -> rows(lab) > 5);
            OpenLab.onFx(() -> lab.window().session().pause());
            settle(lab);
            save(lab, "feedback-early-" + width);
            OpenLab.onFx(() -> lab.window().session().play());
            OpenLab.waitUntil(() -> rows(lab) > 500);
            OpenLab.onFx(() -> press(lab, "#gateOff"));
            OpenLab.waitUntil(() -> lab.state() == RunState.FINISHED);
            settle(lab);
            save(lab, "feedback-" + width);
            OpenLab.onFx(() -> lab.window().feedback().layer().set("output"));
            settle(lab);
            save(lab, "feedback-output-" + width);
            OpenLab.onFx(() -> lab.window().look().middle().set(MiddleView.CHARTS));
            settle(lab);
            save(lab, "feedback-charts-" + width);
        }
    }

    /** Synthetic gradients: who works when, and the layers' dissimilarities beside those of back-propagation. */
    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void syntheticGradients(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> lab.window().session().limitSpeed(Double.POSITIVE_INFINITY));
            for (String at : new String[] {"none", "every"}) {
                OpenLab.onFx(() -> {
                    lab.window().designer().loadPreset("synthetic-gradients");
                    lab.window().designer().text(Field.SYNTHETIC_AT).set(at);
                    lab.window().actions().startExperiment();
                });
                OpenLab.waitUntil(() -> lab.state() == RunState.FINISHED && rows(lab) == 900);
            }
            OpenLab.onFx(() -> lab.window().look().middle().set(MiddleView.SYNTHETIC));
            OpenLab.waitUntil(() -> lab.window().synthetic().hasPictures());
            settle(lab);
            save(lab, "synthetic-every-" + width);
            OpenLab.onFx(() -> {
                lab.window().designer().loadPreset("synthetic-unlocked");
                lab.window().actions().startExperiment();
            });
            OpenLab.waitUntil(() -> lab.state() == RunState.FINISHED && rows(lab) == 900);
            OpenLab.onFx(() -> lab.window().look().middle().set(MiddleView.SYNTHETIC));
            OpenLab.waitUntil(() -> lab.window().synthetic().hasPictures());
            settle(lab);
            save(lab, "synthetic-unlocked-" + width);
        }
    }

    /** A graph with its classes, and the charts of the mechanisms under K-FAC. */
    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void graphsAndMechanisms(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
                lab.window().designer().loadPreset("graph");
                lab.window().actions().startExperiment();
                lab.window().look().middle().set(MiddleView.GRAPH);
            });
            OpenLab.waitUntil(() -> lab.state() == RunState.FINISHED);
            settle(lab);
            save(lab, "graph-" + width);
            OpenLab.onFx(() -> {
                lab.window().designer().loadPreset("kfac");
                lab.window().actions().startExperiment();
                press(lab, "#mechanisms");
            });
            OpenLab.waitUntil(() -> lab.state() == RunState.FINISHED);
            settle(lab);
            save(lab, "mechanisms-" + width);
        }
    }

    /** Norms and bound: in the ball, let go of it, with decay, and in another ball. */
    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void capacity(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().look().middle().set(MiddleView.CAPACITY);
                lab.window().session().limitSpeed(400);
                lab.window().designer().loadPreset("capacity");
                lab.window().designer().text(Field.STEPS).set("2000");
                lab.window().actions().startExperiment();
            });
            OpenLab.waitUntil(() -> rows(lab) > 100);
            OpenLab.onFx(() -> lab.window().capacity().choose(Constraint.NONE));
            OpenLab.waitUntil(() -> rows(lab) > 300);
            OpenLab.onFx(() -> press(lab, "#gateOn"));
            OpenLab.waitUntil(() -> rows(lab) > 500);
            pauseAndSave(lab, "capacity-free-" + width);
            OpenLab.onFx(() -> {
                lab.window().capacity().choose(Constraint.L1_INF);
                lab.window().session().play();
            });
            long free = rows(lab);
            OpenLab.waitUntil(() -> rows(lab) > free + 100);
            pauseAndSave(lab, "capacity-ball-" + width);
        }
    }

    private static void pauseAndSave(OpenLab lab, String name) throws Exception {
        OpenLab.onFx(() -> lab.window().session().pause());
        OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
        settle(lab);
        save(lab, name);
    }

    /** What decay does to one weight, to two, and to weights whose length does not matter. */
    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void oneWeight(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> lab.window().look().middle().set(MiddleView.WEIGHT));
            for (LossKind kind : LossKind.values()) {
                OpenLab.onFx(() -> {
                    lab.window().weight().kind().set(kind);
                    for (int i = 0; i < 6; i++) {
                        lab.window().weight().step();
                    }
                });
                save(lab, "weight-" + kind.name().toLowerCase(Locale.ROOT) + "-" + width);
            }
            OpenLab.onFx(() -> {
                lab.window().weight().kind().set(LossKind.TWO);
                lab.window().weight().rate().set(1);
                for (int i = 0; i < 6; i++) {
                    lab.window().weight().step();
                }
            });
            save(lab, "weight-diverging-" + width);
        }
    }

    /** The form of images and stages, unfolded. */
    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void theFormOfAResidualNetwork(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().designer().loadPreset("cifar10-resnet8");
                lab.find(".designer").lookupAll(".section").forEach(section -> {
                    boolean shown = section.toString().contains("Data")
                            || section.toString().contains("Network");
                    ((TitledPane) section).setExpanded(shown);
                });
            });
            settle(lab);
            save(lab, "residual-form-" + width);
            OpenLab.onFx(() -> {
                ScrollPane scroll = (ScrollPane) lab.find(".designer").lookup(".scroll-pane");
                scroll.setVvalue(1);
            });
            settle(lab);
            save(lab, "residual-form-below-" + width);
        }
    }

    @Test
    void spirals() throws Exception {
        try (OpenLab lab = new OpenLab(folder, 1280, 720)) {
            OpenLab.onFx(() -> {
                DesignerModel designer = lab.window().designer();
                designer.text(Field.DATA_NAME).set("spirals");
                designer.text(Field.DATA_TRAIN_SIZE).set("600");
                designer.text(Field.DATA_LABEL_NOISE).set("0");
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
                lab.window().actions().startExperiment();
            });
            OpenLab.waitUntil(() -> rows(lab) > 800);
            OpenLab.onFx(() -> {
                lab.window().session().pause();
                lab.window().designer().text(Field.OPTIMIZER_MOMENTUM).set("1.5");
                lab.window().actions().openExperiment(folder.resolve("nowhere.yaml"));
            });
            OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
            settle(lab);
            save(lab, "spirals-1280");
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void aTranslation(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().designer().loadPreset("number-words");
                lab.window().designer().text(Field.DATA_TRAIN_SIZE).set("2000");
                lab.window().designer().text(Field.DATA_TEST_SIZE).set("50");
                lab.window().designer().text(Field.STEPS).set("110");
                lab.window().designer().text(Field.EVALUATE_EVERY).set("55");
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
                lab.window().actions().startExperiment();
            });
            OpenLab.waitUntil(() -> lab.state() == RunState.FINISHED);
            OpenLab.onFx(() -> lab.window().translation().word().set("viertausendsiebenundzwanzig"));
            OpenLab.waitUntil(() -> lab.window().translation().answer().get() != null
                    && lab.window().translation().answer().get().step() == 110
                    && lab.window()
                                    .translation()
                                    .answer()
                                    .get()
                                    .translation()
                                    .source()
                                    .size()
                            == 27);
            settle(lab);
            save(lab, "translation-" + width);
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 720", "1920, 1080"})
    void projectorHighContrastAndLargeWords(int width, int height) throws Exception {
        try (OpenLab lab = new OpenLab(folder, width, height)) {
            OpenLab.onFx(() -> {
                lab.window().session().limitSpeed(Double.POSITIVE_INFINITY);
                lab.window().session().play();
            });
            OpenLab.waitUntil(() -> rows(lab) > 300);
            OpenLab.onFx(() -> press(lab, "#gateOff"));
            OpenLab.waitUntil(() -> rows(lab) > 600);
            OpenLab.onFx(() -> lab.window().session().pause());
            OpenLab.waitUntil(() -> lab.state() == RunState.PAUSED);
            OpenLab.onFx(() -> lab.window().look().projector().set(true));
            settle(lab);
            save(lab, "projector-" + width);
            OpenLab.onFx(() -> {
                lab.window().look().projector().set(false);
                lab.window().look().contrast().set(true);
            });
            settle(lab);
            save(lab, "contrast-" + width);
            OpenLab.onFx(() -> {
                lab.window().look().contrast().set(false);
                lab.window().look().textScale().set(1.5);
            });
            settle(lab);
            save(lab, "large-words-" + width);
        }
    }

    private static void press(OpenLab lab, String button) {
        ((ToggleButton) lab.find(button)).fire();
    }

    private static long rows(OpenLab lab) {
        return lab.window().session().current().get().log().rows();
    }

    /** Waits until the charts have drawn everything: no frame came while the condition was looked at many times. */
    private static void settle(OpenLab lab) throws Exception {
        AtomicLong last = new AtomicLong(-1);
        AtomicInteger same = new AtomicInteger();
        OpenLab.waitUntil(() -> {
            long frames = lab.window().board().frames();
            same.set(frames == last.getAndSet(frames) ? same.get() + 1 : 0);
            return same.get() >= 40;
        });
    }

    /** In both themes. */
    private static void save(OpenLab lab, String name) throws Exception {
        write(lab, name + "-light");
        OpenLab.onFx(() -> lab.window().look().dark().set(true));
        settle(lab);
        write(lab, name + "-dark");
        OpenLab.onFx(() -> lab.window().look().dark().set(false));
    }

    private static void write(OpenLab lab, String name) throws Exception {
        WritableImage picture = lab.picture();
        int width = (int) picture.getWidth();
        int height = (int) picture.getHeight();
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        PixelReader pixels = picture.getPixelReader();
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int argb = pixels.getArgb(x, y);
                copy.setRGB(x, y, argb);
                colours.add(argb);
            }
        }
        Path file = Path.of("target", "screenshots", name + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(copy, "png", file.toFile());
        assertThat(colours).hasSizeGreaterThan(200);
    }
}
