package decaylab.ui.keys;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.beans.property.BooleanProperty;
import javafx.scene.input.KeyCombination;
import org.jspecify.annotations.Nullable;

/**
 * Something that the user can do, by a menu or a key.
 *
 * @param name key of its words
 * @param place in menus and in the map of the keys
 * @param keys that do it, the one to be shown first; in {@link KeyCombination}'s spelling, or a single character such as "?"
 * @param action does it; false where there was nothing to do and the key is free for others
 * @param toggled what it switches; null where it is no switch
 */
public record Command(
        String name,
        Place place,
        List<String> keys,
        BooleanSupplier action,
        @Nullable BooleanProperty toggled) {
    /** Menus, and the groups of the map of the keys. */
    public enum Menu {
        FILE,
        RUN,
        VIEW,
        HELP,
        /** In the map of the keys only. */
        KEYS;

        /** Key of its words. */
        public String key() {
            return "menu." + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * Where it stands.
     *
     * @param menu which menu
     * @param section separated from the other sections of the menu
     */
    public record Place(Menu menu, int section) {}

    public Command {
        keys = List.copyOf(keys);
    }

    /** Something that is done at once. */
    public static Command does(String name, Menu menu, int section, Runnable action, String... keys) {
        return tries(
                name,
                menu,
                section,
                () -> {
                    action.run();
                    return true;
                },
                keys);
    }

    /** Something that may have nothing to do, and says so by false. */
    public static Command tries(String name, Menu menu, int section, BooleanSupplier action, String... keys) {
        return new Command(name, new Place(menu, section), List.of(keys), action, null);
    }

    /** A switch. */
    public static Command switches(String name, Menu menu, int section, BooleanProperty toggled, String... keys) {
        return new Command(
                name,
                new Place(menu, section),
                List.of(keys),
                () -> {
                    toggled.set(!toggled.get());
                    return true;
                },
                toggled);
    }

    /**
     * The key that a menu may listen for, also while somebody types into a field: one with Ctrl or Alt, or a function key.
     * Others are letters first.
     */
    public Optional<KeyCombination> accelerator() {
        return keys.stream()
                .filter(Keys::isShortcut)
                .map(KeyCombination::valueOf)
                .findFirst();
    }
}
