package decaylab.cli;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a long command is: a bar with the time left on a terminal, a plain line every tenth otherwise. */
interface Progress extends AutoCloseable {
    /** So many units are done. */
    void at(long done);

    @Override
    void close();

    /** The fitting one for a training, in steps. */
    static Progress of(Terminal terminal, long total) {
        return of(terminal, "training", "step", 0, total);
    }

    /**
     * The fitting one.
     *
     * @param task what is done
     * @param unit one of what is counted
     * @param from how many were done before, in no time
     * @param total how many there are
     */
    static Progress of(Terminal terminal, String task, String unit, long from, long total) {
        return terminal.interactive()
                ? new Bar(terminal, task, unit, from, total)
                : new Lines(terminal, unit, from, total);
    }

    /** A bar. */
    final class Bar implements Progress {
        private final ProgressBar bar;

        Bar(Terminal terminal, String task, String unit, long from, long total) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .startsFrom(from, Duration.ZERO)
                    .setUnit(" " + unit + "s", 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .showSpeed()
                    .setConsumer(new ConsoleProgressBarConsumer(terminal.err()))
                    .build();
        }

        @Override
        public void at(long done) {
            bar.stepTo(done);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** Plain lines. */
    final class Lines implements Progress {
        private final Terminal terminal;
        private final String unit;
        private final long from;
        private final long total;
        private final long start = System.nanoTime();
        private long tenths;

        Lines(Terminal terminal, String unit, long from, long total) {
            this.terminal = terminal;
            this.unit = unit;
            this.from = from;
            tenths = from * 10 / total;
            this.total = total;
        }

        @Override
        public void at(long done) {
            long reached = done * 10 / total;
            if (reached > tenths) {
                tenths = reached;
                long passed = System.nanoTime() - start;
                Duration left = Duration.ofNanos((long) ((double) passed / (done - from) * (total - done)));
                terminal.err().println(unit + " " + done + " of " + total + ", " + left.toSeconds() + " s left");
            }
        }

        @Override
        public void close() {}
    }
}
