package decaylab.chart;

/**
 * Colours that colour-blind eyes can tell apart (Okabe and Ito 2008), and a dash pattern for each run, so that neither
 * print nor a poor projector takes the difference away.
 */
public final class Palette {
    private static final int[] LIGHT = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xB87D00, 0x3B9BD1, 0x000000, 0x8A8200};
    private static final int[] DARK = {0x56B4E9, 0xE8813A, 0x2FC79B, 0xDE9CC1, 0xE69F00, 0x8CCBF2, 0xF0F0F0, 0xF0E442};
    private static final float[][] DASHES = {
        {}, {10, 4}, {3, 3}, {10, 3, 3, 3}, {16, 5}, {6, 3}, {2, 5}, {12, 3, 2, 3, 2, 3}
    };

    private Palette() {}

    /** How many runs differ in colour; further ones begin again. */
    public static int size() {
        return LIGHT.length;
    }

    /** The colour of a run, as 0xRRGGBB; darker shades of Okabe and Ito's orange, sky blue and yellow on white. */
    public static int colour(int run, Theme theme) {
        return (theme == Theme.DARK ? DARK : LIGHT)[Math.floorMod(run, LIGHT.length)];
    }

    /** Lengths of strokes and gaps in logical pixels, one after the other; empty for a solid line. */
    public static float[] dashes(int run) {
        return DASHES[Math.floorMod(run, DASHES.length)].clone();
    }
}
