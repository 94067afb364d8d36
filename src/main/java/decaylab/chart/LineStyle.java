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
    private static final double SHADE = 0.18;

    private static final double FILL = 0.55;
    private static final float PATCH = 9;
    private static final float[] GUIDE = {2, 3};

    /** Opacity of the band of a line. */
    static double shade(ChartSpec.Line line) {
        return line.weight() == ChartSpec.Weight.FILLED ? FILL : SHADE;
    }

    static LineStyle of(ChartSpec.Line line) {
        float[] dashes = line.dashed() ? Palette.dashes(line.run()) : new float[0];
        return switch (line.weight()) {
            case STRONG -> new LineStyle(2f, 1, dashes);
            case THIN -> new LineStyle(1.4f, 0.75, dashes);
            case PALE -> new LineStyle(1.2f, 0.28, dashes);
            case GUIDE -> new LineStyle(1.4f, 0.7, GUIDE);
            case FILLED -> new LineStyle(0.8f, 0.5, dashes);
        };
    }

    BasicStroke stroke() {
        return dashes.length == 0
                ? new BasicStroke(thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                : new BasicStroke(thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, dashes, 0);
    }

    /** For a sample beside its name: as thick as what is filled. */
    static BasicStroke sample(ChartSpec.Line line) {
        return line.weight() == ChartSpec.Weight.FILLED
                ? new BasicStroke(PATCH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER)
                : of(line).stroke();
    }

    /** The opacity of a sample. */
    static double opacityOfSample(ChartSpec.Line line) {
        return line.weight() == ChartSpec.Weight.FILLED ? FILL : 1;
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
