package decaylab.glyphs;

import java.util.ArrayList;
import java.util.List;

/**
 * The outline of a digit as closed polygons, in thousandths of an em, y up.
 *
 * @param polygons each a list of points {x, y}; what they wind around is ink
 */
record Outline(List<List<double[]>> polygons) {
    /** Pieces that a curve, or a line, is cut into, so that it can bend. */
    private static final int PIECES = 8;

    /**
     * @param path in the letters of SVG: M, L, Q, C and Z, with absolute coordinates
     */
    static Outline of(String path) {
        String[] words = path.split(" ", -1);
        List<List<double[]>> polygons = new ArrayList<>();
        List<double[]> polygon = new ArrayList<>();
        int at = 0;
        while (at < words.length) {
            String letter = words[at++];
            int points =
                    switch (letter) {
                        case "M", "L" -> 1;
                        case "Q" -> 2;
                        case "C" -> 3;
                        case "Z" -> 0;
                        default -> throw new IllegalArgumentException(letter);
                    };
            List<double[]> controls = new ArrayList<>();
            for (int i = 0; i < points; i++) {
                controls.add(new double[] {Double.parseDouble(words[at]), Double.parseDouble(words[at + 1])});
                at += 2;
            }
            if (letter.equals("M")) {
                polygon = new ArrayList<>(controls);
                polygons.add(polygon);
            } else if (letter.equals("Z")) {
                bend(polygon, List.of(polygon.get(0)));
            } else {
                bend(polygon, controls);
            }
        }
        return new Outline(polygons);
    }

    /** Adds the points of a Bezier curve from the last point on (de Casteljau's algorithm). */
    private static void bend(List<double[]> polygon, List<double[]> controls) {
        List<double[]> all = new ArrayList<>(List.of(polygon.get(polygon.size() - 1)));
        all.addAll(controls);
        for (int piece = 1; piece <= PIECES; piece++) {
            double t = (double) piece / PIECES;
            List<double[]> points = all;
            while (points.size() > 1) {
                List<double[]> between = new ArrayList<>();
                for (int i = 1; i < points.size(); i++) {
                    double[] a = points.get(i - 1);
                    double[] b = points.get(i);
                    between.add(new double[] {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])});
                }
                points = between;
            }
            polygon.add(points.get(0));
        }
    }

    /** The smallest and largest coordinates: {left, bottom, right, top}. */
    double[] box() {
        double[] box = {
            Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY
        };
        for (List<double[]> polygon : polygons) {
            for (double[] point : polygon) {
                box[0] = Math.min(box[0], point[0]);
                box[1] = Math.min(box[1], point[1]);
                box[2] = Math.max(box[2], point[0]);
                box[3] = Math.max(box[3], point[1]);
            }
        }
        return box;
    }

    /** What a point becomes. */
    @FunctionalInterface
    interface Warp {
        double[] of(double x, double y);
    }

    Outline warped(Warp warp) {
        return new Outline(polygons.stream()
                .map(polygon -> polygon.stream()
                        .map(point -> warp.of(point[0], point[1]))
                        .toList())
                .toList());
    }
}
