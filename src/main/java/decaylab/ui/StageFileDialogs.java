package decaylab.ui;

import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.Texts;
import decaylab.ui.base.WordRuns;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The system's own dialogs, which start where the last one ended. */
final class StageFileDialogs implements FileDialogs {
    private final Stage owner;
    private final Texts texts;
    private @Nullable File last;

    StageFileDialogs(Stage owner, Texts texts) {
        this.owner = owner;
        this.texts = texts;
    }

    @Override
    public Optional<Path> open(Kind kind, String title) {
        return chosen(chooser(kind, title).showOpenDialog(owner));
    }

    @Override
    public Optional<Path> save(Kind kind, String title, String name) {
        FileChooser chooser = chooser(kind, title);
        chooser.setInitialFileName(name);
        return chosen(chooser.showSaveDialog(owner));
    }

    @Override
    public Optional<Path> folder(String title) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(WordRuns.outside(title));
        chooser.setInitialDirectory(start());
        File folder = chooser.showDialog(owner);
        last = folder == null ? last : folder.getAbsoluteFile().getParentFile();
        return Optional.ofNullable(folder).map(File::toPath);
    }

    private FileChooser chooser(Kind kind, String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(WordRuns.outside(title));
        chooser.setInitialDirectory(start());
        chooser.getExtensionFilters()
                .setAll(new FileChooser.ExtensionFilter(
                        texts.outside("file." + kind.name().toLowerCase(Locale.ROOT)), kind.patterns()));
        return chooser;
    }

    private @Nullable File start() {
        return last != null && last.isDirectory() ? last : null;
    }

    private Optional<Path> chosen(@Nullable File file) {
        if (file != null) {
            last = file.getAbsoluteFile().getParentFile();
        }
        return Optional.ofNullable(file).map(File::toPath);
    }
}
