package decaylab.study;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import decaylab.chart.ChartImages;
import decaylab.chart.ChartSpec;
import decaylab.chart.HeatMap;
import decaylab.chart.HeatMapImages;
import decaylab.chart.HeatMapScale;
import decaylab.chart.Theme;
import decaylab.instrument.QuantityTexts;
import decaylab.store.Fingerprint;
import decaylab.store.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A study as one HTML page that needs no network and no other file: protocol, verdicts, charts, tables, runs. */
public final class StudyReport {
    /** The file's name. */
    public static final String FILE = "report.html";

    private static final int WIDTH = 460;
    private static final int HEIGHT = 300;
    private static final int MAP_HEIGHT = 360;

    private final Template template;
    private final ChartImages images = new ChartImages();
    private final HeatMapImages mapImages = new HeatMapImages();
    private final StudyCharts charts = new StudyCharts(new QuantityTexts());

    public StudyReport() {
        template = Mustache.compiler().compile(text());
    }

    private static String text() {
        try (InputStream in = StudyReport.class.getResourceAsStream("report.html")) {
            if (in == null) {
                throw new IllegalStateException("the template of reports is missing from the lab's files");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the page, whole or not at all.
     *
     * @throws decaylab.problem.BadInputException where the folder cannot be written
     */
    public void write(StudyRun run, Findings findings, Path folder) {
        try {
            WholeFile.write(folder.resolve(FILE), page(run, findings));
        } catch (IOException e) {
            throw StudyFolder.unwritable(folder, e);
        }
    }

    /** The page. */
    String page(StudyRun run, Findings findings) {
        Protocol protocol = run.study().protocol();
        Figures figures = run.figures();
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", protocol.name());
        page.put("title", protocol.title());
        page.put("source", protocol.source());
        page.put("words", protocol.words());
        page.put("reconstruction", protocol.reconstruction());
        page.put("seeds", findings.seeds());
        page.put("runs", run.cells().size());
        page.put("version", Fingerprint.labVersion());
        page.put("diverged", diverged(run));
        page.put("claims", findings.claims().stream().map(StudyReport::claim).toList());
        List<Map<String, String>> charts = pictures(run, figures);
        page.put("charts", charts);
        page.put("hasCharts", !charts.isEmpty());
        page.put("command", run.study().command(findings.seeds()));
        List<Map<String, String>> maps = maps(run.study(), figures);
        page.put("maps", maps);
        page.put("hasMaps", !maps.isEmpty());
        page.put(
                "tables",
                run.study().tables(figures).stream().map(StudyReport::table).toList());
        page.put("arms", protocol.arms().stream().map(StudyReport::arm).toList());
        return template.execute(page);
    }

    private static List<String> diverged(StudyRun run) {
        List<String> lines = new ArrayList<>();
        for (CellRun cell : run.cells()) {
            cell.result()
                    .map(CellResult::divergence)
                    .ifPresent(divergence ->
                            lines.add(cell.key() + " diverged: " + divergence + " Its seed is left out of every arm."));
        }
        return run.study().divergenceCounts() && !lines.isEmpty()
                ? List.of(lines.size() + " of " + run.cells().size() + " runs diverged; the maps show where.")
                : lines;
    }

    private static Map<String, Object> claim(Claim claim) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", claim.id());
        row.put("states", claim.states());
        row.put("criterion", claim.criterion());
        row.put("reconstruction", claim.reconstruction());
        row.put("badge", claim.verdict().badge());
        row.put(
                "kind",
                claim.verdict().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        row.put(
                "measured",
                claim.measured().entrySet().stream()
                        .map(figure -> Map.of("key", figure.getKey(), "value", Statistics.number(figure.getValue())))
                        .toList());
        return row;
    }

    private List<Map<String, String>> pictures(StudyRun run, Figures figures) {
        List<ChartSpec> specs = new ArrayList<>();
        for (Panel panel : run.study().protocol().panels()) {
            specs.add(charts.panel(panel, run.cells(), Theme.LIGHT));
        }
        for (Graph graph : run.study().graphs(figures)) {
            specs.add(charts.graph(graph, Theme.LIGHT));
        }
        return specs.stream()
                .map(spec -> picture(spec.title(), images.svg(spec, WIDTH, HEIGHT)))
                .toList();
    }

    /** Those of the figure to look at first that has values. */
    private List<Map<String, String>> maps(Study study, Figures figures) {
        for (String figure : study.mapped()) {
            List<HeatMap> maps =
                    study.maps(figures, figure).stream().map(ArmMap::map).toList();
            if (maps.stream().anyMatch(HeatMap::hasValues)) {
                HeatMapScale colours = HeatMapScale.of(maps);
                return maps.stream()
                        .map(map -> picture(map.title(), mapImages.svg(map, colours, Theme.LIGHT, WIDTH, MAP_HEIGHT)))
                        .toList();
            }
        }
        return List.of();
    }

    private static Map<String, String> picture(String title, String svg) {
        return Map.of("title", title, "svg", Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, Object> table(Table table) {
        return Map.of(
                "title",
                table.title(),
                "note",
                table.note(),
                "columns",
                table.columns(),
                "rows",
                table.rows().stream().map(cells -> Map.of("cells", cells)).toList());
    }

    private static Map<String, String> arm(Arm arm) {
        return Map.of("name", arm.name(), "experiment", arm.experiment().summaryOfSeeds());
    }
}
