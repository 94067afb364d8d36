package decaylab.glyphs;

import decaylab.random.CounterRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Images of digits: an outline of one of the faces, of some size, turned, sheared and bent, with thicker or thinner strokes. The i-th image is a pure function of the split's name and i.
 */
final class GlyphImages {
    static final int SIDE = 28;
    static final int DIGITS = 10;

    private static final double TALLEST = 21;
    private static final double SHORTEST = 16;

    private final List<List<Outline>> faces = new ArrayList<>();

    /** @param file a line "face NAME" for each face and a line for each of its digits: the digit and its path */
    GlyphImages(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("face ")) {
                faces.add(new ArrayList<>());
            } else {
                faces.get(faces.size() - 1).add(Outline.of(line.substring(2)));
            }
        }
    }

    /** All images of a split, one after the other, row by row. */
    byte[] images(String split, int count) {
        byte[] all = new byte[count * SIDE * SIDE];
        for (int i = 0; i < count; i++) {
            System.arraycopy(image(split, i), 0, all, i * SIDE * SIDE, SIDE * SIDE);
        }
        return all;
    }

    /** The digits of a split: every ten images have each once, in an order drawn anew. */
    static byte[] labels(String split, int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) digit(split, i);
        }
        return labels;
    }

    private static int digit(String split, int number) {
        return CounterRandom.of(0, "glyphs " + split + " digits")
                .split(number / DIGITS)
                .permutation(DIGITS)[number % DIGITS];
    }

    private byte[] image(String split, int number) {
        CounterRandom random = CounterRandom.of(0, "glyphs " + split).split(number);
        Outline outline = faces.get(random.nextInt(faces.size())).get(digit(split, number));
        Canvas canvas = new Canvas(SIDE);
        canvas.fill(outline.warped(warp(outline.box(), random)));
        int weight = random.nextInt(4) - 1; // cells
        for (int i = 0; i < Math.abs(weight); i++) {
            canvas.thicken(weight > 0);
        }
        double brightness = between(random, 0.65, 1);
        byte[] image = new byte[SIDE * SIDE];
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) StrictMath.rint(255 * brightness * canvas.at(i % SIDE, i / SIDE));
        }
        return image;
    }

    /** From thousandths of an em, y up, to pixels, y down: about the middle, then bent by two waves. */
    private static Outline.Warp warp(double[] box, CounterRandom random) {
        double height = between(random, SHORTEST, TALLEST);
        double scale = height / (box[3] - box[1]);
        double aspect = between(random, 0.8, 1.15);
        double angle = StrictMath.toRadians(between(random, -14, 14));
        double shear = between(random, -0.25, 0.25);
        double toRight = SIDE / 2.0 + between(random, -2.5, 2.5);
        double down = SIDE / 2.0 + between(random, -2.5, 2.5);
        double[] across = wave(random);
        double[] along = wave(random);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        return (x, y) -> {
            double right = scale * aspect * (x - (box[0] + box[2]) / 2);
            double up = scale * (y - (box[1] + box[3]) / 2);
            double sheared = right + shear * up;
            double turnedX = cos * sheared - sin * up + toRight;
            double turnedY = -sin * sheared - cos * up + down;
            return new double[] {turnedX + height(across, turnedX, turnedY), turnedY + height(along, turnedX, turnedY)};
        };
    }

    /** A plane wave: amplitude in pixels, wave numbers, phase. */
    private static double[] wave(CounterRandom random) {
        double length = between(random, 14, 30);
        double towards = between(random, 0, 2 * StrictMath.PI);
        double number = 2 * StrictMath.PI / length;
        return new double[] {
            between(random, 0, 1.2),
            number * StrictMath.cos(towards),
            number * StrictMath.sin(towards),
            between(random, 0, 2 * StrictMath.PI)
        };
    }

    private static double height(double[] wave, double x, double y) {
        return wave[0] * StrictMath.sin(wave[1] * x + wave[2] * y + wave[3]);
    }

    private static double between(CounterRandom random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
