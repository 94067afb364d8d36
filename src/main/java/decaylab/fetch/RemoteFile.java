package decaylab.fetch;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of a data set.
 *
 * @param name in its folder, and at a mirror
 * @param places where it is to be had, the first to be tried first
 * @param bytes its length, or the most it may have where that is not known
 * @param checksum by which it is known; null where its authors publish none
 */
public record RemoteFile(
        String name, List<URI> places, long bytes, @Nullable Checksum checksum) {
    public RemoteFile {
        places = List.copyOf(places);
        if (bytes < 1 || name.isEmpty() || name.contains("/")) {
            throw new IllegalArgumentException(name + " of " + bytes + " bytes");
        }
    }
}
