package decaylab.store;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.output.CloseShieldOutputStream;

/** A run's folder as one ZIP file. Only the files that a run has are taken from one, and none is written outside the folder. */
final class RunArchive {
    private static final Set<String> FILES =
            Set.of(RunFolder.EXPERIMENT, RunFolder.METRICS, RunFolder.EVENTS, RunFolder.FACTS, RunFolder.SUMMARY);
    private static final Pattern IN_FOLDERS = Pattern.compile(RunFolder.CHARTS + "/[\\w.-]+\\.(png|svg)|"
            + RunFolder.INSTRUMENTS + "/[a-z-]+\\.csv|" + RunFolder.CHECKPOINTS + "/\\d{1,18}\\.ckpt");
    private static final int MOST_ENTRIES = 1_000;
    private static final long MOST_BYTES = 16L << 30;

    private RunArchive() {}

    static void write(Path folder, Path file) {
        try (Stream<Path> all = Files.walk(folder, 2)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            WholeFile.write(file, channel -> {
                // The channel stays open: it is forced to the disk after the last byte.
                try (ZipOutputStream zip =
                        new ZipOutputStream(CloseShieldOutputStream.wrap(Channels.newOutputStream(channel)))) {
                    for (Path each : files) {
                        String name = folder.relativize(each).toString().replace('\\', '/');
                        if (belongs(name)) {
                            zip.putNextEntry(new ZipEntry(name));
                            Files.copy(each, zip);
                            zip.closeEntry();
                        }
                    }
                }
            });
        } catch (IOException e) {
            throw new BadInputException(
                    "The run in " + folder + " cannot be written to " + file + " (" + IoReason.of(e)
                            + "); choose another place.",
                    e);
        }
    }

    private static boolean belongs(String name) {
        return FILES.contains(name) || IN_FOLDERS.matcher(name).matches();
    }

    /**
     * @param folder that exists and is empty
     * @throws BadInputException where the file holds anything but a run
     */
    static void read(Path file, Path folder) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BadInputException("There is no file " + file + "; give the ZIP file of a run.");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            long bytes = 0;
            int entries = 0;
            Enumeration<? extends ZipEntry> all = zip.entries();
            while (all.hasMoreElements()) {
                ZipEntry entry = all.nextElement();
                entries++;
                if (entries > MOST_ENTRIES) {
                    throw new BadInputException(
                            "The file " + file + " has over " + MOST_ENTRIES + " entries; it is no run.");
                }
                if (entry.isDirectory()) {
                    continue;
                }
                if (!belongs(entry.getName())) {
                    throw new BadInputException("The file " + file + " holds " + shown(entry.getName())
                            + ", which does not belong to a run; give a file that the lab exported.");
                }
                Path to = folder.resolve(entry.getName());
                Path parent = to.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                bytes += copy(zip, entry, to, MOST_BYTES - bytes, file);
            }
        } catch (ZipException e) {
            throw new BadInputException(
                    "The file " + file + " is damaged (" + e.getMessage() + "); export the run again.", e);
        }
    }

    private static String shown(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return "'" + (plain.length() > 60 ? plain.substring(0, 60) + "..." : plain) + "'";
    }

    private static long copy(ZipFile zip, ZipEntry entry, Path to, long most, Path file) throws IOException {
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(to)) {
            long written = IOUtils.copyLarge(in, out, 0, most + 1);
            if (written > most) {
                throw new BadInputException(
                        "The file " + file + " holds more than " + (MOST_BYTES >> 30) + " GB; it is no run.");
            }
            return written;
        }
    }
}
