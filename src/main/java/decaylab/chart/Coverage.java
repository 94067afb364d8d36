package decaylab.chart;

import java.util.Arrays;

/**
 * How much of each pixel a line through few points covers: each pixel by its distance from the nearest piece of the line, so
 * that joints are round, ends are round, and no pixel is painted twice.
 */
final class Coverage {
    private final int width;
    private final int height;
    private final float[] covered;
    private int firstRow;
    private int lastRow = -1;

    Coverage(int width, int height) {
        this.width = width;
        this.height = height;
        covered = new float[width * height];
        firstRow = height;
    }

    /** The uppermost row with anything in it. */
    int firstRow() {
        return firstRow;
    }

    /** The lowest row with anything in it; below the first where there is nothing. */
    int lastRow() {
        return lastRow;
    }

    double at(int column, int row) {
        return covered[row * width + column];
    }

    /** Covers the straight lines between points; a point whose neighbours are missing is a dot. */
    void line(Series series, long from, long to, PlotScale scale, Ink ink) {
        double radius = ink.thickness() / 2;
        double length = 0;
        double x0 = Double.NaN;
        double y0 = Double.NaN;
        boolean joined = false;
        for (long i = from; i <= to; i++) {
            double x1 = i < to ? scale.x(series.step(i)) : Double.NaN;
            double y1 = i < to ? within(scale.y(series.value(i))) : Double.NaN;
            boolean there = !Double.isNaN(y1);
            boolean before = !Double.isNaN(y0);
            if (there && before) {
                piece(x0, y0, x1, y1, radius, length, ink);
                length += Math.hypot(x1 - x0, y1 - y0);
            } else if (before && !joined) {
                piece(x0, y0, x0, y0, 1.5 * radius, 0, ink);
            }
            joined = there && before;
            x0 = x1;
            y0 = y1;
        }
    }

    /** Places far outside, as those of infinities, are taken nearer: the line leaves the picture all the same. */
    private double within(double y) {
        return Math.max(-2.0 * height, Math.min(3.0 * height, y)); // NaN stays NaN
    }

    private void piece(double x0, double y0, double x1, double y1, double radius, double length, Ink ink) {
        double reach = radius + 0.5;
        double dx = x1 - x0;
        double dy = y1 - y0;
        double squared = dx * dx + dy * dy;
        int firstColumn = (int) Math.max(0, Math.floor(x0 - reach));
        int lastColumn = (int) Math.min(width - 1.0, Math.ceil(x1 + reach) - 1);
        double total = Math.sqrt(squared);
        boolean dashed = ink.dashed();
        double outside = reach * reach;
        double inside = (reach - 1) * Math.max(0, reach - 1); // where the pixel is covered whole
        double perSquared = squared > 0 ? 1 / squared : 0;
        for (int column = firstColumn; column <= lastColumn; column++) {
            // The part of the piece that can reach into this column.
            double shareA = dx > 0 ? clamp((column - reach - x0) / dx) : 0;
            double shareB = dx > 0 ? clamp((column + 1 + reach - x0) / dx) : 1;
            double ya = y0 + shareA * dy;
            double yb = y0 + shareB * dy;
            int first = (int) Math.max(0, Math.floor(Math.min(ya, yb) - reach));
            int last = (int) Math.min(height - 1.0, Math.ceil(Math.max(ya, yb) + reach) - 1);
            double px = column + 0.5 - x0;
            for (int row = first; row <= last; row++) {
                double py = row + 0.5 - y0;
                double along = clamp((px * dx + py * dy) * perSquared);
                double ex = px - along * dx;
                double ey = py - along * dy;
                double distance = ex * ex + ey * ey;
                if (distance < outside) {
                    double cover = distance <= inside ? 1 : Math.min(1, reach - Math.sqrt(distance));
                    cover(column, row, dashed ? cover * ink.strokeAt(length + along * total) : cover);
                }
            }
        }
    }

    private void cover(int column, int row, double cover) {
        int at = row * width + column;
        if (cover > covered[at]) {
            covered[at] = (float) cover;
            firstRow = Math.min(firstRow, row);
            lastRow = Math.max(lastRow, row);
        }
    }

    private static double clamp(double share) {
        return Math.max(0, Math.min(1, share));
    }

    /** For another line in the same picture. */
    void clear() {
        if (lastRow >= firstRow) {
            Arrays.fill(covered, firstRow * width, (lastRow + 1) * width, 0);
        }
        firstRow = height;
        lastRow = -1;
    }
}
