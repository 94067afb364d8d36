package decaylab.chart;

/**
 * Colours that colour-blind eyes can tell apart, and a dash pattern for each run, so that neither print nor a poor projector
 * takes the difference away. The colours are those of Okabe and Ito (2008), moved as little as makes every two of them differ,
 * and from the background, for full colour vision and for each of the three dichromacies; a test computes by how much.
 */
public final class Palette {
    private static final int[] LIGHT = {0x006CAE, 0xE1782C, 0x249A71, 0xB77FA9, 0x9D6808, 0x3D96F3, 0x000000, 0x575900};
    private static final int[] DARK = {0x6999EF, 0xCC7A3C, 0x1BC88D, 0xDBA6C2, 0xE7A317, 0x96D7FF, 0xF0F0F0, 0xF2F20F};
    private static final int[] STRONG = {0x103E65, 0xCB4900, 0x2F785B, 0xA95083, 0x6B4100, 0x0B7BC1, 0x000000, 0x6D5F39
    };
    private static final float[][] DASHES = {
        {}, {10, 4}, {3, 3}, {10, 3, 3, 3}, {16, 5}, {6, 3}, {2, 5}, {12, 3, 2, 3, 2, 3}
    };

    private Palette() {}

    /** How many runs differ in colour; further ones begin again. */
    public static int size() {
        return LIGHT.length;
    }

    /** The colour of a run, as 0xRRGGBB. */
    public static int colour(int run, Theme theme) {
        int[] colours = theme.isDark() ? DARK : theme.isContrast() ? STRONG : LIGHT;
        return colours[Math.floorMod(run, colours.length)];
    }

    /** Lengths of strokes and gaps in logical pixels, one after the other; empty for a solid line. */
    public static float[] dashes(int run) {
        return DASHES[Math.floorMod(run, DASHES.length)].clone();
    }
}
