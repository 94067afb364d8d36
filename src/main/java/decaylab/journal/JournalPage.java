package decaylab.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import decaylab.chart.ChartImages;
import decaylab.chart.ChartSpec;
import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.instrument.Quantity;
import decaylab.problem.BadInputException;
import decaylab.store.IoReason;
import decaylab.store.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A journal as one HTML page that needs no network and no other file: charts stand in it as SVG, and the journal itself as
 * JSON, from which it is read back.
 */
public final class JournalPage {
    private static final String FORMAT = "decaylab-journal-1";
    private static final String BEGIN = "<script type=\"application/json\" id=\"decaylab-journal\">";
    private static final String END = "</script>";
    private static final long LONGEST_FILE = 64L << 20;
    private static final int WIDTH = 520;
    private static final int HEIGHT = 320;
    private static final int PREDICTED_COLOUR = 3;

    private final ObjectMapper json =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private final Template template = Mustache.compiler().compile(text());
    private final ChartImages images = new ChartImages();

    private static String text() {
        try (InputStream in = JournalPage.class.getResourceAsStream("journal.html")) {
            if (in == null) {
                throw new IllegalStateException("the template of journals is missing from the lab's files");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the page, whole or not at all, and makes its folder where there is none.
     *
     * @throws BadInputException where the file cannot be written
     */
    public void write(Journal journal, Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            WholeFile.write(file, page(journal));
        } catch (IOException e) {
            throw new BadInputException(
                    "The journal " + file + " cannot be written (" + IoReason.of(e) + "); choose another file.", e);
        }
    }

    /**
     * Reads a page back.
     *
     * @throws BadInputException where the file is no journal
     */
    public Journal read(Path file) {
        String page;
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LONGEST_FILE) {
                throw new BadInputException(
                        "The file " + file + " is too large for a journal of the lab; choose another one.");
            }
            page = Files.readString(file);
        } catch (IOException e) {
            throw new BadInputException(
                    "The journal " + file + " cannot be read (" + IoReason.of(e) + "); choose another file.", e);
        }
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END, Math.max(0, begin));
        if (begin < 0 || end < 0) {
            throw new BadInputException("The file " + file
                    + " is no journal of the lab; choose an HTML file that its window saved as a journal.");
        }
        try {
            JsonNode data = json.readTree(page.substring(begin + BEGIN.length(), end));
            if (!data.path("format").asText().equals(FORMAT)) {
                throw new BadInputException("The journal " + file + " has the format "
                        + data.path("format").asText("none") + ", but this lab reads " + FORMAT
                        + "; open it with the version of the lab that wrote it.");
            }
            return json.treeToValue(data, Journal.class);
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            throw new BadInputException(
                    "The journal " + file + " is damaged: its data cannot be read; save it from the lab again.", e);
        }
    }

    /** The page. */
    String page(Journal journal) {
        PageTexts texts = new PageTexts(journal.language());
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("say", texts.all());
        page.put("author", journal.author());
        page.put("named", !journal.author().isBlank());
        page.put("begun", journal.begun());
        page.put("version", journal.version());
        page.put("notes", journal.notes());
        page.put("noted", !journal.notes().isBlank());
        int picture = 0;
        List<String> charts = new ArrayList<>();
        for (ChartSpec chart : List.of(
                chart(texts.of(Quantity.NORM), journal.runs(), JournalRun::norm, false),
                chart(texts.of(Quantity.EFFECTIVE_LEARNING_RATE), journal.runs(), JournalRun::elr, true))) {
            if (!chart.lines().isEmpty()) {
                charts.add(svg(chart, picture++));
            }
        }
        page.put("charts", charts);
        page.put("runs", journal.runs().stream().map(run -> run(run, texts)).toList());
        page.put("tried", !journal.runs().isEmpty());
        List<Map<String, Object>> predictions = new ArrayList<>();
        for (JournalPrediction prediction : journal.predictions()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("title", texts.of("of", prediction.quantity(), prediction.run()));
            row.put("sentence", prediction.sentence());
            row.put("chart", svg(chart(prediction, texts), picture++));
            predictions.add(row);
        }
        page.put("predictions", predictions);
        page.put("predicted", !predictions.isEmpty());
        page.put(
                "explanations",
                journal.explanations().stream()
                        .map(each -> Map.of(
                                "run", each.run(), "when", texts.of("after", count(each.step())), "text", each.text()))
                        .toList());
        page.put("explained", !journal.explanations().isEmpty());
        page.put(
                "lessons",
                journal.lessons().stream().map(each -> lesson(each, texts)).toList());
        page.put("taught", !journal.lessons().isEmpty());
        page.put("begin", BEGIN);
        page.put("end", END);
        page.put("data", data(journal));
        return template.execute(page);
    }

    private String data(Journal journal) {
        ObjectNode data = json.createObjectNode().put("format", FORMAT);
        data.setAll((ObjectNode) json.valueToTree(journal));
        try {
            return json.writeValueAsString(data)
                    .replace("<", "\\u003c") // or what somebody typed could end the script
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a journal that cannot be written", e);
        }
    }

    private static Map<String, Object> lesson(Journal.LessonDone lesson, PageTexts texts) {
        return Map.of(
                "title",
                lesson.title(),
                "reached",
                texts.of("reached", count(lesson.reached()), count(lesson.steps())),
                "answers",
                lesson.answers().stream()
                        .map(answer -> Map.of(
                                "question",
                                answer.question(),
                                "chosen",
                                answer.chosen(),
                                "verdict",
                                texts.of(answer.right() ? "right" : "wrong")))
                        .toList());
    }

    private static Map<String, Object> run(JournalRun run, PageTexts texts) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", run.name());
        row.put("settings", run.settings());
        row.put("state", texts.word("state", run.state()));
        row.put("steps", count(run.steps()));
        row.put(
                "interventions",
                run.interventions().stream()
                        .map(made -> texts.of(
                                "changed",
                                count(made.step()),
                                texts.word("what", made.what()),
                                texts.word("gate", made.from()),
                                texts.word("gate", made.to())))
                        .toList());
        row.put("norm", number(run.last(Quantity.NORM)));
        row.put("elr", number(run.last(Quantity.EFFECTIVE_LEARNING_RATE)));
        row.put("accuracy", number(run.last(Quantity.TEST_ACCURACY)));
        row.put("loss", number(run.last(Quantity.TEST_LOSS)));
        return row;
    }

    private interface CurveOf {
        Curve of(JournalRun run);
    }

    private static ChartSpec chart(String title, List<JournalRun> runs, CurveOf which, boolean logarithmic) {
        List<ChartSpec.Line> lines = new ArrayList<>();
        long last = 1;
        for (int i = 0; i < runs.size(); i++) {
            Curve curve = which.of(runs.get(i));
            if (!curve.isEmpty()) {
                int place = i % Palette.size();
                lines.add(new ChartSpec.Line(
                        runs.get(i).name(), curve.series(), place, place > 0, ChartSpec.Weight.STRONG));
                last = Math.max(last, curve.lastStep());
            }
        }
        return spec(title, lines, 0, last, logarithmic);
    }

    private static ChartSpec chart(JournalPrediction prediction, PageTexts texts) {
        Curve predicted = prediction.predicted();
        Curve measured = prediction.measured();
        List<ChartSpec.Line> lines = List.of(
                new ChartSpec.Line(texts.of("measured"), measured.series(), 0, false, ChartSpec.Weight.STRONG),
                new ChartSpec.Line(
                        texts.of("prediction"), predicted.series(), PREDICTED_COLOUR, true, ChartSpec.Weight.STRONG));
        long first = predicted.isEmpty() ? 0 : predicted.steps().get(0);
        long last = Math.max(first + 1, Math.max(predicted.lastStep(), measured.lastStep()));
        return spec(prediction.quantity(), lines, first, last, prediction.logarithmic());
    }

    static ChartSpec spec(String title, List<ChartSpec.Line> lines, double from, double to, boolean logarithmic) {
        return new ChartSpec(title, "", "", lines, List.of(), from, to, logarithmic, null, true, Theme.LIGHT);
    }

    /** As it stands in a page: as wide as there is room, and with names that no other picture there has. */
    private String svg(ChartSpec chart, int place) {
        String document = images.svg(chart, WIDTH, HEIGHT);
        String content = document.substring(document.indexOf('>', document.indexOf("<svg")) + 1);
        return "<svg viewBox='0 0 " + WIDTH + " " + HEIGHT + "' role='img'>"
                + content.replace("decaylab-", "picture" + place + "-");
    }

    /** For reading: three digits; a dash where there is nothing. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "\u2013";
        }
        if (Double.isInfinite(value) || value == 0) {
            return value == 0 ? "0" : Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
        return Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6
                ? String.format(Locale.ROOT, "%.2e", rounded)
                : rounded.stripTrailingZeros().toPlainString();
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
