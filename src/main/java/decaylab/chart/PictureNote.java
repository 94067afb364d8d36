package decaylab.chart;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.w3c.dom.Node;

/**
 * A text that a picture carries along: in an iTXt chunk of a PNG file (W3C, Portable Network Graphics, section 11.3.3.4), in the
 * metadata element of an SVG file. It is not compressed, so that other programs show it too.
 */
public final class PictureNote {
    private static final String KEYWORD = "decaylab";
    private static final String NATIVE = "javax_imageio_png_1.0";
    private static final long LONGEST_FILE = 256L << 20;

    private PictureNote() {}

    /**
     * The text that a picture carries; empty where it carries none.
     *
     * @param picture a PNG or SVG file, told apart by the end of its name
     * @throws BadInputException where it is neither, or cannot be read
     */
    public static Optional<String> of(Path picture) {
        try {
            if (Files.size(picture) > LONGEST_FILE) {
                throw new IOException("it has more than 256 MB");
            }
            return isSvg(picture) ? ofSvg(picture) : ofPng(picture);
        } catch (IOException | XMLStreamException | RuntimeException e) { // a reader given rubbish throws what it likes
            throw new BadInputException(
                    "The picture " + picture + " cannot be read (" + reason(e)
                            + "); choose a PNG or SVG file that the lab has written.",
                    e);
        }
    }

    /** Whether a file is a picture by its name. */
    public static boolean isPicture(Path file) {
        return isSvg(file) || file.toString().toLowerCase(Locale.ROOT).endsWith(".png");
    }

    private static boolean isSvg(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
    }

    private static String reason(Exception e) {
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "there is no such file";
        }
        String message = e.getMessage();
        return message == null ? "it is damaged" : message.lines().findFirst().orElse("it is damaged");
    }

    private static Optional<String> ofPng(Path picture) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
        if (!readers.hasNext()) {
            throw new IOException("this Java runtime reads no PNG");
        }
        ImageReader reader = readers.next();
        try (InputStream in = Files.newInputStream(picture);
                ImageInputStream image = ImageIO.createImageInputStream(in)) {
            reader.setInput(image);
            Node root = reader.getImageMetadata(0).getAsTree(NATIVE);
            for (Node kind = root.getFirstChild(); kind != null; kind = kind.getNextSibling()) {
                for (Node entry = kind.getFirstChild(); entry != null; entry = entry.getNextSibling()) {
                    if (entry instanceof IIOMetadataNode text
                            && text.getAttribute("keyword").equals(KEYWORD)) {
                        return Optional.of(text.getAttribute("text"));
                    }
                }
            }
            return Optional.empty();
        } finally {
            reader.dispose();
        }
    }

    private static Optional<String> ofSvg(Path picture) throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false); // nothing from outside, and nothing that grows
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = Files.newInputStream(picture)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            while (reader.hasNext()) {
                boolean ours = reader.next() == XMLStreamReader.START_ELEMENT
                        && reader.getLocalName().equals("metadata")
                        && KEYWORD.equals(reader.getAttributeValue(null, "id"));
                if (ours) {
                    return Optional.of(reader.getElementText());
                }
            }
            return Optional.empty();
        }
    }

    /** Puts a text into what a PNG file will say of its picture. */
    static void put(String note, IIOMetadata metadata) throws IIOInvalidTreeException {
        IIOMetadataNode entry = new IIOMetadataNode("iTXtEntry");
        entry.setAttribute("keyword", KEYWORD);
        entry.setAttribute("compressionFlag", "FALSE");
        entry.setAttribute("compressionMethod", "0");
        entry.setAttribute("languageTag", "");
        entry.setAttribute("translatedKeyword", "");
        entry.setAttribute("text", note);
        IIOMetadataNode entries = new IIOMetadataNode("iTXt");
        entries.appendChild(entry);
        IIOMetadataNode root = new IIOMetadataNode(NATIVE);
        root.appendChild(entries);
        metadata.mergeTree(NATIVE, root);
    }

    /** An SVG document that carries a text along. */
    static String put(String note, String document) {
        int end = document.indexOf('>', document.indexOf("<svg")) + 1;
        String escaped = note.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return document.substring(0, end) + "<metadata id=\"" + KEYWORD + "\">" + escaped + "</metadata>"
                + document.substring(end);
    }
}
