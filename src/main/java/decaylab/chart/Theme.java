package decaylab.chart;

/** The colours around the data, as 0xRRGGBB. */
public enum Theme {
    LIGHT(0xFFFFFF, 0xE7EAEE, 0x57606A, 0x1F2328),
    DARK(0x0D1117, 0x262C36, 0x9BA4AF, 0xE6EDF3);

    private final int background;
    private final int grid;
    private final int faint;
    private final int text;

    Theme(int background, int grid, int faint, int text) {
        this.background = background;
        this.grid = grid;
        this.faint = faint;
        this.text = text;
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
