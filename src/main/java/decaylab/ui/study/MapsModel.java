package decaylab.ui.study;

import decaylab.chart.HeatMap;
import decaylab.chart.HeatMapScale;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.study.ArmMap;
import decaylab.study.CellResult;
import decaylab.study.CellRun;
import decaylab.study.Study;
import decaylab.study.StudyRun;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The maps of the study that is shown: which figure, which one or two of its maps, and the cell that is looked at. */
public final class MapsModel {
    /** The choice of no second map. */
    public static final int NONE = -1;

    private static final long INTERVAL_NANOS = 500_000_000L;
    private static final int DIGITS = 5;

    private final StudiesModel studies;
    private final CellActions actions;
    private final QuantityTexts quantities;
    private final Texts texts;
    private final ObservableList<String> figures = FXCollections.observableArrayList();
    private final ObservableList<String> titles = FXCollections.observableArrayList();
    private final ObservableList<Integer> seeds = FXCollections.observableArrayList();
    /** Kept, since it listens only as long as somebody holds it. */
    private final ObservableList<String> titlesToRead = FXCollections.unmodifiableObservableList(titles);

    private final ObservableList<Integer> seedsToRead = FXCollections.unmodifiableObservableList(seeds);
    private final StringProperty figure = new SimpleStringProperty("");
    private final ObjectProperty<Integer> first = new SimpleObjectProperty<>(0);
    private final ObjectProperty<Integer> second = new SimpleObjectProperty<>(NONE);
    private final ObjectProperty<Integer> seed = new SimpleObjectProperty<>(1);
    private final ObjectProperty<@Nullable Spot> focus = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Spot> hovered = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable Shown> shown = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
    private @Nullable Look last;
    private long lastNanos;

    /**
     * One map, or two side by side.
     *
     * @param maps of one figure
     * @param colours that both share
     */
    public record Shown(List<ArmMap> maps, HeatMapScale colours) {
        public Shown {
            maps = List.copyOf(maps);
        }
    }

    /**
     * A cell on screen.
     *
     * @param side 0 for the first map, 1 for the second
     * @param place in it
     */
    public record Spot(int side, HeatMap.Place place) {}

    /** What the maps depend on. */
    private record Look(StudyRun run, int results, String figure, int first, int second) {}

    /**
     * @param studies which of them is shown
     * @param actions open a cell's run
     */
    public MapsModel(StudiesModel studies, CellActions actions, QuantityTexts quantities, Texts texts) {
        this.studies = studies;
        this.actions = actions;
        this.quantities = quantities;
        this.texts = texts;
        studies.chosen().addListener((observable, before, study) -> offer(study));
        studies.run().addListener((observable, before, run) -> {
            offerSeeds(run);
            refresh();
        });
        figure.addListener((observable, before, now) -> refresh());
        first.addListener((observable, before, now) -> refresh());
        second.addListener((observable, before, now) -> refresh());
        focus.addListener((observable, before, now) -> describe());
        hovered.addListener((observable, before, now) -> describe());
        describe();
    }

    /** Names of the figures that the study has maps of. */
    public ObservableList<String> figures() {
        return FXCollections.unmodifiableObservableList(figures);
    }

    /** A figure's name in words. */
    public String figureTitle(String name) {
        return Quantity.ofColumn(name)
                .map(quantity -> quantities.of(quantity).title())
                .orElse(name);
    }

    /** The figure that is shown; empty where the study has none. */
    public StringProperty figure() {
        return figure;
    }

    /** The maps of a figure in words, without the figure; empty for the only one. */
    public ObservableList<String> titles() {
        return titlesToRead;
    }

    /** Which map is shown, by its place in the titles. */
    public ObjectProperty<Integer> first() {
        return first;
    }

    /** Which map is shown beside it; {@link #NONE} for none. */
    public ObjectProperty<Integer> second() {
        return second;
    }

    /** The seeds of the study's runs. */
    public ObservableList<Integer> seeds() {
        return seedsToRead;
    }

    /** Which run of a cell is opened. */
    public ObjectProperty<Integer> seed() {
        return seed;
    }

    /** The cell that keys move; null before the first. */
    public ObjectProperty<@Nullable Spot> focus() {
        return focus;
    }

    /** The cell under the pointer; null beside the cells. */
    public ObjectProperty<@Nullable Spot> hovered() {
        return hovered;
    }

    /** The maps; null before there are any. */
    public ReadOnlyObjectProperty<@Nullable Shown> shown() {
        return shown.getReadOnlyProperty();
    }

    /** What there is to say of the cell that is looked at, or how to look at one. */
    public ReadOnlyStringProperty words() {
        return words.getReadOnlyProperty();
    }

    private void offer(Study study) {
        figure.set("");
        figures.setAll(study.mapped());
        titles.clear();
        first.set(0);
        second.set(NONE);
        figure.set(figures.isEmpty() ? "" : figures.get(0));
    }

    private void offerSeeds(@Nullable StudyRun run) {
        int count = run == null ? 1 : run.seeds();
        if (seeds.size() != count) {
            seeds.setAll(IntStream.rangeClosed(1, count).boxed().toList());
            seed.set(1);
        }
    }

    /** Once a frame while the maps are on screen: the cells that came in, at most twice a second. */
    public void pulse(long now) {
        if (now - lastNanos >= INTERVAL_NANOS) {
            lastNanos = now;
            refresh();
            if (focus.get() != null || hovered.get() != null) {
                describe(); // runs under way go on
            }
        }
    }

    private void refresh() {
        StudyRun run = studies.run().get();
        String name = figure.get();
        if (run == null || name.isEmpty() || run.study() != studies.chosen().get()) {
            last = null;
            shown.set(null);
            focus.set(null);
            hovered.set(null);
            return;
        }
        int results = (int)
                run.cells().stream().filter(cell -> cell.result().isPresent()).count();
        Look look = new Look(run, results, name, first.get(), second.get());
        if (look.equals(last)) {
            return;
        }
        last = look;
        List<ArmMap> maps = run.study().maps(run.figures(), name);
        if (titles.size() != maps.size()) {
            nameMaps(maps, name);
            return; // the choice of a second map comes back here
        }
        int one = Math.min(Math.max(0, first.get()), maps.size() - 1);
        int other = second.get();
        List<ArmMap> chosen = other == NONE || other >= maps.size() || other == one
                ? List.of(maps.get(one))
                : List.of(maps.get(one), maps.get(other));
        shown.set(new Shown(
                chosen, HeatMapScale.of(chosen.stream().map(ArmMap::map).toList())));
        keepInside(focus);
        keepInside(hovered);
        describe();
    }

    private void nameMaps(List<ArmMap> maps, String name) {
        String figureTitle = figureTitle(name);
        titles.setAll(maps.stream()
                .map(map -> map.map().title().replaceFirst("^\\Q" + figureTitle + "\\E(, )?", ""))
                .toList());
        last = null;
        second.set(maps.size() > 1 ? 1 : NONE);
        refresh();
    }

    private void keepInside(ObjectProperty<@Nullable Spot> spot) {
        Spot at = spot.get();
        if (at != null && map(at).isEmpty()) {
            spot.set(null);
        }
    }

    /** The map of a cell, where there is such a cell. */
    private Optional<ArmMap> map(Spot spot) {
        Shown now = shown.get();
        if (now == null || spot.side() >= now.maps().size()) {
            return Optional.empty();
        }
        ArmMap map = now.maps().get(spot.side());
        boolean inside = spot.place().row() < map.map().rows().size()
                && spot.place().column() < map.map().x().labels().size();
        return inside ? Optional.of(map) : Optional.empty();
    }

    /**
     * Moves the focus by cells, from one map into the other at their common side; to the best cell where there was none.
     *
     * @param right cells to the right
     * @param up cells upwards
     */
    public void move(int right, int up) {
        Shown now = shown.get();
        if (now == null) {
            return;
        }
        Spot at = focus.get();
        if (at == null) {
            focus.set(new Spot(0, now.maps().get(0).map().best().orElse(new HeatMap.Place(0, 0))));
            return;
        }
        int side = at.side();
        int column = at.place().column() + right;
        if (column < 0 && side > 0) {
            side--;
            column = columns(now, side) - 1;
        } else if (column >= columns(now, side) && side + 1 < now.maps().size()) {
            side++;
            column = 0;
        }
        int rows = now.maps().get(side).map().rows().size();
        focus.set(new Spot(
                side,
                new HeatMap.Place(
                        Math.max(0, Math.min(column, columns(now, side) - 1)),
                        Math.max(0, Math.min(at.place().row() + up, rows - 1)))));
    }

    private static int columns(Shown now, int side) {
        return now.maps().get(side).map().x().labels().size();
    }

    /** Opens the run of a cell that has the {@link #seed}. */
    public void openCell(Spot spot) {
        runs(spot).stream()
                .filter(run -> run.key().seed() == seed.get())
                .findFirst()
                .ifPresent(run -> {
                    studies.open().set(false);
                    actions.openCell(
                            run.experiment(),
                            texts.name(
                                    "maps.runName",
                                    run.key().arm(),
                                    Long.toString(run.key().seed())));
                });
    }

    private List<CellRun> runs(Spot spot) {
        StudyRun run = studies.run().get();
        Optional<String> arm = map(spot).map(map -> map.arm(spot.place()));
        return run == null || arm.isEmpty()
                ? List.of()
                : run.cells().stream()
                        .filter(cell -> cell.key().arm().equals(arm.get()))
                        .toList();
    }

    private void describe() {
        Spot spot = hovered.get() != null ? hovered.get() : focus.get();
        if (spot == null) {
            words.set(texts.of("maps.hint"));
            return;
        }
        map(spot).ifPresent(map -> words.set(describe(map.map(), spot)));
    }

    private String describe(HeatMap map, Spot spot) {
        HeatMap.Cell cell = map.at(spot.place());
        List<CellRun> runs = runs(spot);
        String settings = runs.stream()
                .findFirst()
                .map(run -> run.arm().settings().entrySet().stream()
                        .map(setting -> setting.getKey() + " " + setting.getValue())
                        .collect(Collectors.joining(", ")))
                .orElse("");
        String mean =
                switch (cell.state()) {
                    case MEASURED -> texts.of("maps.mean", figureTitle(figure.get()), value(cell.value()), map.unit());
                    case DIVERGED -> texts.of("maps.diverged");
                    case MISSING -> texts.of("maps.missing");
                };
        String each = runs.stream().map(run -> describe(run, map)).collect(Collectors.joining("; "));
        return texts.of("maps.cell", settings, mean.strip(), each);
    }

    private String describe(CellRun run, HeatMap map) {
        String number = Long.toString(run.key().seed());
        Optional<CellResult> result = run.result();
        if (result.isEmpty()) {
            return run.log().isPresent()
                    ? texts.of("maps.underWay", number, Long.toString(Math.round(100 * run.done())))
                    : texts.of("maps.waiting", number);
        }
        String divergence = result.get().divergence();
        if (divergence != null) {
            return texts.of("maps.seedDiverged", number, divergence);
        }
        Map<String, Double> figuresOfRun = result.get().figures();
        double factor = map.unit().equals("%") ? 100 : 1;
        return texts.of("maps.seed", number, value(factor * figuresOfRun.getOrDefault(figure.get(), Double.NaN)));
    }

    private static String value(double value) {
        return Numbers.rounded(value, DIGITS);
    }
}
