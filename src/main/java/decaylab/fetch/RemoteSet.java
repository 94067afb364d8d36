package decaylab.fetch;

import java.util.List;

/**
 * A data set that can be fetched.
 *
 * @param name on the command line, and of its folder
 * @param licence what may be done with it, and where it says so, in a sentence
 * @param page where it is described
 * @param files what is fetched
 * @param archive whether the only file is packed, and what is in it is what is wanted
 */
public record RemoteSet(String name, String licence, String page, List<RemoteFile> files, boolean archive) {
    public RemoteSet {
        files = List.copyOf(files);
        if (files.isEmpty() || archive && files.size() != 1) {
            throw new IllegalArgumentException(name + " of " + files.size() + " files");
        }
    }
}
