package decaylab.ui.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.jar.JarEntry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The languages that the window speaks: one for each file of texts beside the English one. Whoever adds such a file, which
 * names itself, adds a language.
 */
public final class Languages {
    private static final String BASE = "/decaylab/ui/texts.properties";
    private static final Pattern FILE = Pattern.compile("(?:.*/)?decaylab/ui/texts_(\\w+)\\.properties");

    private final List<Language> all;

    /** Finds the files. */
    public Languages() {
        List<Language> found = new ArrayList<>();
        for (String name : names()) {
            found.add(read(Locale.forLanguageTag(name.replace('_', '-'))));
        }
        found.sort(Comparator.comparing(Language::tag));
        found.add(0, Language.ENGLISH);
        all = List.copyOf(found);
    }

    /** All of them, English first. */
    public List<Language> all() {
        return all;
    }

    /**
     * The one to speak.
     *
     * @param wanted tag that somebody chose, "en" for English; empty or without a file: the system's, where there is a file
     * @param system what the system speaks
     */
    public Language choose(String wanted, Locale system) {
        for (Locale locale : List.of(Locale.forLanguageTag(wanted), system)) {
            if (locale.getLanguage().equals(Locale.ENGLISH.getLanguage())) {
                return Language.ENGLISH;
            }
            for (Language language : all) {
                if (!language.equals(Language.ENGLISH)
                        && language.locale().getLanguage().equals(locale.getLanguage())) {
                    return language;
                }
            }
        }
        return Language.ENGLISH;
    }

    private static Language read(Locale locale) {
        ResourceBundle bundle = Texts.bundle("decaylab.ui.texts", locale);
        return new Language(
                locale.toLanguageTag(),
                bundle.getString("language.name"),
                bundle.getString("language.direction").equals("rtl"),
                bundle.getString("language.font"));
    }

    private static List<String> names() {
        URL base = Languages.class.getResource(BASE);
        if (base == null) {
            throw new IllegalStateException("the lab's file " + BASE + " is missing");
        }
        try {
            return ("jar".equals(base.getProtocol()) ? inJar(base) : inFolder(base.toURI()))
                    .stream()
                            .map(FILE::matcher)
                            .filter(Matcher::matches)
                            .map(match -> match.group(1))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> inJar(URL base) throws IOException {
        return ((JarURLConnection) base.openConnection())
                .getJarFile().stream().map(JarEntry::getName).toList();
    }

    private static List<String> inFolder(URI base) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(base).resolveSibling("."))) {
            return files.map(file -> "decaylab/ui/" + file.getFileName()).toList();
        }
    }
}
