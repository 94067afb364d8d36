package decaylab.store;

import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.problem.BadInputException;
import decaylab.problem.LabFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All runs of a lab folder. The folders are the truth; an index makes their list quick and can be deleted at any time. What is
 * deleted goes to the lab's trash, and is gone for good a month later. Methods may be called from any thread, one at a time.
 */
public final class RunStore implements AutoCloseable {
    private static final String INDEX = "index.db";
    private static final String TRASH = "trash";
    private static final Duration KEPT_IN_TRASH = Duration.ofDays(30);

    private final LabFolder lab;
    private final Path runs;
    private RunIndex index;

    /**
     * A run in the trash.
     *
     * @param folder name that it had among the runs
     * @param place where it is now
     */
    public record Deleted(String folder, Path place) {}

    private RunStore(LabFolder lab, RunIndex index) {
        this.lab = lab;
        this.index = index;
        runs = lab.runs();
    }

    /**
     * Opens the store of a lab folder, which need not exist. An index that is damaged is made anew; where it cannot be written
     * the store works without.
     */
    public static RunStore open(LabFolder lab) {
        RunStore store = new RunStore(lab, index(lab));
        store.emptyOldTrash();
        return store;
    }

    private static RunIndex index(LabFolder lab) {
        Path file = lab.root().resolve(INDEX);
        try {
            Files.createDirectories(lab.root());
            return RunIndex.open(file);
        } catch (SQLException | IOException first) {
            try {
                for (String part : List.of("", "-wal", "-shm", "-journal")) {
                    Files.deleteIfExists(lab.root().resolve(INDEX + part));
                }
                return RunIndex.open(file);
            } catch (SQLException | IOException second) {
                return inMemory();
            }
        }
    }

    private static RunIndex inMemory() {
        try {
            return RunIndex.inMemory();
        } catch (SQLException e) {
            throw new LabFailure(
                    "The database of the lab cannot be started (" + e.getMessage() + "); install the lab again.", e);
        }
    }

    /** The folder of a run. */
    public Path folder(String name) {
        return runs.resolve(name);
    }

    /**
     * The lines of all runs, the newest first. Only folders that changed since the last time are read.
     *
     * @throws BadInputException where the lab's folder cannot be read
     */
    public synchronized List<RunRow> list() {
        Map<String, RunIndex.Entry> known = known();
        List<RunRow> rows = new ArrayList<>();
        List<RunIndex.Entry> changed = new ArrayList<>();
        for (String folder : folders()) {
            RunIndex.Entry before = known.remove(folder);
            String stamp = stamp(folder(folder));
            if (stamp == null) {
                continue; // it was deleted just now, or is not there yet
            }
            boolean open = before != null
                    && (before.row().state() == RunRow.State.RUNNING
                            || before.row().state() == RunRow.State.INTERRUPTED);
            if (before == null || open || !before.stamp().equals(stamp)) {
                before = new RunIndex.Entry(row(folder), stamp);
                changed.add(before);
            }
            rows.add(before.row());
        }
        update(changed, List.copyOf(known.keySet()));
        rows.sort(Comparator.comparing(RunRow::created).reversed().thenComparing(RunRow::folder));
        return rows;
    }

    private Map<String, RunIndex.Entry> known() {
        try {
            return index.all();
        } catch (SQLException e) {
            index.close();
            index = index(lab);
            try {
                return index.all();
            } catch (SQLException again) {
                index.close();
                index = inMemory();
                return new java.util.HashMap<>();
            }
        }
    }

    private void update(List<RunIndex.Entry> changed, List<String> gone) {
        try {
            index.update(changed, gone);
        } catch (SQLException e) {
            // Another lab keeps it busy, or the disk is full: the lines are made again next time.
        }
    }

    private List<String> folders() {
        List<String> names = new ArrayList<>();
        if (!Files.isDirectory(runs)) {
            return names;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(runs)) {
            for (Path folder : all) {
                String name = String.valueOf(folder.getFileName());
                if (!name.startsWith(".")) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            throw new BadInputException(
                    "The lab's folder " + runs + " cannot be read (" + IoReason.of(e) + "); choose another with --lab.",
                    e);
        }
        return names;
    }

    /** Changes with the files that a line is made from; null where the folder holds no run. */
    private static @Nullable String stamp(Path folder) {
        StringBuilder stamp = new StringBuilder();
        for (String name : List.of(RunFolder.EXPERIMENT, RunFolder.FACTS, RunFolder.SUMMARY)) {
            try {
                BasicFileAttributes file = Files.readAttributes(folder.resolve(name), BasicFileAttributes.class);
                stamp.append(file.lastModifiedTime())
                        .append(' ')
                        .append(file.size())
                        .append(';');
            } catch (IOException e) {
                if (name.equals(RunFolder.EXPERIMENT)) {
                    return null;
                }
                stamp.append("-;");
            }
        }
        return stamp.toString();
    }

    private RunRow row(String name) {
        Path folder = folder(name);
        RunFacts facts = null;
        try {
            facts = RunFacts.read(folder);
            Experiment experiment = new ExperimentYaml().read(folder.resolve(RunFolder.EXPERIMENT));
            Summary summary = RunFolder.readSummary(folder.resolve(RunFolder.SUMMARY));
            RunRow.State state = summary != null
                    ? RunRow.State.valueOf(summary.state().toUpperCase(Locale.ROOT))
                    : FolderLock.isHeld(folder) ? RunRow.State.RUNNING : RunRow.State.INTERRUPTED;
            return new RunRow(
                    name,
                    facts.name(),
                    facts.created(),
                    state,
                    summary != null ? summary.steps() : MetricsCsv.wholeRows(folder.resolve(RunFolder.METRICS)),
                    experiment.steps(),
                    experiment.seed(),
                    experiment.summary(),
                    last(summary, "norm"),
                    last(summary, "test_loss"),
                    last(summary, "test_accuracy"),
                    facts.tags(),
                    facts.note(),
                    facts.parent() == null ? null : facts.parent().run(),
                    summary == null || summary.problem() == null ? "" : summary.problem());
        } catch (BadInputException e) {
            return damaged(name, facts, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return damaged(name, facts, "The run in " + folder + " cannot be read (" + IoReason.of(e) + ").");
        }
    }

    private static RunRow damaged(String name, @Nullable RunFacts facts, String problem) {
        return new RunRow(
                name,
                facts == null ? name : facts.name(),
                facts == null ? "" : facts.created(),
                RunRow.State.DAMAGED,
                0,
                0,
                0,
                "",
                Double.NaN,
                Double.NaN,
                Double.NaN,
                facts == null ? List.of() : facts.tags(),
                facts == null ? "" : facts.note(),
                null,
                problem);
    }

    private static double last(@Nullable Summary summary, String column) {
        Object value = summary == null ? null : summary.last().get(column);
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /**
     * Gives a run another name, other tags and another note.
     *
     * @throws BadInputException where its folder cannot be written
     */
    public synchronized void describe(String folder, String name, List<String> tags, String note) {
        RunFolder.describe(folder(folder), name, tags, note);
    }

    /**
     * Moves a run to the trash.
     *
     * @throws BadInputException where it is being written, or cannot be moved
     */
    public synchronized Deleted delete(String folder) {
        Path place = folder(folder);
        if (FolderLock.isHeld(place)) {
            throw new BadInputException("The run in " + place + " is being written; stop it before you delete it.");
        }
        try {
            Path trash = lab.root().resolve(TRASH);
            Files.createDirectories(trash);
            Path to = free(trash, folder, "~");
            Files.setLastModifiedTime(place, java.nio.file.attribute.FileTime.from(Instant.now()));
            Files.move(place, to);
            return new Deleted(folder, to);
        } catch (IOException e) {
            throw new BadInputException("The run in " + place + " cannot be deleted (" + IoReason.of(e) + ").", e);
        }
    }

    /**
     * Brings a run back from the trash.
     *
     * @return its folder's name, which is another where the old one was taken meanwhile
     * @throws BadInputException where it cannot be moved
     */
    public synchronized String restore(Deleted deleted) {
        try {
            Files.createDirectories(runs);
            Path to = free(runs, deleted.folder(), "-");
            Files.move(deleted.place(), to);
            return String.valueOf(to.getFileName());
        } catch (IOException e) {
            throw new BadInputException(
                    "The run cannot be brought back from " + deleted.place() + " (" + IoReason.of(e) + ").", e);
        }
    }

    /** The name, or the name with the first number that is free. */
    private static Path free(Path parent, String name, String separator) {
        Path free = parent.resolve(name);
        for (int i = 2; Files.exists(free); i++) {
            free = parent.resolve(name + separator + i);
        }
        return free;
    }

    private void emptyOldTrash() {
        Path trash = lab.root().resolve(TRASH);
        if (!Files.isDirectory(trash)) {
            return;
        }
        Instant oldest = Instant.now().minus(KEPT_IN_TRASH);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(trash)) {
            for (Path folder : all) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(oldest)) {
                    deleteTree(folder);
                }
            }
        } catch (IOException e) {
            // What cannot be deleted today stays.
        }
    }

    static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Writes a run as one file. */
    public void export(String folder, Path file) {
        RunArchive.write(folder(folder), file);
    }

    /**
     * Takes a run from a file.
     *
     * @return its folder's name
     * @throws BadInputException where the file does not hold a run
     */
    public synchronized String importRun(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("(\\.decayrun)?\\.zip$", "");
        try {
            Files.createDirectories(runs);
            Path temporary = Files.createTempDirectory(runs, ".importing-");
            try {
                RunArchive.read(file, temporary);
                RunFolder.readHead(temporary);
                Path to = free(runs, LabFolder.folderName(name), "-");
                Files.move(temporary, to);
                return String.valueOf(to.getFileName());
            } finally {
                if (Files.exists(temporary)) {
                    deleteTree(temporary);
                }
            }
        } catch (IOException e) {
            throw new BadInputException(
                    "The run in " + file + " cannot be taken into " + runs + " (" + IoReason.of(e) + ").", e);
        }
    }

    @Override
    public synchronized void close() {
        index.close();
    }
}
