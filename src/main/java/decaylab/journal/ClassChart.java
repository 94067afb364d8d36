package decaylab.journal;

import decaylab.chart.ChartImages;
import decaylab.chart.ChartSpec;
import decaylab.chart.Palette;
import decaylab.chart.Series;
import decaylab.instrument.Quantity;
import decaylab.problem.BadInputException;
import decaylab.store.IoReason;
import decaylab.store.WholeFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The journals of a class as one: the norms of all students' runs, by what they tried, and their predictions' scores. Of a
 * student who tried the same several times the last run counts.
 */
public final class ClassChart {
    /** At how many steps the mean is taken. */
    private static final int PLACES = 200;

    private static final int WIDTH = 960;
    private static final int HEIGHT = 600;
    private static final Pattern SEED_AND_CHANGES = Pattern.compile(", seed -?\\d+(, interventions .*)?$");

    private final List<Student> students;

    private record Student(String name, Journal journal) {}

    /** A run and whose it is. */
    private record Owned(String student, JournalRun run) {}

    /**
     * A prediction of a class.
     *
     * @param student whose
     * @param quantity what was predicted
     * @param run of which run
     * @param score from 0 to 100; a dash where nothing could be compared
     */
    public record Score(String student, String quantity, String run, String score) {}

    private ClassChart(List<Student> students) {
        this.students = students;
    }

    /**
     * Reads journals.
     *
     * @param files at least one
     * @throws BadInputException where one is no journal, or none holds a run or a prediction
     */
    public static ClassChart read(List<Path> files) {
        JournalPage page = new JournalPage();
        Map<String, Student> sessions = new LinkedHashMap<>();
        for (Path file : files) {
            Journal journal = page.read(file);
            String name = journal.author().isBlank()
                    ? String.valueOf(file.getFileName()).replaceFirst("\\.html?$", "")
                    : journal.author();
            // the page that was saved and the one that was kept of itself are of one session: the later one counts
            String id = journal.id().isEmpty() ? "file " + sessions.size() : journal.id();
            sessions.merge(id, new Student(plain(name), journal), ClassChart::later);
        }
        List<Student> students = List.copyOf(sessions.values());
        if (students.stream()
                .allMatch(student -> student.journal().runs().isEmpty()
                        && student.journal().predictions().isEmpty())) {
            throw new BadInputException("The journals hold no run and no prediction, so there is nothing to draw; "
                    + "collect them after the students have run something.");
        }
        return new ClassChart(students);
    }

    private static Student later(Student one, Student other) {
        Student more = other.journal().size() >= one.journal().size() ? other : one;
        Student less = more.equals(one) ? other : one;
        boolean named =
                !more.journal().author().isBlank() || less.journal().author().isBlank();
        return named ? more : new Student(less.name(), more.journal());
    }

    /**
     * Reads all journals of a folder: its files that end in .html.
     *
     * @throws BadInputException where there is none, or one is no journal
     */
    public static ClassChart ofFolder(Path folder) {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".html"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BadInputException(
                    "The folder " + folder + " cannot be read (" + IoReason.of(e) + "); choose another one.", e);
        }
        if (files.isEmpty()) {
            throw new BadInputException(
                    "The folder " + folder + " holds no file that ends in .html; choose the one with the journals.");
        }
        return read(files);
    }

    /** How many journals there are. */
    public int size() {
        return students.size();
    }

    /** The predictions of all, by student. */
    public List<Score> scores() {
        List<Score> scores = new ArrayList<>();
        for (Student student : students) {
            for (JournalPrediction prediction : student.journal().predictions()) {
                Integer score = prediction.score();
                scores.add(new Score(
                        student.name(),
                        plain(prediction.quantity()),
                        plain(prediction.run()),
                        score == null ? "\u2013" : score.toString()));
            }
        }
        return scores;
    }

    /**
     * Writes a chart or a table, as the file's name ends: .png, .svg or .csv.
     *
     * @throws BadInputException where it ends otherwise or cannot be written
     */
    public void write(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            new ChartImages().png(List.of(requireChart()), WIDTH, HEIGHT, 2, file);
        } else if (name.endsWith(".svg")) {
            new ChartImages().svg(List.of(requireChart()), WIDTH, HEIGHT, file);
        } else if (name.endsWith(".csv")) {
            try {
                WholeFile.write(file, table());
            } catch (IOException e) {
                throw new BadInputException(
                        "The table " + file + " cannot be written (" + IoReason.of(e) + "); choose another file.", e);
            }
        } else {
            throw new BadInputException(
                    "The class chart cannot be written to " + file + "; give a name that ends in .png, .svg or .csv.");
        }
    }

    private ChartSpec requireChart() {
        ChartSpec chart = chart();
        if (chart.lines().isEmpty()) {
            throw new BadInputException("The journals hold no run, so there is no norm to draw; write the table of "
                    + "predictions to a name that ends in .csv.");
        }
        return chart;
    }

    /** The norms: thin lines, and by what was tried their mean with a band of one standard deviation. */
    ChartSpec chart() {
        List<ChartSpec.Line> thin = new ArrayList<>();
        List<ChartSpec.Line> means = new ArrayList<>();
        long last = 1;
        int place = 0;
        for (Map.Entry<String, List<Owned>> group : groups()) {
            List<Owned> runs = group.getValue();
            int colour = place++ % Palette.size();
            for (Owned owned : runs) {
                Curve norm = owned.run().norm();
                boolean alone = runs.size() == 1;
                ChartSpec.Line line = new ChartSpec.Line(
                        alone ? group.getKey() + " (" + owned.student() + ")" : owned.student(),
                        norm.series(),
                        colour,
                        alone && colour > 0,
                        alone ? ChartSpec.Weight.STRONG : ChartSpec.Weight.PALE);
                thin.add(line);
                last = Math.max(last, norm.lastStep());
            }
            if (runs.size() > 1) {
                means.add(mean(group.getKey() + " (mean of " + runs.size() + ")", runs, colour));
            }
        }
        thin.addAll(means); // above
        return JournalPage.spec("Norm, " + students.size() + " students", thin, 0, last, false);
    }

    /** What was tried, with all that the experiment is beside: the same done with decay elsewhere is another thing. */
    private record Tried(String decay, String experiment) {
        static Tried of(JournalRun run) {
            String settings = run.settings() == null ? "" : run.settings();
            return new Tried(run.tried(), SEED_AND_CHANGES.matcher(settings).replaceFirst(""));
        }

        private List<String> parts() {
            return List.of(experiment.split(", "));
        }

        /** A name that tells it from the others: what was done with decay, and what differs where that is not enough. */
        String name(Collection<Tried> all) {
            List<Tried> alike =
                    all.stream().filter(other -> other.decay.equals(decay)).toList();
            String differing = parts().stream()
                    .filter(part ->
                            !alike.stream().allMatch(other -> other.parts().contains(part)))
                    .collect(Collectors.joining(", "));
            return differing.isEmpty() ? decay : decay + "; " + differing;
        }
    }

    private List<Map.Entry<String, List<Owned>>> groups() {
        Map<Tried, List<Owned>> groups = new LinkedHashMap<>();
        for (Student student : students) {
            Map<Tried, JournalRun> newest = new LinkedHashMap<>();
            student.journal().runs().stream()
                    .filter(run -> !run.norm().isEmpty())
                    .forEach(run -> newest.put(Tried.of(run), run));
            newest.forEach((tried, run) ->
                    groups.computeIfAbsent(tried, key -> new ArrayList<>()).add(new Owned(student.name(), run)));
        }
        return groups.entrySet().stream()
                .map(group -> Map.entry(group.getKey().name(groups.keySet()), group.getValue()))
                .sorted(Comparator.comparingInt(group -> -group.getValue().size()))
                .toList();
    }

    /** Over the steps that all of them have, for a mean of others would be that of another group; its band is one standard
     * deviation of a sample. */
    private static ChartSpec.Line mean(String name, List<Owned> runs, int colour) {
        long end = runs.stream()
                .mapToLong(owned -> owned.run().norm().lastStep())
                .min()
                .orElse(0);
        Series mean = Series.ofSomeSteps();
        Series low = Series.ofSomeSteps();
        Series high = Series.ofSomeSteps();
        long before = -1;
        for (int i = 0; i < PLACES; i++) {
            long step = Math.round(end * (double) i / (PLACES - 1));
            double[] values = runs.stream()
                    .mapToDouble(owned -> owned.run().norm().at(step))
                    .filter(Double::isFinite)
                    .toArray();
            if (step == before || values.length < runs.size()) {
                continue;
            }
            before = step;
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            double middle = sum / values.length;
            double squares = 0;
            for (double value : values) {
                squares += (value - middle) * (value - middle);
            }
            double deviation = Math.sqrt(squares / (values.length - 1));
            mean.append(step, middle);
            low.append(step, middle - deviation);
            high.append(step, middle + deviation);
        }
        return new ChartSpec.Line(
                name, mean, colour, colour > 0, ChartSpec.Weight.STRONG, new ChartSpec.Band(low, high));
    }

    /** A row for each run and each prediction. */
    String table() {
        StringWriter out = new StringWriter();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader(
                        "kind",
                        "student",
                        "run",
                        "tried",
                        "seed",
                        "steps",
                        "norm",
                        "elr",
                        "test_accuracy",
                        "quantity",
                        "score")
                .setRecordSeparator("\n")
                .get();
        try (CSVPrinter rows = new CSVPrinter(out, format)) {
            for (Student student : students) {
                for (JournalRun run : student.journal().runs()) {
                    rows.printRecord(
                            "run",
                            typed(student.name()),
                            typed(run.name()),
                            typed(run.tried()),
                            run.seed(),
                            run.steps(),
                            cell(run, Quantity.NORM),
                            cell(run, Quantity.EFFECTIVE_LEARNING_RATE),
                            cell(run, Quantity.TEST_ACCURACY),
                            "",
                            "");
                }
                for (JournalPrediction prediction : student.journal().predictions()) {
                    Integer score = prediction.score();
                    rows.printRecord(
                            "prediction",
                            typed(student.name()),
                            typed(prediction.run()),
                            "",
                            "",
                            "",
                            "",
                            "",
                            "",
                            typed(prediction.quantity()),
                            score == null ? "" : score);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a text in memory
        }
        return out.toString();
    }

    /** On one line, and without what a terminal would take for a command. */
    private static String plain(String typed) {
        return typed.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** As a cell that a spreadsheet takes for a text, not for a formula. */
    private static String typed(String text) {
        String plain = plain(text);
        return plain.matches("[=+@-].*") ? "'" + plain : plain;
    }

    private static String cell(JournalRun run, Quantity quantity) {
        Double value = run.end().get(quantity.column());
        return value == null ? "" : value.toString();
    }
}
