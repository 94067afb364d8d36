package decaylab.ui.base;

import java.util.Locale;

/**
 * A language of the window.
 *
 * @param tag of it, such as "es"; empty for the one that the lab is written in
 * @param name in itself
 * @param rightToLeft whether it is written from right to left
 * @param font the first part of the names of its font's files beside the charts' fonts; empty where Inter has its letters
 */
public record Language(String tag, String name, boolean rightToLeft, String font) {
    /** What the lab is written in, and what stands where another language has no words yet. */
    public static final Language ENGLISH = new Language("", "English", false, "");

    /** Under which its words are found. */
    public Locale locale() {
        return Locale.forLanguageTag(tag);
    }
}
