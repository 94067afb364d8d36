package decaylab.chart;

import java.awt.BasicStroke;

/**
 * How a line of a chart looks, apart from its colour.
 *
 * @param thickness in logical pixels
 * @param opacity in [0, 1]
 * @param dashes lengths of strokes and gaps in logical pixels; empty for a solid line
 */
@SuppressWarnings("ArrayRecordComponent") // a style is looked at, never compared
record LineStyle(float thickness, double opacity, float[] dashes) {
    /** Opacity of the shade around a line. */
    static final double SHADE = 0.18;

    static LineStyle of(ChartSpec.Line line) {
        float[] dashes = line.dashed() ? Palette.dashes(line.run()) : new float[0];
        return switch (line.weight()) {
            case STRONG -> new LineStyle(2f, 1, dashes);
            case THIN -> new LineStyle(1.4f, 0.75, dashes);
            case PALE -> new LineStyle(1.2f, 0.28, dashes);
        };
    }

    BasicStroke stroke() {
        return dashes.length == 0
                ? new BasicStroke(thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                : new BasicStroke(thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, dashes, 0);
    }

    /** For painting pixels. */
    Ink ink(int colour, double scale) {
        float[] scaled = dashes.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= (float) scale;
        }
        return new Ink(colour, opacity, thickness * scale, scaled);
    }
}
