package decaylab.ui.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Bidi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordRunsTest {
    @Test
    void latinTextsStayAsTheyAre() {
        assertThat(WordRuns.apart("norm +3 % (one seed)")).isEqualTo("norm +3 % (one seed)");
    }

    @Test
    void everyArabicWordIsShapedByItself() {
        assertThat(WordRuns.apart("\u0623\u0628 \u062c\u062f (\u0647\u0648)"))
                .isEqualTo("\u0623\u0628 \u200e\u062c\u062f \u200e(\u0647\u0648)");
    }

    @Test
    void listsOfLatinWordsHaveALatinComma() {
        assertThat(WordRuns.apart("\u0623: \u200ea\u200e\u060c \u200eb\u200e\u060c \u062c"))
                .isEqualTo("\u0623: \u200ea\u200e, \u200eb\u200e\u060c\u00a0\u062c");
    }

    @Test
    void outsideTheWindowThereAreIsolatesAndNoMarks() {
        String text = "\u0623\u0628 \u200e-3\u200e \u062c\u062f: \u200ea (b)\u200e (\u0647\u0648).";
        assertThat(WordRuns.outside(WordRuns.apart(text)))
                .isEqualTo("\u0623\u0628 \u2066-3\u2069 \u062c\u062f: \u2066a (b)\u2069 (\u0647\u0648).");
        assertThat(WordRuns.inside(WordRuns.outside(WordRuns.apart(text)))).isEqualTo(WordRuns.apart(text));
        assertThat(WordRuns.outside("norm +3 %")).isEqualTo("norm +3 %");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0623\u0628 \u062c\u062f (\u0647\u0648) \u0632.",
                "\u0623\u0628 1 \u00b7 \u062c\u062f 20 \u00b7 \u0647",
                "\u0623\u0628 \u200e-3\u200e \u062c\u062f: \u200e2\u200e (\u0647\u0648 3).",
                "\u0623\u0628 \u03bb 0.1 \u062c\u062f kF \u0648 kS \u00ab\u0647\u0648\u00bb \u0632"
            })
    void lettersAndSignsKeepTheirOrder(String text) {
        assertThat(order(WordRuns.apart(text))).isEqualTo(order(text));
    }

    /** What is seen from left to right, without the marks. */
    private static String order(String text) {
        Bidi bidi = new Bidi(text, Bidi.DIRECTION_RIGHT_TO_LEFT);
        byte[] levels = new byte[text.length()];
        Object[] letters = new Object[text.length()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) bidi.getLevelAt(i);
            letters[i] = text.charAt(i);
        }
        Bidi.reorderVisually(levels, 0, letters, 0, letters.length);
        StringBuilder seen = new StringBuilder();
        for (Object letter : letters) {
            seen.append(letter);
        }
        return seen.toString().replace("\u200e", "").replace('\u00a0', ' ');
    }
}
