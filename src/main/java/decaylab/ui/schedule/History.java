package decaylab.ui.schedule;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A value, the ones before it and those that were taken back.
 *
 * @param <T> immutable
 */
final class History<T> {
    private static final int LONGEST = 200;

    private final Deque<T> before = new ArrayDeque<>();
    private final Deque<T> after = new ArrayDeque<>();
    private T now;

    History(T first) {
        now = first;
    }

    T now() {
        return now;
    }

    /** Another value, which can be taken back; the same one is none. */
    void add(T next) {
        if (!next.equals(now)) {
            before.push(now);
            if (before.size() > LONGEST) {
                before.removeLast();
            }
            after.clear();
            now = next;
        }
    }

    /** Another value in the place of this one: taking back goes to the one before. */
    void replace(T next) {
        now = next;
    }

    /** Begins anew: nothing can be taken back. */
    void clear(T first) {
        before.clear();
        after.clear();
        now = first;
    }

    boolean canUndo() {
        return !before.isEmpty();
    }

    boolean canRedo() {
        return !after.isEmpty();
    }

    void undo() {
        if (canUndo()) {
            after.push(now);
            now = before.pop();
        }
    }

    void redo() {
        if (canRedo()) {
            before.push(now);
            now = after.pop();
        }
    }
}
