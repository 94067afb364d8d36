package decaylab.ui.base;

import java.nio.file.Path;
import java.util.Optional;

/** Asks the user for files and folders; empty where they think better of it. */
public interface FileDialogs {
    /** What a file holds. */
    enum Kind {
        EXPERIMENT("*.yaml", "*.yml"),
        IMAGE("*.png", "*.svg"),
        CSV("*.csv"),
        JOURNAL("*.html"),
        RUN("*.zip"),
        LESSON("*.md", "*.decaylab");

        private final java.util.List<String> patterns;

        Kind(String... patterns) {
            this.patterns = java.util.List.of(patterns);
        }

        /** Names such files have. */
        public java.util.List<String> patterns() {
            return patterns;
        }
    }

    /** A file to read. */
    Optional<Path> open(Kind kind, String title);

    /** A file to write, which the system asks about where it exists. */
    Optional<Path> save(Kind kind, String title, String name);

    /** A folder. */
    Optional<Path> folder(String title);
}
