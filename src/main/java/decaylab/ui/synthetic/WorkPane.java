package decaylab.ui.synthetic;

import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.parallel.WorkLog.Span;
import decaylab.parallel.WorkLog.Work;
import decaylab.ui.base.CanvasWords;
import java.util.List;
import java.util.Map;
import javafx.geometry.NodeOrientation;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** Draws who worked when: a lane for each part, the uppermost at the top, time to the right. */
final class WorkPane extends Region {
    private static final double MARGIN = 8;
    private static final double NAMES = 126;
    private static final double LEGEND = 22;
    private static final double MOST_LANE = 72;
    private static final double FONT = 12;
    /** Of a word's square and the room about it, and the most of one letter. */
    private static final double SWATCH = 27;

    private static final double MOST_LETTER = 9;
    private static final Map<Work, Integer> COLOURS =
            Map.of(Work.FORWARD, 0, Work.BACKWARD, 1, Work.UPDATE, 2, Work.LEARN, 3);

    private final Canvas canvas = new Canvas();
    private final CanvasWords lettering = new CanvasWords();
    private final Map<Work, String> words;
    private List<Span> spans = List.of();
    private List<String> workers = List.of();
    private Theme theme = Theme.LIGHT;

    /** @param words what each kind of work is called */
    WorkPane(Map<Work, String> words) {
        this.words = words;
        getChildren().addAll(canvas, lettering);
        getStyleClass().add("world-pane");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT); // time has one direction
        setMinSize(0, 0);
    }

    /** Draws other spans, or the same in another theme. */
    void show(List<Span> now, List<String> names, Theme in) {
        spans = now;
        workers = names;
        theme = in;
        draw();
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            draw();
        }
    }

    private Color ink() {
        return theme.isDark() ? Color.gray(theme.isContrast() ? 1 : 0.8) : Color.gray(theme.isContrast() ? 0 : 0.25);
    }

    private Color of(Work work) {
        Integer number = COLOURS.get(work);
        if (number == null) {
            return Color.gray(0.5, 0.25);
        }
        int rgb = Palette.colour(number, theme);
        return Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    private void draw() {
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        lettering.begin();
        double width = canvas.getWidth() - 2 * MARGIN - NAMES;
        double height = canvas.getHeight() - 2 * MARGIN - LEGEND;
        if (spans.isEmpty() || workers.isEmpty() || width < 50 || height < 20) {
            return;
        }
        long from = spans.stream()
                .filter(span -> span.work() != Work.WAIT)
                .mapToLong(Span::start)
                .min()
                .orElse(0);
        long to = spans.stream().mapToLong(Span::end).max().orElse(1);
        double lane = Math.min(MOST_LANE, height / workers.size());
        graphics.setFont(Font.font("Inter", FONT));
        graphics.setTextBaseline(VPos.CENTER);
        for (int i = 0; i < workers.size(); i++) {
            double top = top(i, lane);
            graphics.setFill(ink());
            graphics.setTextAlign(TextAlignment.LEFT);
            lettering.fillText(graphics, workers.get(i), MARGIN, top + lane / 2, NAMES - MARGIN);
            graphics.setFill(Color.gray(0.5, 0.08));
            graphics.fillRect(MARGIN + NAMES, top + 2, width, lane - 4);
        }
        for (Span span : spans) {
            double left = MARGIN + NAMES + width * (Math.max(from, span.start()) - from) / (to - from);
            double right = MARGIN + NAMES + width * (span.end() - from) / (to - from);
            boolean waits = span.work() == Work.WAIT;
            double inset = waits ? lane * 0.4 : 3;
            graphics.setFill(of(span.work()));
            graphics.fillRect(left, top(span.worker(), lane) + inset, Math.max(0.5, right - left), lane - 2 * inset);
        }
        legend(graphics);
    }

    private double top(int worker, double lane) {
        return MARGIN + (workers.size() - 1 - worker) * lane;
    }

    private void legend(GraphicsContext graphics) {
        double y = canvas.getHeight() - MARGIN - LEGEND / 2 + 3;
        double letters = words.values().stream().mapToInt(String::length).sum();
        double swatches = Work.values().length * SWATCH;
        double each = Math.min(MOST_LETTER, (canvas.getWidth() - 2 * MARGIN - swatches) / letters);
        double x = MARGIN;
        for (Work work : Work.values()) {
            String word = words.getOrDefault(work, "");
            graphics.setFill(of(work));
            graphics.fillRect(x, y - 5, 10, 10);
            graphics.setFill(ink());
            lettering.fillText(graphics, word, x + 15, y, each * word.length());
            x += SWATCH + each * word.length();
        }
    }
}
