package decaylab.ui.keys;

import decaylab.ui.base.Texts;
import java.util.List;
import java.util.Locale;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** Finds the command of a key that was pressed. */
public final class Keys {
    private final List<Command> commands;

    /** @param commands the first one that a key belongs to is asked first */
    public Keys(List<Command> commands) {
        this.commands = List.copyOf(commands);
    }

    /**
     * Does what a key stands for. Shift is looked at where a command asks for it, and ignored otherwise: on many keyboards "+"
     * needs it.
     *
     * @param letters whether single letters count, which they do not where somebody types
     * @return whether something was done
     */
    public boolean act(KeyEvent event, boolean letters) {
        return act(event, letters, false) || event.isShiftDown() && act(event, letters, true);
    }

    private boolean act(KeyEvent event, boolean letters, boolean anyShift) {
        for (Command command : commands) {
            for (String key : command.keys()) {
                if ((letters || isShortcut(key))
                        && matches(key, event, anyShift)
                        && command.action().getAsBoolean()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matches(String key, KeyEvent event, boolean anyShift) {
        if (isCharacter(key)) {
            return key.equals(event.getText()) && !event.isShortcutDown() && !event.isAltDown();
        }
        KeyCombination combination = KeyCombination.valueOf(key);
        if (!anyShift) {
            return combination.match(event);
        }
        return combination instanceof KeyCodeCombination code
                && code.getCode() == event.getCode()
                && code.getShift() != KeyCombination.ModifierValue.DOWN
                && (code.getShortcut() == KeyCombination.ModifierValue.DOWN) == event.isShortcutDown()
                && (code.getAlt() == KeyCombination.ModifierValue.DOWN) == event.isAltDown();
    }

    /** A key by what it writes, wherever it lies on the keyboard. */
    private static boolean isCharacter(String key) {
        return key.length() == 1 && !Character.isLetterOrDigit(key.charAt(0));
    }

    /** Whether a key never writes a letter. */
    static boolean isShortcut(String key) {
        return key.matches("F\\d+") || key.contains("Shortcut+") || key.contains("Alt+");
    }

    /** A key as people call it in their language. */
    public static String words(String key, Texts texts) {
        return words(key).replace("Space", texts.of("key.space")).replace("Enter", texts.of("key.enter"));
    }

    /** A key as people call it. */
    public static String words(String key) {
        if (isCharacter(key)) {
            return key;
        }
        KeyCombination combination = KeyCombination.valueOf(key);
        String words = combination.getDisplayText();
        if (combination instanceof KeyCodeCombination code) {
            String sign = sign(code.getCode());
            String name = code.getCode().getName();
            String shown = sign.isEmpty() ? name.replace("Numpad ", "") : sign;
            int modifiers = words.lastIndexOf('+', words.length() - 2);
            return (modifiers < 0 ? "" : words.substring(0, modifiers + 1)) + capital(shown);
        }
        return words;
    }

    private static String sign(KeyCode code) {
        return switch (code) {
            case PLUS, ADD, EQUALS -> "+";
            case MINUS, SUBTRACT -> "-";
            case COMMA -> ",";
            case PERIOD -> ".";
            case ESCAPE -> "Esc";
            default -> "";
        };
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
