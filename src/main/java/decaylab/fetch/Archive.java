package decaylab.fetch;

import decaylab.problem.BadInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Unpacks tar.gz files, and believes none of what they say. */
final class Archive {
    private static final int MOST_ENTRIES = 1_000;
    private static final Set<Byte> PLAIN = Set.of(TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM);

    private Archive() {}

    /**
     * Unpacks the files of an archive into a folder, without the folders that they are in.
     *
     * @param most bytes that they may have together
     * @return the files
     * @throws BadInputException where the archive is damaged, would write elsewhere, or is too large
     * @throws IOException where the folder cannot be written
     */
    static List<Path> unpack(Path archive, Path folder, long most) throws IOException {
        List<Path> files = new ArrayList<>();
        long left = most;
        try (TarArchiveInputStream tar = open(archive)) {
            int entries = 0;
            while (true) {
                TarArchiveEntry entry = next(archive, tar);
                if (entry == null) {
                    return files;
                }
                if (++entries > MOST_ENTRIES) {
                    throw refuse(archive, "has more than " + MOST_ENTRIES + " entries");
                }
                if (entry.isDirectory()) {
                    continue;
                }
                String name = name(archive, entry);
                Path file = folder.resolve(name);
                if (Files.exists(file)) {
                    throw refuse(archive, "has the file " + name + " twice");
                }
                left -= copy(archive, tar, file, left);
                files.add(file);
            }
        }
    }

    private static TarArchiveInputStream open(Path archive) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(archive));
        try {
            return new TarArchiveInputStream(new GZIPInputStream(raw));
        } catch (IOException e) {
            raw.close();
            throw damaged(archive, e);
        }
    }

    private static TarArchiveEntry next(Path archive, TarArchiveInputStream tar) {
        try {
            return tar.getNextEntry();
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(archive, e);
        }
    }

    private static String name(Path archive, TarArchiveEntry entry) {
        String path = entry.getName().replace('\\', '/');
        boolean leads = path.startsWith("/")
                || path.contains(":")
                || List.of(path.split("/", -1)).contains("..");
        if (leads || !PLAIN.contains(entry.getLinkFlag())) {
            throw refuse(
                    archive,
                    "has the entry " + path.replaceAll("\\p{Cntrl}", "?") + ", which is no plain file within it");
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.isEmpty() || name.equals(".") || name.chars().anyMatch(Character::isISOControl)) {
            throw refuse(archive, "has an entry without a name");
        }
        return name;
    }

    private static long copy(Path archive, TarArchiveInputStream tar, Path file, long most) throws IOException {
        byte[] piece = new byte[1 << 16];
        long have = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                int count = read(archive, tar, piece);
                if (count < 0) {
                    return have;
                }
                have += count;
                if (have > most) {
                    throw refuse(archive, "unpacks to more than it may");
                }
                out.write(piece, 0, count);
            }
        }
    }

    private static int read(Path archive, TarArchiveInputStream tar, byte[] piece) {
        try {
            return tar.read(piece);
        } catch (IOException e) {
            throw damaged(archive, e);
        }
    }

    private static BadInputException damaged(Path archive, Exception e) {
        return new BadInputException(
                "The archive " + archive + " is damaged ("
                        + String.valueOf(e.getMessage()).strip() + "); delete it and fetch it again.",
                e);
    }

    private static BadInputException refuse(Path archive, String why) {
        return new BadInputException("The archive " + archive + " " + why
                + "; it is not the data set, so delete it and fetch it from another place.");
    }
}
