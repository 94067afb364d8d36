package decaylab.ui.study;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Field;
import decaylab.problem.BadInputException;
import decaylab.store.LabFolder;
import decaylab.study.Sweep;
import decaylab.study.SweepAxis;
import decaylab.study.SweepFile;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.designer.DesignerModel;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * A sweep being described: the designer's experiment, one or two of its fields and their values. The engine judges, as it does
 * on the command line. Sweeps are kept in the lab's folder, and are found there again.
 */
public final class SweepsModel {
    private static final String FOLDER = "sweeps";
    /** More are for the command line: here every key that is typed is judged. */
    private static final int MOST_COMBINATIONS = 2_000;

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,59}");
    private static final double[] AROUND_RATE = {0.1, 0.3, 1, 3, 10};
    private static final double[] AROUND_DECAY = {0.01, 0.1, 1, 10, 100};
    private static final double[] AROUND = {0.5, 1, 2};

    private final StudiesModel studies;
    private final DesignerModel designer;
    private final Path folder;
    private final BackgroundTasks reading;
    private final Notices notices;
    private final Texts texts;
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final List<Line> lines = List.of(new Line(), new Line());
    private final ObjectProperty<Integer> seeds = new SimpleObjectProperty<>(1);
    private final StringProperty name = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper nameProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<@Nullable Sweep> sweep = new ReadOnlyObjectWrapper<>();
    private @Nullable Experiment filledFor;
    private boolean filling;
    private boolean listed;

    /** One field and its values. */
    public static final class Line {
        private final ObjectProperty<@Nullable Field> field = new SimpleObjectProperty<>();
        private final StringProperty values = new SimpleStringProperty("");
        private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");

        private Line() {}

        /** What is varied; null for nothing. */
        public ObjectProperty<@Nullable Field> field() {
            return field;
        }

        /** Its values with commas between them. */
        public StringProperty values() {
            return values;
        }

        /** The sentence about values that cannot be used; empty where they can. */
        public ReadOnlyStringProperty error() {
            return error.getReadOnlyProperty();
        }
    }

    /**
     * @param studies shows the sweep and does it
     * @param designer holds the experiment
     * @param lab sweeps are kept there
     * @param reading reads what is on the disk
     */
    public SweepsModel(
            StudiesModel studies,
            DesignerModel designer,
            LabFolder lab,
            BackgroundTasks reading,
            Notices notices,
            Texts texts) {
        this.studies = studies;
        this.designer = designer;
        this.reading = reading;
        this.notices = notices;
        this.texts = texts;
        folder = lab.root().resolve(FOLDER);
        for (Line line : lines) {
            line.field.addListener((observable, before, field) -> {
                if (!filling) {
                    line.values.set(field == null ? "" : usual(field));
                    judge();
                }
            });
            line.values.addListener((observable, before, now) -> judge());
        }
        seeds.addListener((observable, before, now) -> judge());
        name.addListener((observable, before, now) -> judge());
        designer.experiment().addListener((observable, before, now) -> {
            if (open.get()) {
                begin();
            }
        });
        studies.open().addListener((observable, before, opened) -> {
            if (opened && !listed) {
                listed = true;
                list();
            }
        });
        studies.chosen().addListener((observable, before, study) -> open.set(false));
    }

    /** Whether the form is on screen. */
    public BooleanProperty open() {
        return open;
    }

    /** Fields that can be varied. */
    public List<Field> fields() {
        return designer.fields().stream()
                .filter(field -> field != Field.SEED && !DesignerModel.isSchedule(field) && !field.isWords())
                .toList();
    }

    /** The first is drawn from left to right in the maps, the second upwards; the second may be left out. */
    public List<Line> lines() {
        return lines;
    }

    /** Runs of each combination. */
    public ObjectProperty<Integer> seeds() {
        return seeds;
    }

    /** Of the sweep, and of its folder among the lab's sweeps. */
    public StringProperty name() {
        return name;
    }

    /** The sentence about a name that cannot be used; empty where it can. */
    public ReadOnlyStringProperty nameProblem() {
        return nameProblem.getReadOnlyProperty();
    }

    /** What is varied, in a sentence. */
    public ReadOnlyStringProperty about() {
        return about.getReadOnlyProperty();
    }

    /** How many runs that is and where they are kept; empty while something cannot be used. */
    public ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /** A sentence about the form that belongs to no field; empty where there is none. */
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /** What the form describes; null while something in it cannot be used. */
    public ReadOnlyObjectProperty<@Nullable Sweep> sweep() {
        return sweep.getReadOnlyProperty();
    }

    /** Whether the sweep can be started: it is whole, and no other is under way. */
    public BooleanBinding startable() {
        return Bindings.createBooleanBinding(
                () -> sweep.get() != null && !studies.running().get(), sweep, studies.running());
    }

    /** Shows the form, for the designer's experiment: the learning rate and lambda, around their present values. */
    public void begin() {
        Experiment experiment = designer.experiment().get();
        if (experiment != null && !experiment.equals(filledFor)) {
            filledFor = experiment;
            filling = true;
            fill(lines.get(0), Field.OPTIMIZER_LEARNING_RATE);
            fill(lines.get(1), Field.DECAY_LAMBDA);
            name.set(freeName(LabFolder.folderName(designer.name().get().replace("*", ""))));
            filling = false;
        }
        judge();
        open.set(true);
    }

    private void fill(Line line, Field field) {
        line.field.set(field);
        line.values.set(usual(field));
    }

    private String freeName(String wanted) {
        String free = wanted;
        for (int i = 2; Files.exists(folder.resolve(free)); i++) {
            free = wanted + "-" + i;
        }
        return free;
    }

    /** Values that somebody may want to begin with: around the present one, or all that there are. */
    private String usual(Field field) {
        if (field.isSwitch()) {
            return "false, true";
        }
        if (!field.choices().isEmpty()) {
            return String.join(", ", field.choices());
        }
        String present = designer.text(field).get().strip();
        if (field == Field.NETWORK_WIDTHS) {
            return "[" + present + "]";
        }
        double value;
        try {
            value = Double.parseDouble(present);
        } catch (NumberFormatException e) {
            return present;
        }
        if (value == 0) {
            return present;
        }
        double[] factors =
                switch (field) {
                    case OPTIMIZER_LEARNING_RATE -> AROUND_RATE;
                    case DECAY_LAMBDA -> AROUND_DECAY;
                    default -> AROUND;
                };
        return DoubleStream.of(factors)
                .map(factor -> factor * value)
                .mapToObj(v -> field.isWhole() ? Long.toString(Math.max(1, Math.round(v))) : Numbers.rounded(v, 3))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void judge() {
        if (filling) {
            return;
        }
        sweep.set(null);
        summary.set("");
        problem.set("");
        nameProblem.set(
                NAME.matcher(name.get().strip()).matches()
                        ? ""
                        : texts.of("sweeps.badName", name.get().strip()));
        lines.forEach(line -> line.error.set(""));
        Experiment base = designer.experiment().get();
        if (base == null) {
            about.set("");
            problem.set(texts.of("sweeps.noExperiment", designer.problem().get()));
            return;
        }
        about.set(texts.of("sweeps.about", designer.name().get().replace("*", ""), base.summaryOfSeeds()));
        List<SweepAxis> axes = new ArrayList<>();
        long combinations = 1;
        for (Line line : lines) {
            Field field = line.field.get();
            if (field != null) {
                Optional<SweepAxis> axis = axis(line, field, base);
                axis.ifPresent(axes::add);
                combinations *= axis.map(SweepAxis::values).map(List::size).orElse(1);
            }
        }
        boolean good = lines.stream().allMatch(line -> line.error.get().isEmpty())
                && nameProblem.get().isEmpty();
        if (combinations > MOST_COMBINATIONS) {
            problem.set(texts.of("sweeps.tooMany", Numbers.count(combinations), Numbers.count(MOST_COMBINATIONS)));
            return;
        }
        if (good) {
            whole(base, axes);
        }
    }

    private Optional<SweepAxis> axis(Line line, Field field, Experiment base) {
        try {
            SweepAxis axis = SweepAxis.of(field.path(), line.values.get());
            if (axis.values().size() <= MOST_COMBINATIONS) {
                requireExperiments(base, axis);
            }
            return Optional.of(axis);
        } catch (BadInputException e) {
            line.error.set(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static void requireExperiments(Experiment base, SweepAxis axis) {
        ExperimentYaml yaml = new ExperimentYaml();
        axis.values().forEach(value -> yaml.with(base, Map.of(axis.field(), value)));
    }

    private void whole(Experiment base, List<SweepAxis> axes) {
        try {
            Sweep described = new Sweep(name.get().strip(), base, axes, null);
            int combinations = described.protocol().arms().size();
            summary.set(texts.of(
                    "sweeps.summary",
                    Numbers.count(combinations),
                    Numbers.count((long) combinations * seeds.get()),
                    place().toString()));
            sweep.set(described);
        } catch (BadInputException e) {
            problem.set(
                    lines.stream().allMatch(line -> line.field.get() == null)
                            ? texts.of("sweeps.nothing")
                            : String.valueOf(e.getMessage()));
        }
    }

    private Path place() {
        return folder.resolve(name.get().strip());
    }

    /** Does the sweep, and shows its maps; one that is in its folder already goes on. */
    public void start() {
        Sweep described = sweep.get();
        if (described == null || studies.running().get()) {
            return;
        }
        open.set(false);
        filledFor = null;
        studies.start(described, place(), seeds.get());
    }

    /** Shows the sweep of a folder; one that holds none gets a notice. */
    public void open(Path from) {
        reading.run(() -> read(from), found -> studies.show(found.sweep, found.folder, found.seeds), notices::warn);
    }

    private record Found(Sweep sweep, Path folder, int seeds) {}

    private static Found read(Path from) {
        SweepFile file = SweepFile.read(from);
        return new Found(file.sweep(), from, file.seeds());
    }

    /** Sweeps of earlier days join the list. */
    private void list() {
        reading.run(
                this::stored,
                all -> all.forEach(found -> studies.add(found.sweep, found.folder, found.seeds)),
                notices::warn);
    }

    private List<Found> stored() {
        List<Found> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, SweepFile::isIn)) {
            all.forEach(folders::add);
        } catch (IOException e) {
            throw new BadInputException(
                    "The folder " + folder + " cannot be read, so its sweeps are not listed; make it readable.", e);
        }
        folders.sort(Comparator.naturalOrder());
        for (Path one : folders) {
            try {
                found.add(read(one));
            } catch (BadInputException e) {
                // Damaged; whoever opens its folder is told what is wrong.
            }
        }
        return found;
    }
}
