package decaylab.train;

/**
 * A change that was made, as events.csv records it.
 *
 * @param step the first step that it was in force
 * @param what {@code decay}, {@code lambda} or {@code lr}
 * @param from the value before
 * @param to the value after
 */
public record Intervention(long step, String what, String from, String to) {}
