package decaylab.ui.run;

import decaylab.chart.ChartComposer;
import decaylab.chart.ChartImages;
import decaylab.chart.ChartKind;
import decaylab.chart.ChartSpec;
import decaylab.chart.Theme;
import decaylab.instrument.QuantityTexts;
import decaylab.store.Provenance;
import decaylab.train.Intervention;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import decaylab.ui.chart.ChartRun;
import decaylab.ui.chart.ChartSources;
import decaylab.ui.chart.MarkWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** What to export as a picture, and how large: one chart of the board, or all of them side by side. */
public final class ExportModel {
    private static final int LEAST = 100;
    private static final int MOST = 20_000;

    private final ChartBoard board;
    private final QuantityTexts quantities;
    private final Texts texts;
    private final ObjectProperty<@Nullable ChartKind> chart = new SimpleObjectProperty<>();
    private final StringProperty width = new SimpleStringProperty("960");
    private final StringProperty height = new SimpleStringProperty("600");
    private final DoubleProperty scale = new SimpleDoubleProperty(2);
    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.LIGHT);
    private final StringBinding problem = Bindings.createStringBinding(this::judge, width, height, scale);
    private final BooleanBinding good = problem.isEmpty();

    public ExportModel(ChartBoard board, QuantityTexts quantities, Texts texts) {
        this.board = board;
        this.quantities = quantities;
        this.texts = texts;
    }

    /** The chart; null for all that the board shows. */
    public ObjectProperty<@Nullable ChartKind> chart() {
        return chart;
    }

    /** Width of a chart, as text. */
    public StringProperty width() {
        return width;
    }

    /** Height of a chart, as text. */
    public StringProperty height() {
        return height;
    }

    /** Pixels of the file for each of the size. */
    public DoubleProperty scale() {
        return scale;
    }

    public ObjectProperty<Theme> theme() {
        return theme;
    }

    /** A sentence where the size cannot be used; empty where it can. */
    public StringBinding problem() {
        return problem;
    }

    /** Whether it can be exported as it stands. */
    public BooleanBinding good() {
        return good;
    }

    /** The charts to choose from. */
    public List<ChartKind> choices() {
        return List.copyOf(board.kinds());
    }

    /** Whether there is anything to export. */
    public boolean isEmpty() {
        return board.kinds().isEmpty()
                || board.runs().stream().allMatch(run -> run.log().rows() == 0);
    }

    /** A name for the file. */
    public String fileName() {
        ChartKind one = chart.get();
        return (one == null ? "charts" : one.main().column().replace('_', '-')) + ".png";
    }

    /** Writes the picture behind the window, as SVG where the file's name ends so; the notices say how it went. */
    public void write(Path file, BackgroundTasks tasks, Notices notices) {
        ChartKind one = chart.get();
        List<ChartKind> kinds = one == null ? choices() : List.of(one);
        List<ChartRun> runs = List.copyOf(board.runs()); // the current run uppermost
        List<Boolean> logarithmic =
                kinds.stream().map(kind -> board.logarithmic(kind).get()).toList();
        double smoothing = board.smoothing().get();
        boolean bands = board.bands().get();
        String layer = board.layer().get();
        int wide = Integer.parseInt(width.get().strip());
        int high = Integer.parseInt(height.get().strip());
        double factor = scale.get();
        Theme look = theme.get();
        tasks.run(
                () -> {
                    Provenance provenance = Provenance.of(runs.stream()
                            .map(run -> Provenance.RunOrigin.of(
                                    run.name(), run.experiment(), run.interventions(), run.log(), run.fingerprint()))
                            .toList());
                    List<ChartSpec> specs =
                            specs(kinds, runs, logarithmic, smoothing, bands, layer, provenance.caption(), look);
                    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
                        new ChartImages().svg(specs, wide, high, provenance.text(), file);
                    } else {
                        new ChartImages().png(specs, wide, high, factor, provenance.text(), file);
                    }
                    return file;
                },
                done -> notices.tell(texts.of("export.done", String.valueOf(done))),
                notices::warn);
    }

    private List<ChartSpec> specs(
            List<ChartKind> kinds,
            List<ChartRun> runs,
            List<Boolean> logarithmic,
            double smoothing,
            boolean bands,
            @Nullable String layer,
            String footer,
            Theme look) {
        ChartComposer composer = new ChartComposer(quantities);
        List<ChartComposer.Source> sources = new ChartSources(quantities).of(runs, bands);
        MarkWords words = new MarkWords(quantities);
        List<ChartSpec.Mark> marks = new ArrayList<>();
        for (ChartRun run : runs) {
            for (Intervention intervention : run.interventions()) {
                marks.add(new ChartSpec.Mark(intervention.step(), words.of(intervention)));
            }
        }
        List<ChartSpec> specs = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            specs.add(
                    composer.forFile(kinds.get(i), sources, layer, marks, footer, logarithmic.get(i), smoothing, look));
        }
        return specs;
    }

    private String judge() {
        return isGood(width.get()) && isGood(height.get())
                ? ""
                : texts.of("export.badSize", width.get(), height.get(), Numbers.count(LEAST), Numbers.count(MOST));
    }

    private boolean isGood(String side) {
        try {
            int pixels = Integer.parseInt(side.strip());
            return pixels >= LEAST && pixels * scale.get() <= MOST;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
