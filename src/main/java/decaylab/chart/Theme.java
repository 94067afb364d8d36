package decaylab.chart;

/** The colours around the data, as 0xRRGGBB. */
public enum Theme {
    LIGHT(false, 0xFFFFFF, 0xE7EAEE, 0x57606A, 0x1F2328),
    DARK(true, 0x0D1117, 0x262C36, 0x9BA4AF, 0xE6EDF3),
    /** On white, for poor projectors and weak eyes: words at 7:1 at least, lines at 3:1 (WCAG 2.2, 1.4.6 and 1.4.11). */
    CONTRAST_LIGHT(false, 0xFFFFFF, 0x8A8F96, 0x24292F, 0x000000),
    /** The same on black. */
    CONTRAST_DARK(true, 0x000000, 0x6C737C, 0xE6EDF3, 0xFFFFFF);

    private final boolean dark;
    private final int background;
    private final int grid;
    private final int faint;
    private final int text;

    Theme(boolean dark, int background, int grid, int faint, int text) {
        this.dark = dark;
        this.background = background;
        this.grid = grid;
        this.faint = faint;
        this.text = text;
    }

    /**
     * The theme of a window.
     *
     * @param dark whether the background is
     * @param contrast whether colours are those of highest contrast
     */
    public static Theme of(boolean dark, boolean contrast) {
        if (contrast) {
            return dark ? CONTRAST_DARK : CONTRAST_LIGHT;
        }
        return dark ? DARK : LIGHT;
    }

    /** Whether the background is dark. */
    public boolean isDark() {
        return dark;
    }

    /** Whether colours are those of highest contrast. */
    public boolean isContrast() {
        return this == CONTRAST_LIGHT || this == CONTRAST_DARK;
    }

    /** Behind everything. */
    public int background() {
        return background;
    }

    /** Grid lines. */
    public int grid() {
        return grid;
    }

    /** Tick labels and small print. */
    public int faint() {
        return faint;
    }

    /** Titles. */
    public int text() {
        return text;
    }
}
