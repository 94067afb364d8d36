package decaylab.chart;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Paints charts: JFreeChart draws titles, axes and grid, the lab the lines, in columns of pixels. For one thread at a time;
 * frames are kept, so that a chart whose axes stay costs its lines only.
 */
public final class ChartPainter {
    private final Fonts fonts;

    public ChartPainter() {
        this(new Fonts());
    }

    ChartPainter(Fonts fonts) {
        this.fonts = fonts;
    }

    /**
     * What is behind the lines, with where they go.
     *
     * @param key what it was painted for
     * @param scale device pixels a logical pixel
     * @param image in device pixels
     * @param area of the data, in logical pixels
     */
    private record Background(Object key, double scale, BufferedImage image, Rectangle2D area) {}

    /**
     * A painted chart.
     *
     * @param image in device pixels
     * @param area of the data within the chart, in logical pixels
     * @param values scale of the value axis
     */
    public record Painted(BufferedImage image, Rectangle2D area, ValueScale values) {}

    /** The background of one place on screen and the lines that no longer grow, kept from one painting to the next. */
    public static final class Slot {
        private @Nullable Background background;
        private @Nullable Layer layer;
        private Map<Series, Long> counts = Map.of();
    }

    /**
     * A background with the lowest lines already on it.
     *
     * @param background below them
     * @param lines which
     * @param image in device pixels
     */
    private record Layer(Background background, List<ChartSpec.Line> lines, BufferedImage image) {}

    /**
     * Paints a chart.
     *
     * @param width in logical pixels
     * @param height in logical pixels
     * @param scale device pixels a logical pixel
     * @param slot keeps the background for the next painting of the same place
     */
    public Painted paint(ChartSpec spec, int width, int height, double scale, Slot slot) {
        ValueScale values = ValueScale.of(spec);
        ChartFrame frame = new ChartFrame(spec, values, width, height, fonts);
        Object key = frame.key();
        Background background = slot.background;
        if (background == null || background.scale != scale || !background.key.equals(key)) {
            background = background(frame, key, width, height, scale);
            slot.background = background;
        }
        Rectangle2D area = background.area;
        if (spec.style() == ChartSpec.Style.HEAT) {
            BufferedImage image = copy(background.image);
            Graphics2D graphics = graphics(image, scale);
            new HeatPainter(spec, area, frame.roomForMarks(), fonts).draw(graphics);
            frame.drawAbove(graphics, area);
            graphics.dispose();
            return new Painted(image, area, values);
        }
        int still = still(spec.lines(), slot);
        List<ChartSpec.Line> finished = spec.lines().subList(0, still);
        Layer layer = slot.layer;
        if (layer == null || layer.background.image != background.image || !layer.lines.equals(finished)) {
            layer = new Layer(background, List.copyOf(finished), copy(background.image));
            paintLines(spec, finished, values, layer.image, area, scale);
            slot.layer = layer;
        }
        BufferedImage image = copy(layer.image);
        paintLines(spec, spec.lines().subList(still, spec.lines().size()), values, image, area, scale);
        if (!spec.title().isEmpty() || !spec.marks().isEmpty()) {
            Graphics2D graphics = graphics(image, scale);
            frame.drawAbove(graphics, area);
            graphics.dispose();
        }
        return new Painted(image, area, values);
    }

    /**
     * How many of the lowest lines have not grown since the last painting, so that they need not be painted again. None where
     * there are bands, which lie below all lines.
     */
    private static int still(List<ChartSpec.Line> lines, Slot slot) {
        Map<Series, Long> counts = new HashMap<>();
        int still = 0;
        boolean all = lines.stream().allMatch(line -> line.band() == null);
        for (ChartSpec.Line line : lines) {
            long count = line.series().count();
            counts.put(line.series(), count);
            all = all && Objects.equals(slot.counts.get(line.series()), count);
            still += all ? 1 : 0;
        }
        slot.counts = counts;
        return still;
    }

    private static void paintLines(
            ChartSpec spec,
            List<ChartSpec.Line> lines,
            ValueScale values,
            BufferedImage image,
            Rectangle2D area,
            double scale) {
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        int left = (int) Math.round(area.getX() * scale);
        int top = (int) Math.round(area.getY() * scale);
        ColumnPainter painter = new ColumnPainter(
                pixels,
                image.getWidth(),
                left,
                top,
                Math.min(image.getWidth() - left, (int) Math.round(area.getWidth() * scale)),
                Math.min(image.getHeight() - top, (int) Math.round(area.getHeight() * scale)));
        double from = spec.fromStep();
        double to = spec.toStep();
        for (ChartSpec.Line line : lines) { // below all lines: a shade must not hide one
            ChartSpec.Band band = line.band();
            if (band != null) {
                int colour = Palette.colour(line.run(), spec.theme());
                painter.fill(band.low(), band.high(), from, to, values, colour, LineStyle.shade(line));
            }
        }
        for (ChartSpec.Line line : lines) {
            int colour = Palette.colour(line.run(), spec.theme());
            painter.paint(line.series(), from, to, values, LineStyle.of(line).ink(colour, scale));
        }
    }

    private static BufferedImage copy(BufferedImage from) {
        BufferedImage to = new BufferedImage(from.getWidth(), from.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] source = ((DataBufferInt) from.getRaster().getDataBuffer()).getData();
        int[] target = ((DataBufferInt) to.getRaster().getDataBuffer()).getData();
        System.arraycopy(source, 0, target, 0, source.length);
        return to;
    }

    private static Background background(ChartFrame frame, Object key, int width, int height, double scale) {
        BufferedImage image = new BufferedImage(
                (int) Math.round(width * scale), (int) Math.round(height * scale), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(image, scale);
        graphics.setPaint(frame.background());
        graphics.fillRect(0, 0, width + 1, height + 1); // a last pixel may lie partly outside
        Rectangle2D area = frame.drawBelow(graphics);
        graphics.dispose();
        return new Background(key, scale, image, area);
    }

    static Graphics2D graphics(BufferedImage image, double scale) {
        Graphics2D graphics = image.createGraphics();
        graphics.scale(scale, scale);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        return graphics;
    }
}
