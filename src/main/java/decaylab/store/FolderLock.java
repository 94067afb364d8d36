package decaylab.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Held by whoever writes the folder of a run or a study; the system lets it go when the process ends, however it ends. */
public final class FolderLock implements AutoCloseable {
    static final String FILE = ".lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock of a folder; empty where another one has it. */
    public static Optional<FolderLock> take(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new FolderLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            // another window of this process
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    /** Whether somebody writes the folder. */
    static boolean isHeld(Path folder) {
        if (!Files.exists(folder.resolve(FILE))) {
            return false;
        }
        try {
            Optional<FolderLock> taken = take(folder);
            taken.ifPresent(FolderLock::close);
            return taken.isEmpty();
        } catch (IOException e) {
            return false; // a folder that cannot be written is not being written
        }
    }

    @Override
    public void close() {
        try {
            channel.close(); // the file stays: one that is deleted and made anew could be locked twice
        } catch (IOException e) {
            // The system lets go of it at the latest when the process ends.
        }
    }
}
