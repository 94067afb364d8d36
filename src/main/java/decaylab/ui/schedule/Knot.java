package decaylab.ui.schedule;

/**
 * A point of a curve.
 *
 * @param step from 0
 * @param value at least 0
 */
record Knot(long step, double value) {}
