package decaylab.fetch;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What of an archive is wanted, as the lab's readers want it. */
interface ArchiveContent {
    /** The names of the files that come of it. */
    List<String> files();

    /**
     * Makes them of what was unpacked, in the same folder.
     *
     * @throws BadInputException where the archive is not the one that it should be
     */
    List<Path> take(Path archive, Path unpacked) throws IOException;

    /** Whether all of them are in a folder. */
    default boolean isThere(Path folder) {
        return files().stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /** That of a data set. */
    static ArchiveContent of(String set) {
        return set.equals("cora") ? new CoraFiles() : new CifarFiles();
    }

    /** CIFAR-10's batches, as they are. */
    final class CifarFiles implements ArchiveContent {
        @Override
        public List<String> files() {
            return List.of(
                    "data_batch_1.bin",
                    "data_batch_2.bin",
                    "data_batch_3.bin",
                    "data_batch_4.bin",
                    "data_batch_5.bin",
                    "test_batch.bin");
        }

        @Override
        public List<Path> take(Path archive, Path unpacked) {
            return files().stream()
                    .map(name -> require(archive, unpacked, name))
                    .toList();
        }
    }

    /** A file that must have been in the archive. */
    static Path require(Path archive, Path unpacked, String name) {
        Path file = unpacked.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new BadInputException("The archive " + archive + " has no file " + name
                    + "; it is not the data set, so delete it and fetch it from another place.");
        }
        return file;
    }
}
