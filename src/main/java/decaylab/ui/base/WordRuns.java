package decaylab.ui.base;

import java.text.Bidi;

/**
 * Makes texts that run from right to left break into lines. JavaFX 21 shapes neighbouring Arabic words together, and where a line
 * ends among them it draws all of them on it, and the rest once more on the next. A left-to-right mark between two words, which
 * has no width, makes each be shaped by itself; their order stays as it was.
 */
public final class WordRuns {
    private static final char LEFT_TO_RIGHT_MARK = '\u200e';
    private static final char ISOLATE = '\u2066';
    private static final char END_OF_ISOLATE = '\u2069';
    private static final char NO_BREAK_SPACE = '\u00a0';

    private static final char ARABIC_COMMA = '\u060c';

    private WordRuns() {}

    /** The text with its words apart; the same text where nothing runs from right to left. */
    public static String apart(String text) {
        if (!Bidi.requiresBidi(text.toCharArray(), 0, text.length())) {
            return text;
        }
        StringBuilder apart = new StringBuilder(text.length() + 16);
        boolean afterRightToLeft = false;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == ' ' && beginsRightToLeft(text, i + 1)) {
                // After a number the mark would draw the space to the number's other side; there no line ends instead.
                apart.append(afterRightToLeft ? " " + LEFT_TO_RIGHT_MARK : String.valueOf(NO_BREAK_SPACE));
                continue;
            }
            // Between Latin words an Arabic comma would have the whole list shaped as Arabic, with boxes for its marks.
            apart.append(each == ARABIC_COMMA && !afterRightToLeft && !beginsRightToLeft(text, i + 2) ? ',' : each);
            if (isRightToLeft(each)) {
                afterRightToLeft = true;
            } else if (each == LEFT_TO_RIGHT_MARK || Character.isLetterOrDigit(each)) {
                afterRightToLeft = false;
            }
        }
        return apart.toString();
    }

    /**
     * A text of the window for another place, which shapes words by itself: without the marks between words, and with isolates
     * around what runs from left to right, so that it is in order whatever stands around it.
     */
    public static String outside(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == NO_BREAK_SPACE && beginsRightToLeft(text, i + 1)) {
                plain.append(' ');
            } else if (each != LEFT_TO_RIGHT_MARK) {
                plain.append(each);
            } else {
                int end = text.indexOf(LEFT_TO_RIGHT_MARK, i + 1);
                String inner = end < 0 ? "" : text.substring(i + 1, end);
                if (!inner.isEmpty() && inner.chars().noneMatch(letter -> isRightToLeft((char) letter))) {
                    plain.append(ISOLATE).append(inner).append(END_OF_ISOLATE);
                    i = end;
                }
            }
        }
        return plain.toString();
    }

    /** A text from {@link #outside} as the window shows it: JavaFX draws a box for an isolate beside Arabic letters. */
    public static String inside(String text) {
        return apart(text.replace(ISOLATE, LEFT_TO_RIGHT_MARK).replace(END_OF_ISOLATE, LEFT_TO_RIGHT_MARK));
    }

    /** Whether the next word does, after brackets and quotes. */
    private static boolean beginsRightToLeft(String text, int from) {
        for (int i = from; i < text.length() && text.charAt(i) != ' '; i++) {
            if (isRightToLeft(text.charAt(i))) {
                return true;
            }
            if (text.charAt(i) == LEFT_TO_RIGHT_MARK || Character.isLetterOrDigit(text.charAt(i))) {
                return false;
            }
        }
        return false;
    }

    private static boolean isRightToLeft(char each) {
        byte direction = Character.getDirectionality(each);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
