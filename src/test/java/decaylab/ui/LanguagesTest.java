package decaylab.ui;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Field;
import decaylab.experiment.Instrument;
import decaylab.experiment.Presets;
import decaylab.ui.base.Language;
import decaylab.ui.base.Languages;
import decaylab.ui.base.Texts;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the files of texts with each other and with what asks for them. Whoever adds an English text finds here which keys
 * each language lacks.
 */
class LanguagesTest {
    private static final Path RESOURCES = Path.of("resources/decaylab");
    private static final List<String> BUNDLES = List.of("ui/texts", "ui/fields", "instrument/quantities");

    /** Digits, names of things and addresses are the same in all languages; so are formulas, and papers as they were published. */
    private static final Set<String> SAME_IN_ALL = Set.of("formula", "source");

    /** What interventions change, decay by its gate. */
    private static final String CHANGES =
            "decay\\.(auto|on|off)|lambda|lr|schedule|lr-schedule|layers|biases|norm-parameters|control|constraint|radius";

    /** Words in which an English key in one of the bundles is looked up whose last part is a word of an enum or a field. */
    private static final List<Pattern> BUILT = List.of(
            // gates, states of runs and stored runs, kinds of files
            Pattern.compile("gate\\.(auto|on|off)(Tip)?"),
            Pattern.compile("(library\\.)?state\\.\\w+"),
            Pattern.compile("file\\.(experiment|image|csv|run)"),
            // interventions by what they change, decay by its gate
            Pattern.compile("twin\\.(" + CHANGES + ")"),
            Pattern.compile("chart\\.mark\\.(" + CHANGES + ")"),
            Pattern.compile("instruments\\.("
                    + Arrays.stream(Instrument.values())
                            .map(Instrument::toString)
                            .collect(Collectors.joining("|"))
                    + ")"),
            Pattern.compile("synthetic\\.legend\\.[a-z]+"),
            Pattern.compile("designer\\.(section|parameter|unused)\\.\\w+"),
            Pattern.compile("schedules\\.(segment|shape|track)\\.\\w+"),
            Pattern.compile("buffer\\.part\\.[A-Z_]+"),
            Pattern.compile("chart\\.(title|line|tokens)\\.[\\w-]+"),
            // sentences by their direction, races by what differs and who leads, the tour by its steps, one weight by
            // its loss
            Pattern.compile("explain\\.(along|changed2|decay|grew|rest)\\.(less|more)"),
            Pattern.compile("predict\\.(drew|went)\\.(rises|falls|stays)"),
            Pattern.compile("race\\.(first|kind|lead)\\.[a-z_]+"),
            Pattern.compile("keys\\.[a-z]+Keys|menu\\.keys"),
            Pattern.compile("tour\\.(play|watch|flip|over)"),
            Pattern.compile("weight\\.(one|two|normalised)(\\.(tip|curvature|note))?"),
            Pattern.compile("weight\\.row\\.[a-z_]+"));

    static List<Language> translations() {
        return new Languages()
                .all().stream().filter(each -> !each.equals(Language.ENGLISH)).toList();
    }

    @Test
    void languagesAreFoundByTheirFilesAndNameThemselves() {
        assertThat(new Languages().all())
                .extracting(Language::name)
                .startsWith("English")
                .contains("Espa\u00f1ol", "\u0627\u0644\u0639\u0631\u0628\u064a\u0629");
        assertThat(translations())
                .filteredOn(Language::rightToLeft)
                .extracting(Language::tag)
                .containsExactly("ar");
    }

    @Test
    void whatSomebodyChoseGoesBeforeTheSystemsLanguage() {
        Languages languages = new Languages();
        assertThat(languages.choose("", Locale.forLanguageTag("es-AR")).tag()).isEqualTo("es");
        assertThat(languages.choose("en", Locale.forLanguageTag("es-AR"))).isEqualTo(Language.ENGLISH);
        assertThat(languages.choose("ar", Locale.forLanguageTag("es-AR")).tag()).isEqualTo("ar");
        assertThat(languages.choose("xx", Locale.forLanguageTag("es")).tag()).isEqualTo("es");
        assertThat(languages.choose("", Locale.JAPAN)).isEqualTo(Language.ENGLISH);
    }

    @Test
    void whatIsPutIntoASentenceFromRightToLeftKeepsItsDirection() {
        Language arabic = new Languages().choose("ar", Locale.ROOT);
        assertThat(new Texts(arabic).of("twin.norm", "-3")).contains("\u200e-3\u200e");
        assertThat(new Texts(arabic).of("runs.opened", "early (2)")).contains("\u200eearly (2)\u200e");
        assertThat(new Texts(arabic).name("maps.runName", "early", "3"))
                .contains("early\u060c")
                .doesNotContain("\u200e");
        assertThat(new Texts().of("twin.norm", "-3")).isEqualTo("norm -3 %");
        assertThat(new Texts(arabic).of("status.left", 0.5)).contains("0.5");
    }

    @ParameterizedTest
    @MethodSource("translations")
    void noKeyIsMissing(Language language) throws IOException {
        Map<String, Set<String>> missing = new TreeMap<>();
        for (String bundle : BUNDLES) {
            Map<String, String> own = translated(bundle, language);
            Set<String> lacking = new TreeSet<>(english(bundle).keySet());
            lacking.removeIf(key -> !bundle.equals("ui/texts") && SAME_IN_ALL.contains(lastPart(key)));
            if (bundle.equals("ui/fields")) {
                new Presets(new ExperimentYaml()).names().forEach(preset -> lacking.add("preset." + preset));
                for (Field field : Field.values()) {
                    if (field != Field.INSTRUMENTS) { // has no row in the form
                        lacking.add(field.path() + ".label");
                    }
                }
            }
            lacking.removeAll(own.keySet());
            missing.put(bundle, lacking);
        }
        missing.values().removeIf(Set::isEmpty);
        assertThat(missing).as("keys that %s lacks, by file", language.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("translations")
    void noKeyIsUnknownInEnglish(Language language) throws IOException {
        for (String bundle : BUNDLES) {
            Set<String> extra = new TreeSet<>(translated(bundle, language).keySet());
            extra.removeAll(english(bundle).keySet());
            if (bundle.equals("ui/fields")) { // in English they are the field's and the preset's own
                extra.removeIf(key -> key.startsWith("preset.")
                        && new Presets(new ExperimentYaml()).names().contains(key.substring("preset.".length())));
                extra.removeIf(key -> Set.of("label", "caption").contains(lastPart(key))
                        && Field.ofPath(key.substring(0, key.lastIndexOf('.'))).isPresent());
            }
            assertThat(extra).as("%s in %s", bundle, language.name()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("translations")
    void placesAreThoseOfTheEnglishText(Language language) throws IOException {
        Map<String, String> differing = new TreeMap<>();
        for (String bundle : List.of("ui/texts", "instrument/quantities")) {
            Map<String, String> english = english(bundle);
            translated(bundle, language).forEach((key, text) -> {
                String original = english.getOrDefault(key, "");
                boolean pattern = bundle.equals("ui/texts") || key.startsWith("chart.");
                if (pattern && !places(text).equals(places(original))) {
                    differing.put(key, text);
                }
            });
        }
        assertThat(differing).as("places of %s", language.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("translations")
    void figuresOfRangesAreThoseOfTheField(Language language) throws IOException {
        Map<String, String> captions = translated("ui/fields", language);
        for (Field field : Field.values()) {
            String caption = captions.get(field.path() + ".caption");
            if (caption != null) {
                assertThat(figures(caption))
                        .as(field.path())
                        .isEqualTo(figures(decaylab.ui.designer.DesignerModel.caption(field)));
            }
        }
    }

    @Test
    void quotesInTextsWithPlacesAreWrittenTwice() throws IOException {
        for (String tag : Stream.concat(Stream.of(""), translations().stream().map(each -> "_" + each.tag()))
                .toList()) {
            for (String bundle : BUNDLES) {
                read(RESOURCES.resolve(bundle + tag + ".properties")).forEach((key, text) -> {
                    boolean formula = SAME_IN_ALL.contains(lastPart(key)) || bundle.equals("ui/fields");
                    if (!formula && !places(text).isEmpty()) {
                        assertThat(text.replace("''", "")).as(key + tag).doesNotContain("'");
                        assertThat(new MessageFormat(text, Locale.ROOT).getFormats())
                                .isNotEmpty();
                    } else if (!bundle.equals("ui/fields") && !key.contains("formula")) {
                        assertThat(text).as(key + tag + " is no pattern").doesNotContain("''");
                    }
                });
            }
        }
    }

    @Test
    void everyEnglishTextIsAskedFor() throws IOException {
        String asking = everythingThatAsks();
        Set<String> unused = new TreeSet<>();
        for (String bundle : List.of("ui/texts", "instrument/quantities")) {
            for (String key : english(bundle).keySet()) {
                boolean ofQuantity = bundle.equals("instrument/quantities") && !key.startsWith("chart.");
                boolean built = ofQuantity
                        || BUILT.stream().anyMatch(each -> each.matcher(key).matches());
                if (!built && !isAskedFor(key, asking)) {
                    unused.add(key);
                }
            }
        }
        assertThat(unused).as("texts that nothing asks for").isEmpty();
    }

    /** Whole, or put together of a beginning and an end that both stand in the code, as "action." and "Tip". */
    private static boolean isAskedFor(String key, String asking) {
        String own = key.startsWith("chart.") ? key.substring("chart.".length()) : key;
        if (asking.contains('"' + own + '"') || asking.contains("%" + key + '"')) {
            return true;
        }
        for (String end :
                List.of("Tip", "Text", "Slider", "Guide", "Prompt", "Stretched", "Problem", "s", "Step", "Now")) {
            if (own.endsWith(end)
                    && asking.contains('"' + own.substring(0, own.length() - end.length()) + '"')
                    && asking.contains('"' + end + '"')) {
                return true;
            }
        }
        int dot = own.lastIndexOf('.');
        return dot > 0
                && asking.contains('"' + own.substring(0, dot + 1) + '"')
                && asking.contains('"' + own.substring(dot + 1) + '"');
    }

    private static String everythingThatAsks() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path root : List.of(Path.of("src/main/java"), RESOURCES)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(each -> each.toString().matches(".*\\.(java|fxml)"))
                        .toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        return all.toString();
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        Matcher matcher = Pattern.compile("\\{(\\d+)[^}]*}").matcher(text);
        while (matcher.find()) {
            places.add(matcher.group(1));
        }
        return places;
    }

    private static List<String> figures(String text) {
        List<String> figures = new ArrayList<>();
        Matcher matcher = Pattern.compile("\\d[\\d.,e-]*\\d|\\d").matcher(text);
        while (matcher.find()) {
            figures.add(matcher.group());
        }
        return figures;
    }

    private static String lastPart(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    private static Map<String, String> english(String bundle) throws IOException {
        return read(RESOURCES.resolve(bundle + ".properties"));
    }

    private static Map<String, String> translated(String bundle, Language language) throws IOException {
        Path file = RESOURCES.resolve(bundle + "_" + language.tag() + ".properties");
        return Files.exists(file) ? read(file) : Map.of();
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        Map<String, String> all = new TreeMap<>();
        properties.forEach((key, value) -> all.put((String) key, (String) value));
        return all;
    }
}
