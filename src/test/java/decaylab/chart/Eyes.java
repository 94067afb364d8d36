package decaylab.chart;

/** Colours as eyes see them: contrast, three dichromacies, and the difference of two colours. Colours are 0xRRGGBB. */
public final class Eyes {
    /** Full colour vision, and the three kinds of colour blindness in which one kind of cones is missing. */
    public enum Vision {
        FULL(1, 0, 0, 0, 1, 0, 0, 0, 1),
        PROTANOPIA(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
        DEUTERANOPIA(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
        TRITANOPIA(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

        /**
         * From linear RGB to linear RGB, row by row: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
         * Simulation of Color Vision Deficiency" (IEEE TVCG 15(6), 2009), severity 1.
         */
        private final double[] matrix;

        Vision(double... matrix) {
            this.matrix = matrix;
        }
    }

    private Eyes() {}

    /** WCAG 2.2's contrast ratio, from 1 to 21. */
    public static double contrast(int a, int b) {
        double first = luminance(a);
        double second = luminance(b);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(int rgb) {
        double[] linear = linear(rgb);
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    /** CIE lightness, 0 for black to 100 for white. */
    public static double lightness(int rgb, Vision vision) {
        return lab(rgb, vision)[0];
    }

    /**
     * CIEDE2000 of two colours as someone sees them: Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula:
     * Implementation Notes" (2005), with all three weights 1. About 1 can just be told apart on large patches side by side.
     */
    public static double difference(int a, int b, Vision vision) {
        return ciede2000(lab(a, vision), lab(b, vision));
    }

    private static double[] linear(int rgb) {
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            double value = (rgb >> (16 - 8 * i) & 0xFF) / 255.0;
            linear[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        return linear;
    }

    private static double[] lab(int rgb, Vision vision) {
        double[] linear = linear(rgb);
        double[] seen = new double[3];
        for (int row = 0; row < 3; row++) {
            double sum = 0;
            for (int column = 0; column < 3; column++) {
                sum += vision.matrix[3 * row + column] * linear[column];
            }
            seen[row] = Math.max(0, Math.min(1, sum));
        }
        // sRGB's primaries and white D65
        double x = bent((0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047);
        double y = bent(0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2]);
        double z = bent((0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double bent(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    static double ciede2000(double[] one, double[] two) {
        double mean = (Math.hypot(one[1], one[2]) + Math.hypot(two[1], two[2])) / 2;
        double g = 0.5 * (1 - Math.sqrt(Math.pow(mean, 7) / (Math.pow(mean, 7) + Math.pow(25, 7))));
        double a1 = one[1] * (1 + g);
        double a2 = two[1] * (1 + g);
        double c1 = Math.hypot(a1, one[2]);
        double c2 = Math.hypot(a2, two[2]);
        double h1 = hue(a1, one[2]);
        double h2 = hue(a2, two[2]);
        boolean grey = c1 * c2 == 0;
        double turn = grey ? 0 : h2 - h1;
        turn = turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
        double dl = two[0] - one[0];
        double dc = c2 - c1;
        double dh = 2 * Math.sqrt(c1 * c2) * Math.sin(Math.toRadians(turn / 2));
        double l = (one[0] + two[0]) / 2;
        double c = (c1 + c2) / 2;
        double h = h1 + h2;
        if (!grey) {
            h = Math.abs(h1 - h2) <= 180 ? h / 2 : h < 360 ? (h + 360) / 2 : (h - 360) / 2;
        }
        double t = 1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.20 * cos(4 * h - 63);
        double sl = 1 + 0.015 * (l - 50) * (l - 50) / Math.sqrt(20 + (l - 50) * (l - 50));
        double sc = 1 + 0.045 * c;
        double sh = 1 + 0.015 * c * t;
        double rc = 2 * Math.sqrt(Math.pow(c, 7) / (Math.pow(c, 7) + Math.pow(25, 7)));
        double rt = -Math.sin(Math.toRadians(60 * Math.exp(-Math.pow((h - 275) / 25, 2)))) * rc;
        double byL = dl / sl;
        double byC = dc / sc;
        double byH = dh / sh;
        return Math.sqrt(byL * byL + byC * byC + byH * byH + rt * byC * byH);
    }

    private static double hue(double a, double b) {
        double degrees = a == 0 && b == 0 ? 0 : Math.toDegrees(Math.atan2(b, a));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    private static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }
}
