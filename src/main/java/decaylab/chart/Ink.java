package decaylab.chart;

/** How a line is painted, in device pixels. */
final class Ink {
    /** Entries of the table of strokes a pixel. */
    private static final int FINENESS = 16;

    private final int colour;
    private final double opacity;
    private final double thickness;
    private final double period;
    /** How much of a stroke there is at each sixteenth of a pixel of the period: a line asks for every pixel it covers. */
    private final float[] strokes;

    /**
     * @param colour 0xRRGGBB
     * @param opacity in [0, 1]
     * @param thickness of the line, in device pixels
     * @param dashes lengths of strokes and gaps in device pixels, one after the other; empty for a solid line
     */
    Ink(int colour, double opacity, double thickness, float[] dashes) {
        this.colour = colour;
        this.opacity = opacity;
        this.thickness = thickness;
        double sum = 0;
        for (float dash : dashes) {
            sum += dash;
        }
        period = sum;
        strokes = new float[(int) Math.ceil(period * FINENESS)];
        for (int i = 0; i < strokes.length; i++) {
            strokes[i] = (float) stroke((i + 0.5) / FINENESS, dashes);
        }
    }

    int colour() {
        return colour;
    }

    double opacity() {
        return opacity;
    }

    double thickness() {
        return thickness;
    }

    boolean dashed() {
        return period > 0;
    }

    /**
     * How much of a stroke there is at a distance along the line: 1 within, 0 in a gap, and between them over the pixel at
     * a stroke's end.
     */
    double strokeAt(double distance) {
        if (!(period > 0)) {
            return 1;
        }
        double at = distance - Math.floor(distance / period) * period; // many times faster than a remainder
        return strokes[Math.min(strokes.length - 1, (int) (at * FINENESS))];
    }

    private double stroke(double at, float[] dashes) {
        double begin = 0;
        double ink = 0;
        for (int i = 0; i < dashes.length; i++) {
            double end = begin + dashes[i];
            if (i % 2 == 0) {
                ink += overlap(at, begin, end) + overlap(at, begin + period, end + period);
                ink += overlap(at, begin - period, end - period);
            }
            begin = end;
        }
        return Math.min(1, ink);
    }

    /** How much of the pixel around a place lies between two others. */
    private static double overlap(double at, double begin, double end) {
        return Math.max(0, Math.min(end, at + 0.5) - Math.max(begin, at - 0.5));
    }
}
