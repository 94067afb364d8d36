package decaylab.parallel;

import java.util.ArrayList;
import java.util.List;

/**
 * Who worked when: the last spans of time of some workers, measured. Each worker is written by one thread at a time; any
 * thread may read, and finds spans that are whole.
 */
public final class WorkLog {
    /** What a worker does. */
    public enum Work {
        FORWARD,
        BACKWARD,
        UPDATE,
        /** A module learns from a gradient that came back. */
        LEARN,
        WAIT
    }

    /**
     * A span of time.
     *
     * @param worker from 0
     * @param work what was done
     * @param step for which step
     * @param start in nanoseconds of the machine's clock
     * @param end likewise
     */
    public record Span(int worker, Work work, long step, long start, long end) {}

    private static final int KEPT = 256;

    /** Numbers of a span: work, step, start, end. */
    private static final int NUMBERS = 4;

    private static final Work[] WORKS = Work.values();

    private final long[][] spans;
    private final long[] written;

    /** For so many workers. */
    public WorkLog(int workers) {
        spans = new long[workers][KEPT * NUMBERS];
        written = new long[workers];
    }

    /** How many workers. */
    public int workers() {
        return spans.length;
    }

    /** Notes what a worker did from a time until now, and returns now. */
    public long note(int worker, Work work, long step, long start) {
        long now = System.nanoTime();
        long[] own = spans[worker];
        synchronized (own) {
            int at = (int) (written[worker] % KEPT) * NUMBERS;
            own[at] = work.ordinal();
            own[at + 1] = step;
            own[at + 2] = start;
            own[at + 3] = now;
            written[worker]++;
        }
        return now;
    }

    /** The last spans of a worker, the oldest first. */
    public List<Span> of(int worker) {
        List<Span> all = new ArrayList<>();
        long[] own = spans[worker];
        synchronized (own) {
            long count = written[worker];
            for (long i = Math.max(0, count - KEPT); i < count; i++) {
                int at = (int) (i % KEPT) * NUMBERS;
                all.add(new Span(worker, WORKS[(int) own[at]], own[at + 1], own[at + 2], own[at + 3]));
            }
        }
        return all;
    }
}
