package decaylab.chart;

/**
 * How a line is painted.
 *
 * @param colour 0xRRGGBB
 * @param opacity in [0, 1]
 * @param thickness of the line, in device pixels
 * @param dashes lengths of strokes and gaps in device pixels, one after the other; empty for a solid line
 */
@SuppressWarnings("ArrayRecordComponent")
record Ink(int colour, double opacity, double thickness, float[] dashes) {
    /** The length of all strokes and gaps; 0 for a solid line. */
    double period() {
        double period = 0;
        for (float dash : dashes) {
            period += dash;
        }
        return period;
    }

    /**
     * How much of a stroke there is at a distance along the line: 1 within, 0 in a gap, and between them over the pixel at
     * a stroke's end.
     */
    double strokeAt(double distance) {
        double period = period();
        if (!(period > 0)) {
            return 1;
        }
        double at = distance % period;
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
