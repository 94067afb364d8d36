package decaylab.fetch;

import decaylab.problem.BadInputException;
import decaylab.store.IoReason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fetches data sets into a folder: each file under another name first, checked, then moved, so that a file of its name is whole
 * and the right one. What was fetched before is not fetched again.
 */
public final class Fetcher {
    /** What a part is called while it is one. */
    private static final String PART = ".part";
    /** Tries at one place, as long as each brings something. */
    private static final int TRIES = 5;
    /** By which the files of an archive may be larger than itself, together. */
    private static final long MOST_UNPACKED = 2_000_000_000L;

    private final Download download;
    private final @Nullable String mirror;

    /** Hears how a file comes. */
    public interface Listener {
        /** A file that is there already. */
        void there(String file);

        /**
         * Bytes of a file that have come.
         *
         * @param of how many, or at most how many
         */
        void came(String file, long bytes, long of);

        /** A place that did not give the file, and why; another is tried. */
        void failed(String reason);
    }

    /**
     * @param mirror an address or a folder with the same files, to be used instead of the public places; null for none
     * @param patience how long a server may say nothing
     */
    public Fetcher(@Nullable String mirror, Duration patience) {
        this.mirror = mirror;
        download = new Download(patience);
    }

    /**
     * Fetches what is missing of a data set.
     *
     * @param folder for its files
     * @throws BadInputException where it cannot be had, is not what it should be, or the folder cannot be written
     */
    public void fetch(RemoteSet set, Path folder, Listener listener) {
        boolean made = Files.notExists(folder);
        try {
            Files.createDirectories(folder);
            try {
                fetchAll(set, folder, listener);
            } catch (BadInputException e) {
                if (made && isEmpty(folder)) {
                    Files.delete(folder);
                }
                throw e;
            }
        } catch (IOException e) {
            throw new BadInputException(
                    "The folder " + folder + " cannot be written (" + IoReason.of(e)
                            + "); make room there, or choose another with --out.",
                    e);
        }
    }

    private void fetchAll(RemoteSet set, Path folder, Listener listener) throws IOException {
        if (set.archive()) {
            fetchArchive(set, folder, listener);
            return;
        }
        for (RemoteFile file : set.files()) {
            fetchFile(set, file, folder, listener);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private void fetchArchive(RemoteSet set, Path folder, Listener listener) throws IOException {
        ArchiveContent content = ArchiveContent.of(set.name());
        if (content.isThere(folder)) {
            listener.there(String.join(", ", content.files()));
            return;
        }
        RemoteFile file = set.files().get(0);
        Path archive = fetchFile(set, file, folder, listener);
        Path unpacked = Files.createTempDirectory(folder, "unpacking");
        try {
            Archive.unpack(archive, unpacked, MOST_UNPACKED);
            for (Path made : content.take(archive, unpacked)) {
                move(made, folder.resolve(made.getFileName()));
            }
        } finally {
            deleteAll(unpacked);
        }
        Files.delete(archive);
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private Path fetchFile(RemoteSet set, RemoteFile file, Path folder, Listener listener) throws IOException {
        Path target = folder.resolve(file.name());
        Checksum checksum = file.checksum();
        if (Files.exists(target)) {
            if (checksum != null && !checksum.fits(target)) {
                throw new BadInputException("The file " + target + " is there, but is not the " + file.name() + " of "
                        + set.name() + "; move it away, or choose another folder with --out.");
            }
            listener.there(file.name());
            return target;
        }
        Path part = folder.resolve(file.name() + PART);
        List<String> reasons = new ArrayList<>();
        List<String> places = places(set, file);
        for (String place : places) {
            String reason = bring(place, file, part, listener);
            if (reason == null && checksum != null && !checksum.fits(part)) {
                Download.forget(part);
                reason = place + " has another file of that name (its " + checksum.algorithm() + " is not "
                        + checksum.hex() + ")";
            }
            if (reason == null) {
                move(part, target);
                Download.forget(part);
                return target;
            }
            reasons.add(reason);
            if (reasons.size() < places.size()) {
                listener.failed(reason);
            }
        }
        throw new BadInputException("The file " + file.name() + " of " + set.name() + " could not be fetched: "
                + String.join("; ", reasons) + ". Get " + names(set) + " elsewhere (see " + set.page() + ") and put "
                + (set.files().size() == 1 ? "it" : "them") + " into " + folder
                + ", or name a mirror or a folder that has " + (set.files().size() == 1 ? "it" : "them")
                + " with --from.");
    }

    private static String names(RemoteSet set) {
        if (set.archive()) {
            return "what is in " + set.files().get(0).name();
        }
        return set.files().stream().map(RemoteFile::name).collect(Collectors.joining(", "));
    }

    private List<String> places(RemoteSet set, RemoteFile file) {
        if (mirror == null) {
            return file.places().stream().map(URI::toString).toList();
        }
        String base = mirror.replaceAll("/+$", "");
        return List.of(base + "/" + set.name() + "/" + file.name(), base + "/" + file.name());
    }

    /** Null where the part is whole as far as its place tells; else why it is not. */
    private @Nullable String bring(String place, RemoteFile file, Path part, Listener listener) throws IOException {
        if (!place.matches("(?i)https?://.*")) {
            return copy(place, file, part, listener);
        }
        URI address;
        try {
            address = new URI(place);
        } catch (URISyntaxException e) {
            return place + " is no address";
        }
        String reason = "";
        for (int i = 0; i < TRIES; i++) {
            long before = size(part);
            try {
                download.bring(address, part, file.bytes(), have -> listener.came(file.name(), have, file.bytes()));
                return null;
            } catch (Download.Failed e) {
                reason = String.valueOf(e.getMessage());
                if (size(part) <= before || Thread.currentThread().isInterrupted()) {
                    return reason;
                }
            }
        }
        return reason;
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static @Nullable String copy(String place, RemoteFile file, Path part, Listener listener)
            throws IOException {
        Path source;
        try {
            source = place.startsWith("file:") ? Path.of(URI.create(place)) : Path.of(place);
        } catch (InvalidPathException e) {
            return place + " is no path";
        } catch (IllegalArgumentException e) {
            return place + " is no address of a file";
        }
        if (!Files.isRegularFile(source)) {
            return "there is no file " + source;
        }
        if (Files.size(source) > file.bytes()) {
            return source + " has " + Files.size(source) + " bytes, more than the file has";
        }
        try {
            Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            if (source.toString().equals(e.getFile())) {
                return source + " cannot be read (" + IoReason.of(e) + ")";
            }
            throw e;
        }
        listener.came(file.name(), file.bytes(), file.bytes());
        return null;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
