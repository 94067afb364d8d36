package decaylab.ui.library;

import decaylab.store.LabFolder;
import decaylab.store.RunFolder;
import decaylab.store.RunFolder.StoredRun;
import decaylab.store.RunRow;
import decaylab.store.RunStore;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.run.LabSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/** The stored runs as the library shows them. The store is used by background tasks only. */
public final class LibraryModel {
    private final LabFolder lab;
    private final LabSession session;
    private final BackgroundTasks tasks;
    private final Notices notices;
    private final Texts texts;
    private final ObservableList<RunRow> all = FXCollections.observableArrayList();
    private final FilteredList<RunRow> shown = new FilteredList<>(all);
    private final StringProperty query = new SimpleStringProperty("");
    private final BooleanProperty open = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
    private @Nullable RunStore store;

    /** @param tasks use the store, one after the other */
    public LibraryModel(LabFolder lab, LabSession session, BackgroundTasks tasks, Notices notices, Texts texts) {
        this.lab = lab;
        this.session = session;
        this.tasks = tasks;
        this.notices = notices;
        this.texts = texts;
        query.addListener((observable, before, now) -> filter());
        open.addListener((observable, before, now) -> {
            if (now) {
                refresh();
            }
        });
    }

    /** The runs that fit what is searched for, the newest first. */
    public ObservableList<RunRow> rows() {
        return shown;
    }

    /** Words to search for. */
    public StringProperty query() {
        return query;
    }

    /** Whether the library is on screen. */
    public BooleanProperty open() {
        return open;
    }

    /** Whether the list is being read. */
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** How many runs there are, and how many of them are shown. */
    public ReadOnlyStringProperty count() {
        return count.getReadOnlyProperty();
    }

    private void filter() {
        String words = query.get();
        shown.setPredicate(row -> row.matches(words));
        count.set(
                shown.size() == all.size()
                        ? texts.of("library.count", Numbers.count(all.size()))
                        : texts.of("library.found", Numbers.count(shown.size()), Numbers.count(all.size())));
    }

    private RunStore opened() {
        RunStore known = store;
        if (known == null) {
            known = RunStore.open(lab);
            store = known;
        }
        return known;
    }

    /** Reads the list again. */
    public void refresh() {
        busy.set(true);
        tasks.run(
                () -> opened().list(),
                rows -> {
                    busy.set(false);
                    all.setAll(rows);
                    filter();
                },
                sentence -> {
                    busy.set(false);
                    notices.warn(sentence);
                });
    }

    /** Lays runs over those in the charts. */
    public void compare(List<RunRow> chosen) {
        for (RunRow row : chosen) {
            if (session.showStored(lab.runs().resolve(row.folder()))) {
                continue;
            }
            tasks.run(() -> RunFolder.read(lab.runs().resolve(row.folder())), this::openStored, notices::warn);
        }
        open.set(false);
    }

    private void openStored(StoredRun stored) {
        session.open(stored);
    }

    /** Goes on with a run that was interrupted or stopped. */
    public void resume(RunRow row) {
        tasks.run(
                () -> RunFolder.read(lab.runs().resolve(row.folder())),
                stored -> {
                    session.resume(stored);
                    open.set(false);
                },
                notices::warn);
    }

    /** Whether a run can go on. */
    public boolean canResume(@Nullable RunRow row) {
        return row != null
                && (row.state() == RunRow.State.INTERRUPTED
                        || row.state() == RunRow.State.STOPPED && row.steps() < row.ofSteps());
    }

    /**
     * Changes what is said of a run.
     *
     * @param tags separated by commas
     */
    public void describe(RunRow row, String name, String tags, String note) {
        List<String> words = Arrays.stream(tags.split(",", -1))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toList();
        String shownName = name.isBlank() ? row.name() : name.strip();
        if (shownName.equals(row.name()) && words.equals(row.tags()) && note.equals(row.note())) {
            return;
        }
        change(() -> opened().describe(row.folder(), shownName, words, note));
    }

    /** Moves runs to the trash; the notice offers to bring them back. */
    public void delete(List<RunRow> chosen) {
        List<RunRow> gone = List.copyOf(chosen);
        if (gone.isEmpty()) {
            return;
        }
        tasks.run(
                () -> {
                    List<RunStore.Deleted> deleted = new ArrayList<>();
                    for (RunRow row : gone) {
                        deleted.add(opened().delete(row.folder()));
                    }
                    return deleted;
                },
                deleted -> {
                    refresh();
                    notices.tellWithUndo(
                            gone.size() == 1
                                    ? texts.of("library.deleted", gone.get(0).name())
                                    : texts.of("library.deletedSeveral", Integer.toString(gone.size())),
                            () -> change(() -> deleted.forEach(opened()::restore)));
                },
                sentence -> {
                    refresh();
                    notices.warn(sentence);
                });
    }

    /** Writes a run as one file. */
    public void export(RunRow row, Path file) {
        tasks.run(
                () -> {
                    opened().export(row.folder(), file);
                    return file;
                },
                done -> notices.tell(texts.of("designer.saved", String.valueOf(file.getFileName()))),
                notices::warn);
    }

    /** Takes a run from a file. */
    public void importRun(Path file) {
        tasks.run(
                () -> opened().importRun(file),
                folder -> {
                    refresh();
                    notices.tell(texts.of("library.imported", folder));
                },
                notices::warn);
    }

    private void change(Runnable work) {
        tasks.run(
                () -> {
                    work.run();
                    return Optional.empty();
                },
                done -> refresh(),
                sentence -> {
                    refresh();
                    notices.warn(sentence);
                });
    }
}
