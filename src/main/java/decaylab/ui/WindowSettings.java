package decaylab.ui;

import decaylab.store.WholeFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What the window remembers from one time to the next.
 *
 * @param x left edge; NaN where the system may choose
 * @param y upper edge; NaN where the system may choose
 * @param width of the window
 * @param height of the window
 * @param maximized whether it fills the screen
 * @param dark whether the dark theme is on
 * @param designerShown whether the experiment is on the left
 * @param sideShown whether the runs are on the right
 * @param speedLimit steps a second, infinite for none
 * @param language tag of the language of its words, such as "es"; empty for the system's
 * @param textScale size of all words, 1 for the usual one
 * @param contrast whether colours are those of highest contrast
 * @param tourSeen whether the tour of the first start is over
 * @param recent files that were opened or saved, the latest first
 */
public record WindowSettings(
        double x,
        double y,
        double width,
        double height,
        boolean maximized,
        boolean dark,
        boolean designerShown,
        boolean sideShown,
        double speedLimit,
        String language,
        double textScale,
        boolean contrast,
        boolean tourSeen,
        List<Path> recent) {
    /** Least size of words. */
    public static final double LEAST_TEXT = 0.8;

    /** Largest size of words. */
    public static final double LARGEST_TEXT = 2;

    private static final int MOST_RECENT = 8;
    private static final double LEAST_WIDTH = 900;
    private static final double LEAST_HEIGHT = 560;

    public WindowSettings {
        width = width >= LEAST_WIDTH ? width : LEAST_WIDTH;
        height = height >= LEAST_HEIGHT ? height : LEAST_HEIGHT;
        speedLimit = speedLimit > 0 ? speedLimit : 500;
        textScale = textScale >= LEAST_TEXT && textScale <= LARGEST_TEXT ? textScale : 1;
        recent = List.copyOf(recent.subList(0, Math.min(MOST_RECENT, recent.size())));
    }

    /** What a window starts with that remembers nothing. */
    public static WindowSettings first() {
        return new WindowSettings(
                Double.NaN, Double.NaN, 1280, 720, false, false, true, true, 500, "", 1, false, false, List.of());
    }

    /** The same after a file was opened or saved. */
    public static List<Path> withRecent(List<Path> recent, Path file) {
        List<Path> all = new ArrayList<>(recent);
        Path whole = file.toAbsolutePath().normalize();
        all.remove(whole);
        all.add(0, whole);
        return all.subList(0, Math.min(MOST_RECENT, all.size()));
    }

    /** Reads a file; what is missing or damaged is as at first, since a memory is no reason not to open. */
    public static WindowSettings read(Path file) {
        Properties values = new Properties();
        if (Files.isRegularFile(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                values.load(in);
            } catch (IOException | IllegalArgumentException damaged) {
                values.clear();
            }
        }
        WindowSettings first = first();
        List<Path> recent = new ArrayList<>();
        for (int i = 0; i < MOST_RECENT; i++) {
            String path = values.getProperty("recent." + i, "");
            try {
                if (!path.isEmpty()) {
                    recent.add(Path.of(path));
                }
            } catch (InvalidPathException e) {
                // a file of another system
            }
        }
        return new WindowSettings(
                number(values, "x", first.x),
                number(values, "y", first.y),
                number(values, "width", first.width),
                number(values, "height", first.height),
                flag(values, "maximized", first.maximized),
                flag(values, "dark", first.dark),
                flag(values, "designer", first.designerShown),
                flag(values, "side", first.sideShown),
                number(values, "speed", first.speedLimit),
                values.getProperty("language", first.language).strip(),
                number(values, "textScale", first.textScale),
                flag(values, "contrast", first.contrast),
                flag(values, "tourSeen", first.tourSeen),
                recent);
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @throws IOException where it cannot be written
     */
    public void write(Path file) throws IOException {
        Properties values = new Properties();
        values.setProperty("x", Double.toString(x));
        values.setProperty("y", Double.toString(y));
        values.setProperty("width", Double.toString(width));
        values.setProperty("height", Double.toString(height));
        values.setProperty("maximized", Boolean.toString(maximized));
        values.setProperty("dark", Boolean.toString(dark));
        values.setProperty("designer", Boolean.toString(designerShown));
        values.setProperty("side", Boolean.toString(sideShown));
        values.setProperty("speed", Double.toString(speedLimit));
        values.setProperty("language", language);
        values.setProperty("textScale", Double.toString(textScale));
        values.setProperty("contrast", Boolean.toString(contrast));
        values.setProperty("tourSeen", Boolean.toString(tourSeen));
        for (int i = 0; i < recent.size(); i++) {
            values.setProperty("recent." + i, recent.get(i).toString());
        }
        StringWriter out = new StringWriter();
        values.store(out, "What Decay Lab's window remembers");
        Files.createDirectories(file.toAbsolutePath().getParent());
        WholeFile.write(file, out.toString());
    }

    private static double number(Properties values, String key, double otherwise) {
        try {
            return Double.parseDouble(values.getProperty(key, "").strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static boolean flag(Properties values, String key, boolean otherwise) {
        String text = values.getProperty(key, "").strip();
        return text.isEmpty() ? otherwise : Boolean.parseBoolean(text);
    }
}
