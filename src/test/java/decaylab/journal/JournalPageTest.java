package decaylab.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import decaylab.problem.BadInputException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** Journals as pages: whole, safe, and read back. */
class JournalPageTest {
    private static final String MEAN =
            "</script><script>alert('1')</script><img src=x onerror=alert(1)> \"&amp;\" {{x}}";

    @TempDir
    private Path folder;

    private final JournalPage pages = new JournalPage();

    private Journal mean() {
        return Journals.of(MEAN, List.of(Journals.run(MEAN, MEAN, 3, 4)), MEAN + "\nsecond line \u2028");
    }

    @Test
    void aPageIsReadBackAsItWas() {
        Path file = folder.resolve("journal.html");
        for (Journal journal : List.of(Journals.of("Ada", "always", 1, 2), mean())) {
            pages.write(journal, file);
            assertThat(pages.read(file)).isEqualTo(journal);
        }
    }

    @Test
    void nothingComesFromOutside() {
        for (String page : List.of(pages.page(Journals.of("Ada", "always", 1, 2)), pages.page(mean()))) {
            String tags = tags(page);
            assertThat(tags.contains("<svg") && tags.contains("<style>")).isTrue();
            for (String outside : List.of(
                    "http",
                    "//",
                    "@import",
                    "(?i)\\b(src|href|action|data|poster)\\s*=",
                    "url\\((?!#)",
                    "(?i)<(img|iframe|object|embed|link|base|form)\\b")) {
                assertThat(Pattern.compile(outside).matcher(tags).find())
                        .as(outside)
                        .isFalse();
            }
        }
    }

    @Test
    void whatSomebodyTypesStaysText() {
        String page = pages.page(mean());
        assertThat(page.split("<script", -1)).hasSize(2); // the data's own
        assertThat(page.contains("alert('1')</script>")).isFalse();
        assertThat(page.contains("<img")).isFalse();
        assertThat(page.contains("&lt;img src=x")).isTrue();
    }

    @Test
    void thePicturesAreWellFormedAndShareNoNames() throws Exception {
        String page = pages.page(mean());
        Matcher svg = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
        int found = 0;
        StringBuilder names = new StringBuilder(";");
        while (svg.find()) {
            found++;
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg.group())));
            Matcher name = Pattern.compile("\\bid='([^']*)'").matcher(svg.group());
            while (name.find()) {
                assertThat(names.toString()).doesNotContain(";" + name.group(1) + ";");
                names.append(name.group(1)).append(';');
            }
        }
        assertThat(found).isEqualTo(4); // norm, effective learning rate, two predictions
        assertThat(names.length()).isGreaterThan(10);
    }

    @Test
    void whatWasNotMeasuredIsADash() {
        String page = pages.page(Journals.of("Ada", "always", 1, 2));
        assertThat(page)
                .contains("<td class=\"figure\">0.75</td><td class=\"figure\">\u2013</td>")
                .contains("step 40: decay auto \u2192 off");
    }

    @Test
    void aPageIsInTheLanguageOfItsSessionAndTellsOfLessons() {
        Journal journal = Journals.of("Ada", "always", 1, 2);
        assertThat(pages.page(journal))
                .contains("<html lang=\"en\" dir=\"ltr\">", "<bdi>A lesson</bdi></strong>, step 2 of 3")
                .contains("<bdi>Why?</bdi> <bdi>Because.</bdi> <strong>(right)</strong>");
        assertThat(pages.page(in("es", journal)))
                .contains("<html lang=\"es\" dir=\"ltr\">", "<th>Tasa de aprendizaje efectiva</th>", "(completa)")
                .contains("paso 40: decaimiento auto \u2192 no");
        assertThat(pages.page(in("ar", journal)))
                .contains("<html lang=\"ar\" dir=\"rtl\">")
                .doesNotContain("\u200e", "What was", "Steps<", "finished)");
        assertThat(pages.page(in("xx", journal))).contains("<html lang=\"en\" dir=\"ltr\">");
    }

    @Test
    void theWordsOfAPageAreTheSameInEveryLanguage() {
        for (String language : List.of("es", "ar")) {
            assertThat(new PageTexts(language).all().keySet())
                    .containsExactlyInAnyOrderElementsOf(new PageTexts("").all().keySet());
            assertThat(new PageTexts(language).all().get("lang")).isEqualTo(language);
        }
    }

    private static Journal in(String language, Journal of) {
        return new Journal(
                of.id(),
                language,
                of.author(),
                of.begun(),
                of.version(),
                of.runs(),
                of.predictions(),
                of.explanations(),
                of.lessons(),
                of.notes());
    }

    @Test
    void journalsOfFormerVersionsAreRead() throws Exception {
        Path file = folder.resolve("journal.html");
        pages.write(Journals.of("Ada", "always", 1, 2), file);
        String page = Files.readString(file)
                .replace("\"id\":\"\",\"language\":\"\",", "")
                .replaceFirst("\"lessons\":\\[.*]}],", "");
        assertThat(page).doesNotContain("\"lessons\"", "\"language\"");
        Files.writeString(file, page);
        assertThat(pages.read(file).lessons()).isEmpty();
        assertThat(pages.read(file).author()).isEqualTo("Ada");
    }

    @Test
    void otherFilesAreRefusedInASentence() throws Exception {
        Path page = Files.writeString(folder.resolve("page.html"), "<html>none of ours</html>");
        refused(page, "is no journal of the lab");
        Path missing = folder.resolve("missing.html");
        refused(missing, "cannot be read (there is no");
        Path file = folder.resolve("journal.html");
        pages.write(Journals.of("Ada", "always", 1, 2), file);
        String whole = Files.readString(file);
        Files.writeString(file, whole.replace("decaylab-journal-1", "decaylab-journal-9"));
        refused(file, "has the format decaylab-journal-9, but this lab reads decaylab-journal-1");
        Files.writeString(file, whole.replace("\"runs\":[", "\"runs\":[["));
        refused(file, "is damaged");
        Files.writeString(file, whole.replaceFirst("\"steps\":\\[0,", "\"steps\":["));
        refused(file, "is damaged");
        Files.write(file, new byte[] {(byte) 0xC3, (byte) 0x28});
        refused(file, "it is not UTF-8 text");
    }

    private void refused(Path file, String reason) {
        assertThatThrownBy(() -> pages.read(file))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    /** All tags of a page, with the styles but without texts and without the data. */
    private static String tags(String page) {
        int begin = page.indexOf("<script");
        String markup = page.substring(0, begin) + page.substring(page.indexOf("</script>", begin));
        StringBuilder tags = new StringBuilder(markup.substring(markup.indexOf("<style>"), markup.indexOf("</style>")));
        Matcher tag = Pattern.compile("<[^>]*>").matcher(markup);
        while (tag.find()) {
            tags.append(tag.group());
        }
        return tags.toString();
    }
}
