package decaylab.environment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The environments of the lab. Pixel games belong here: their observation's shape is that of an image. */
public enum EnvironmentKind {
    CART_POLE("cart-pole", "A pole to be balanced on a cart, at most 500 steps.", 475, CartPole::new),
    GRID_WORLD("grid-world", "Five by five cells with walls and one goal.", 0.85, GridWorld::new);

    private final String word;
    private final String description;
    private final double solvedFrom;
    private final Supplier<Environment> maker;

    EnvironmentKind(String word, String description, double solvedFrom, Supplier<Environment> maker) {
        this.word = word;
        this.description = description;
        this.solvedFrom = solvedFrom;
        this.maker = maker;
    }

    /** The environment of a word, as {@code data.name} gives it; empty where the word is not one's. */
    public static Optional<EnvironmentKind> ofWord(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** The words of all, in order. */
    public static List<String> words() {
        return Arrays.stream(values()).map(EnvironmentKind::toString).toList();
    }

    /** A new one, whose first episode is still to begin. */
    public Environment make() {
        return maker.get();
    }

    /** What it is, in one sentence. */
    public String description() {
        return description;
    }

    /** The mean return from which on it counts as solved. */
    public double solvedFrom() {
        return solvedFrom;
    }

    /** The word that files, the command line and the screen use. */
    @Override
    public String toString() {
        return word;
    }
}
