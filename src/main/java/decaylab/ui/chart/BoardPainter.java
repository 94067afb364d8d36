package decaylab.ui.chart;

import decaylab.chart.ChartComposer;
import decaylab.chart.ChartKind;
import decaylab.chart.ChartPainter;
import decaylab.chart.ChartSpec;
import decaylab.chart.Palette;
import decaylab.chart.Series;
import decaylab.chart.Theme;
import decaylab.chart.ValueScale;
import decaylab.instrument.QuantityTexts;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Paints a board's charts, on the board's own thread; it follows the runs' logs and keeps what stays from frame to frame. */
final class BoardPainter {
    private static final double LEAST_LABEL_DISTANCE = 13;
    private static final double LEAST_LABEL_WIDTH = 44;
    /** Of a letter of a label, on average and rounded up. */
    private static final double LETTER_WIDTH = 6.4;

    private final ChartPainter painter = new ChartPainter();
    private final ChartComposer composer;
    private final Map<ChartKind, ChartPainter.Slot> slots = new EnumMap<>(ChartKind.class);
    private final ChartSources sources;

    BoardPainter(QuantityTexts texts) {
        composer = new ChartComposer(texts);
        sources = new ChartSources(texts);
    }

    /** What one chart needs to be painted by any thread. */
    private record Job(PlotRequest request, List<ChartSpec.Line> lines, ChartPainter.Slot slot) {}

    /** Follows the logs first, on this thread; then the charts, which share nothing but what they read, on all cores. */
    Map<ChartKind, PlotFrame> paint(List<PlotRequest> requests) {
        List<Job> jobs = requests.stream().map(this::job).toList();
        Map<ChartKind, PlotFrame> frames = new ConcurrentHashMap<>();
        jobs.parallelStream().forEach(job -> frames.put(job.request.kind(), paint(job)));
        return frames;
    }

    private Job job(PlotRequest request) {
        List<ChartComposer.Source> all = sources.of(request.runs(), request.bands());
        return new Job(
                request,
                composer.lines(request.kind(), all, request.layer(), request.smoothing()),
                slots.computeIfAbsent(request.kind(), kind -> new ChartPainter.Slot()));
    }

    private PlotFrame paint(Job job) {
        PlotRequest request = job.request;
        List<ChartSpec.Line> lines = job.lines;
        Theme theme = request.theme();
        Viewport viewport = request.viewport();
        ChartSpec spec = new ChartSpec(
                "",
                "",
                "",
                lines,
                List.of(),
                viewport.from(),
                viewport.to(),
                request.logarithmic(),
                range(request, lines),
                false,
                theme,
                request.kind().style());
        ChartPainter.Painted painted =
                painter.paint(spec, request.width(), request.height(), request.scale(), job.slot);
        BufferedImage image = painted.image();
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] |= 0xFF000000;
        }
        Rectangle2D area = painted.area();
        PlotFrame.Area plot = new PlotFrame.Area(area.getX(), area.getY(), area.getWidth(), area.getHeight());
        boolean empty = lines.isEmpty();
        return new PlotFrame(
                image.getWidth(),
                image.getHeight(),
                pixels,
                plot,
                viewport,
                painted.values(),
                request.runs().size() == 1 && spec.style() == ChartSpec.Style.LINES
                        ? lineEnds(lines, plot, viewport, painted.values(), theme)
                        : List.of(),
                empty);
    }

    /** The range of the value axis where something is laid over the lines; null for what the lines need. */
    private static ChartSpec.@Nullable Range range(PlotRequest request, List<ChartSpec.Line> lines) {
        ChartOverlay overlay = request.overlay();
        if (overlay == null || overlay.range() != null || overlay.sketches().isEmpty()) {
            return overlay == null ? null : overlay.range();
        }
        List<ChartSpec.Line> all = new ArrayList<>(lines);
        for (ChartOverlay.Sketch sketch : overlay.sketches()) {
            Series series = Series.ofSomeSteps();
            sketch.points().forEach(point -> series.append(Math.round(point.step()), point.value()));
            all.add(new ChartSpec.Line(sketch.label(), series, 0, false, ChartSpec.Weight.GUIDE));
        }
        ValueScale fitting = ValueScale.fitting(
                all, request.viewport().from(), request.viewport().to(), request.logarithmic());
        return new ChartSpec.Range(fitting.min(), fitting.max());
    }

    /** Names at the ends of one run's several lines, moved apart where they would overlap. */
    private static List<PlotFrame.LineEnd> lineEnds(
            List<ChartSpec.Line> lines, PlotFrame.Area area, Viewport viewport, ValueScale values, Theme theme) {
        List<PlotFrame.LineEnd> ends = new ArrayList<>();
        long named = lines.stream()
                .filter(line -> line.weight() != ChartSpec.Weight.GUIDE)
                .map(ChartSpec.Line::name)
                .distinct()
                .count();
        if (named < 2) {
            return ends;
        }
        for (int i = lines.size() - 1; i >= 0; i--) {
            ChartSpec.Line line = lines.get(i);
            Series series = line.series();
            long last = Math.min(series.count(), series.indexAt(Math.nextUp(viewport.to()))) - 1;
            if (last < 0 || line.weight() == ChartSpec.Weight.PALE || line.weight() == ChartSpec.Weight.GUIDE) {
                continue;
            }
            double height = values.height(series.value(last));
            if (!(height >= 0 && height <= 1)) {
                continue;
            }
            double x = Math.min(area.xOf(series.step(last), viewport), area.x() + area.width())
                    - Math.max(LEAST_LABEL_WIDTH, LETTER_WIDTH * line.name().length());
            double y = area.y() + (1 - height) * area.height() - 11;
            for (PlotFrame.LineEnd other : ends) {
                if (Math.abs(other.y() - y) < LEAST_LABEL_DISTANCE) {
                    y = other.y() + LEAST_LABEL_DISTANCE;
                }
            }
            ends.add(new PlotFrame.LineEnd(
                    line.name(),
                    Math.max(area.x(), x),
                    Math.max(area.y() + 4, y),
                    theme.isContrast() ? theme.text() : Palette.colour(line.run(), theme)));
        }
        return ends;
    }
}
