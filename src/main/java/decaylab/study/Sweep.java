package decaylab.study;

import decaylab.chart.HeatMap;
import decaylab.experiment.Experiment;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One experiment with some of its fields varied: on a grid, or at points that are drawn. Each run is a pure function of
 * its experiment and its seed, and is kept under both: one that is there already, of this sweep or of a smaller one, is not run
 * again. The figures are what the last evaluation and the last step of a run gave, under the names of metrics.csv.
 */
public final class Sweep implements Study {
    private static final int MOST_ARMS = 100_000;
    private static final List<Quantity> OF_EXAMPLES = List.of(
            Quantity.TEST_ACCURACY,
            Quantity.TEST_LOSS,
            Quantity.TRAIN_ACCURACY,
            Quantity.TRAIN_LOSS,
            Quantity.NORM,
            Quantity.HEAD_NORM,
            Quantity.EFFECTIVE_LEARNING_RATE);

    private static final List<Quantity> OF_ENVIRONMENTS =
            List.of(Quantity.GREEDY_RETURN, Quantity.RETURN, Quantity.LARGEST_VALUE, Quantity.NORM, Quantity.HEAD_NORM);

    private static final QuantityTexts TEXTS = new QuantityTexts();

    private final String name;
    private final Experiment base;
    private final @Nullable SweepDraw draw;
    private final Protocol protocol;
    private final List<SweepAxis> axes;
    private final List<String> fields = new ArrayList<>();
    private final boolean grid;

    /**
     * @param name of the experiment
     * @param base what is not varied
     * @param axes fields and their values; every combination is run. The first is drawn from left to right, the second from
     *     bottom to top, each combination of the others as a map of its own
     * @param draw points that are combined with the axes' values; null for none
     * @throws BadInputException where nothing is varied, a field is varied twice, or some combination is no experiment
     */
    public Sweep(String name, Experiment base, List<SweepAxis> axes, @Nullable SweepDraw draw) {
        this.name = name;
        this.axes = List.copyOf(axes);
        this.base = base;
        this.draw = draw;
        grid = draw == null;
        axes.forEach(axis -> fields.add(axis.field()));
        if (draw != null) {
            draw.ranges().forEach(range -> fields.add(range.field()));
        }
        if (fields.isEmpty()) {
            throw new BadInputException(
                    "Nothing is varied; give a --grid FIELD=A,B,C, for example --grid decay.lambda=1e-3,1e-2,1e-1.");
        }
        for (String field : fields) {
            if (fields.indexOf(field) != fields.lastIndexOf(field)) {
                throw new BadInputException(field + " is varied twice; give all of its values at once.");
            }
        }
        long count = draw == null ? 1 : draw.points();
        for (SweepAxis axis : axes) {
            count = Math.min(Integer.MAX_VALUE, count * axis.values().size());
        }
        if (count > MOST_ARMS) {
            throw new BadInputException(
                    "The sweep has " + count + " combinations; " + MOST_ARMS + " are possible. Give fewer values.");
        }
        Arms arms = new Arms(base);
        List<Map<String, String>> points = draw == null ? List.of(Map.of()) : draw.settings();
        for (Map<String, String> settings : combinations(axes, points)) {
            arms.add(armName(settings), inOrder(settings));
        }
        protocol = new Protocol(
                "sweep-" + name,
                "How " + name + " depends on "
                        + fields.stream().map(f -> shortName(f)).collect(Collectors.joining(", ")) + ".",
                "A sweep of the lab's user.",
                List.of(
                        "Every combination is run with every seed; a map shows the mean over the seeds at the end of the run.",
                        "A combination of which any run diverged is hatched, and is never the best.",
                        "Nearly as good is within one point of accuracy, 0.01 nats of loss, or a twentieth of a return, of the best."),
                "All of it; a sweep is no protocol of a paper.",
                distinct(arms.all()),
                List.of(),
                Double.NaN,
                0);
    }

    /** Every point with every combination of the axes' values; those of the first axis vary fastest. */
    private static List<Map<String, String>> combinations(List<SweepAxis> axes, List<Map<String, String>> points) {
        List<Map<String, String>> all = points;
        for (int i = axes.size() - 1; i >= 0; i--) {
            SweepAxis axis = axes.get(i);
            all = all.stream()
                    .flatMap(rest -> axis.values().stream().map(value -> with(rest, axis.field(), value)))
                    .toList();
        }
        return all;
    }

    private static Map<String, String> with(Map<String, String> settings, String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(field, value);
        return more;
    }

    private Map<String, String> inOrder(Map<String, String> settings) {
        Map<String, String> ordered = new LinkedHashMap<>();
        fields.forEach(field -> ordered.put(field, settings.getOrDefault(field, "")));
        return ordered;
    }

    /** Drawn whole numbers may come twice. */
    private static List<Arm> distinct(List<Arm> arms) {
        Map<String, Arm> byName = new LinkedHashMap<>();
        arms.forEach(arm -> byName.putIfAbsent(arm.name(), arm));
        return List.copyOf(byName.values());
    }

    /** As in "learningRate 0.01, lambda 0.1". */
    private String armName(Map<String, String> settings) {
        return fields.stream()
                .filter(settings::containsKey)
                .map(field -> shortName(field) + " " + settings.get(field))
                .collect(Collectors.joining(", "));
    }

    /** The name without its path, unless two would look alike. */
    private String shortName(String field) {
        String name = field.substring(field.lastIndexOf('.') + 1);
        boolean alone = fields.stream()
                        .filter(other -> other.equals(name) || other.endsWith("." + name))
                        .count()
                == 1;
        return alone && !Set.of("kind", "schedule", "name").contains(name) ? name : field;
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Quantity quantity : measured()) {
            figures.put(quantity.column(), run.last(quantity));
        }
        return figures;
    }

    @Override
    public Map<String, String> files(int seeds) {
        return new SweepFile(name, base, axes, draw, seeds).contents();
    }

    @Override
    public String command(int seeds) {
        StringBuilder command = new StringBuilder("sweep " + SweepFile.EXPERIMENT);
        axes.forEach(axis -> command.append(" --grid '")
                .append(axis.field())
                .append('=')
                .append(String.join(",", axis.values()))
                .append('\''));
        if (draw != null) {
            draw.ranges().forEach(range -> command.append(" --range ").append(range));
            command.append(" --points ")
                    .append(draw.points())
                    .append(" --draw ")
                    .append(draw.kind());
        }
        return command.append(" --seeds ").append(seeds).append(" --out DIR").toString();
    }

    @Override
    public boolean divergenceCounts() {
        return true;
    }

    @Override
    public List<String> mapped() {
        return grid ? measured().stream().map(Quantity::column).toList() : List.of();
    }

    private List<Quantity> measured() {
        return base.environment().isPresent() ? OF_ENVIRONMENTS : OF_EXAMPLES;
    }

    @Override
    public List<ArmMap> maps(Figures figures, String figure) {
        SweepAxis across = axes.get(0);
        SweepAxis up = axes.size() > 1 ? axes.get(1) : null;
        List<SweepAxis> others = axes.subList(Math.min(2, axes.size()), axes.size());
        List<ArmMap> maps = new ArrayList<>();
        for (Map<String, String> slice : combinations(others, List.of(Map.of()))) {
            List<List<String>> arms = new ArrayList<>();
            for (Map<String, String> row : up == null ? List.of(slice) : combinations(List.of(up), List.of(slice))) {
                arms.add(combinations(List.of(across), List.of(row)).stream()
                        .map(this::armName)
                        .toList());
            }
            maps.add(ArmMap.of(
                    title(figure, slice),
                    MapFigure.of(Quantity.ofColumn(figure).orElseThrow()),
                    across.axis(),
                    up == null ? new HeatMap.Axis("", List.of("")) : up.axis(),
                    arms,
                    figures));
        }
        return maps;
    }

    private String title(String figure, Map<String, String> slice) {
        Quantity quantity = Quantity.ofColumn(figure).orElseThrow();
        String title = TEXTS.of(quantity).title();
        return slice.isEmpty() ? title : title + ", " + armName(slice);
    }

    /**
     * What the maps tell of how easily settings are chosen, as {@link MapClaims} says: those of the test accuracy, of the test loss
     * where there is no accuracy, or of the greedy return.
     */
    @Override
    public List<Claim> claims(Figures figures) {
        return grid ? MapClaims.of(maps(figures, first(figures))) : List.of();
    }

    /** The figure to look at first. */
    private String first(Figures figures) {
        String head = measured().get(0).column();
        boolean measured = protocol.arms().stream().anyMatch(arm -> Double.isFinite(figures.mean(arm.name(), head)));
        return measured ? head : measured().get(1).column();
    }
}
