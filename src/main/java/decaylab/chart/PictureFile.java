package decaylab.chart;

import decaylab.problem.BadInputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import org.jfree.svg.SVGGraphics2D;
import org.jspecify.annotations.Nullable;

/** Writes pictures, each whole or not at all. */
final class PictureFile {
    private PictureFile() {}

    private interface Content {
        void writeTo(Path temporary) throws IOException;
    }

    /**
     * Writes a PNG file.
     *
     * @param note a text that the file carries along; null for none
     * @throws BadInputException where it cannot be written
     */
    static void png(BufferedImage picture, @Nullable String note, Path file) {
        write(file, temporary -> {
            Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
            if (!writers.hasNext()) {
                throw new IOException("this Java runtime writes no PNG");
            }
            ImageWriter writer = writers.next();
            try (ImageOutputStream out = ImageIO.createImageOutputStream(temporary.toFile())) {
                writer.setOutput(out);
                IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(picture), null);
                if (note != null) {
                    PictureNote.put(note, metadata);
                }
                writer.write(new IIOImage(picture, null, metadata));
            } finally {
                writer.dispose();
            }
        });
    }

    /**
     * Writes a text, such as an SVG file.
     *
     * @throws BadInputException where it cannot be written
     */
    static void text(String document, Path file) {
        write(file, temporary -> Files.writeString(temporary, document, StandardCharsets.UTF_8));
    }

    /** Where an SVG image is drawn that is the same to the byte each time. */
    static SVGGraphics2D svg(double width, double height) {
        SVGGraphics2D graphics = new SVGGraphics2D(width, height);
        graphics.setDefsKeyPrefix("decaylab-"); // by default the time of day, which makes every file another
        graphics.setFontFunction(PictureFile::families);
        return graphics;
    }

    /** Style of a text: a viewer that does not have the charts' font takes the next like it. Without quotes, which end it. */
    private static String families(String font) {
        String arabic = font.contains("Arabic") ? "Lab Arabic, Noto Sans Arabic, " : "";
        return arabic + "Inter, Helvetica, Arial, sans-serif" + (font.contains("Semi") ? "; font-weight: 600" : "");
    }

    private static void write(Path file, Content content) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadInputException(
                    "There is no folder " + folder + "; make it, or choose another file than " + file + ".");
        }
        try {
            // Not a file for temporary use: that would be readable by its owner only, and so would what it becomes.
            Path temporary = file.resolveSibling("." + file.getFileName() + ".writing");
            try {
                content.writeTo(temporary);
                move(temporary, file);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new BadInputException(
                    "The picture " + file + " cannot be written (" + e.getMessage() + "); choose another file.", e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
