package decaylab.instrument;

import decaylab.experiment.Instrument;
import decaylab.net.LayerNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The samples of a run: append-only columns of doubles, one row a step. One thread writes; any number of threads read rows
 * below {@link #rows()}, each on from its own last index. A cell that was not taken or is not meaningful is
 * {@link #EMPTY}, which is told apart from a measured NaN by its bits.
 */
public final class SampleLog {
    /** A cell without a value: a NaN whose payload no arithmetic produces. */
    public static final double EMPTY = Double.longBitsToDouble(0x7FF8_DECA_1AB0_0001L);

    private static final long EMPTY_BITS = Double.doubleToRawLongBits(EMPTY);
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK_ROWS = 1 << CHUNK_BITS;

    private final List<Metric> metrics;
    private final Map<Metric, Integer> places = new HashMap<>();
    /** Chunks of rows, each row-major; replaced as a whole when it grows, so that readers never see a half-made one. */
    private volatile double[][] chunks = new double[0][];

    private volatile long rows;

    /** What instruments take at intervals of their own, each in a log with the step in its first column. */
    private final Map<Instrument, SampleLog> sheets;

    /** A log of these columns alone. */
    public SampleLog(List<Metric> metrics) {
        this(metrics, Map.of());
    }

    /** The log of a run with these layers: the columns of metrics.csv, in its order, and a sheet for each instrument. */
    public static SampleLog ofLayers(List<String> layers) {
        return new SampleLog(columns(layers), sheets(layers));
    }

    private SampleLog(List<Metric> metrics, Map<Instrument, SampleLog> sheets) {
        this.metrics = List.copyOf(metrics);
        this.sheets = sheets;
        for (Metric metric : this.metrics) {
            places.put(metric, places.size());
        }
        if (places.size() != this.metrics.size()) {
            throw new IllegalArgumentException("a metric stands twice in " + metrics);
        }
    }

    private static Map<Instrument, SampleLog> sheets(List<String> layers) {
        Map<Instrument, SampleLog> sheets = new EnumMap<>(Instrument.class);
        for (Instrument instrument : Instrument.values()) {
            List<Metric> columns = new ArrayList<>();
            columns.add(Metric.of(Quantity.STEP));
            List<Quantity> taken = Arrays.stream(Quantity.values())
                    .filter(quantity -> quantity.instrument().equals(Optional.of(instrument)))
                    .toList();
            taken.stream()
                    .filter(quantity -> quantity.scope() != Quantity.Scope.TOKENS)
                    .forEach(quantity -> columns.add(Metric.of(quantity)));
            for (String layer : layers) {
                taken.stream()
                        .filter(quantity -> quantity.scope() == Quantity.Scope.BOTH)
                        .forEach(quantity -> columns.add(Metric.of(quantity, layer)));
            }
            if (LayerNames.embedding(layers).isPresent()) {
                for (String tokens : TokenClass.words()) {
                    taken.stream()
                            .filter(quantity -> quantity.scope() == Quantity.Scope.TOKENS)
                            .forEach(quantity -> columns.add(Metric.of(quantity, tokens)));
                }
            }
            sheets.put(instrument, new SampleLog(columns));
        }
        return sheets;
    }

    /** The columns of a run with these layers, in the order that the file format prescribes. */
    private static List<Metric> columns(List<String> layers) {
        List<Metric> columns = new ArrayList<>();
        for (Quantity quantity : Quantity.values()) {
            if (quantity.scope() == Quantity.Scope.NETWORK
                    && quantity.instrument().isEmpty()) {
                columns.add(Metric.of(quantity));
            }
        }
        for (String layer : layers) {
            columns.add(Metric.of(Quantity.LAYER_NORM, layer));
            columns.add(Metric.of(Quantity.LAYER_EFFECTIVE_LEARNING_RATE, layer));
            columns.add(Metric.of(Quantity.LAYER_ROTATION, layer));
        }
        return columns;
    }

    /**
     * A log that begins with rows of this one and then goes its own way.
     *
     * @param rowsShared how many, at most {@link #rows()}
     */
    public SampleLog fork(long rowsShared) {
        if (rowsShared < 0 || rowsShared > rows) {
            throw new IndexOutOfBoundsException(rowsShared + " of " + rows + " rows");
        }
        Map<Instrument, SampleLog> forks = new EnumMap<>(Instrument.class);
        sheets.forEach((instrument, sheet) -> forks.put(instrument, sheet.fork(sheet.rowsBefore(rowsShared))));
        SampleLog fork = new SampleLog(metrics, forks);
        int whole = (int) (rowsShared >> CHUNK_BITS);
        int rest = (int) (rowsShared & (CHUNK_ROWS - 1));
        double[][] shared =
                Arrays.copyOf(chunks, rest == 0 ? whole : whole + 1); // chunks that are full no longer change
        if (rest > 0) {
            double[] own = new double[CHUNK_ROWS * metrics.size()];
            System.arraycopy(shared[whole], 0, own, 0, rest * metrics.size());
            shared[whole] = own;
        }
        fork.chunks = shared;
        fork.rows = rowsShared;
        return fork;
    }

    /**
     * What an instrument has taken: a log with the step in its first column, which has one writer of its own.
     */
    public SampleLog sheet(Instrument instrument) {
        return Objects.requireNonNull(sheets.get(instrument), "a log without sheets");
    }

    /** The columns of this log and of its sheets that are taken of something, in order; steps but once. */
    public List<Metric> allMetrics() {
        List<Metric> all = new ArrayList<>(metrics);
        for (SampleLog sheet : sheets.values()) {
            all.addAll(sheet.metrics.subList(1, sheet.metrics.size()));
        }
        return all;
    }

    /** The log that has a metric's column: this one, or its instrument's sheet. */
    public SampleLog holding(Metric metric) {
        return metric.quantity().instrument().map(sheets::get).orElse(this);
    }

    /** How many of the rows are of steps before one. */
    public long rowsBefore(long step) {
        long low = 0;
        long high = rows;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (value(0, middle) < step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The columns. */
    public List<Metric> metrics() {
        return metrics;
    }

    /** The place of a metric's column; empty where this run does not have it. */
    public OptionalInt place(Metric metric) {
        Integer place = places.get(metric);
        return place == null ? OptionalInt.empty() : OptionalInt.of(place);
    }

    /** How many rows are there to read; grows only. */
    public long rows() {
        return rows;
    }

    /**
     * Appends a row; for the one writer.
     *
     * @param row one value a column, copied
     */
    public void append(double[] row) {
        if (row.length != metrics.size()) {
            throw new IllegalArgumentException(row.length + " values for " + metrics.size() + " columns");
        }
        long at = rows;
        int chunk = Math.toIntExact(at >> CHUNK_BITS);
        double[][] all = chunks;
        if (chunk == all.length) {
            all = Arrays.copyOf(all, chunk + 1);
            all[chunk] = new double[CHUNK_ROWS * metrics.size()];
            chunks = all;
        }
        System.arraycopy(row, 0, all[chunk], (int) (at & (CHUNK_ROWS - 1)) * metrics.size(), row.length);
        rows = at + 1; // publishes the row: every read of it starts with a read of this count
    }

    /**
     * One cell.
     *
     * @param place the column's place
     * @param row below {@link #rows()}
     * @throws IndexOutOfBoundsException where the row is not written yet
     */
    public double value(int place, long row) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rows);
        }
        return chunks[(int) (row >> CHUNK_BITS)][(int) (row & (CHUNK_ROWS - 1)) * metrics.size() + place];
    }

    /**
     * One cell of the network's column of a quantity.
     *
     * @param row below {@link #rows()}
     * @throws java.util.NoSuchElementException where this log has no such column
     * @throws IndexOutOfBoundsException where the row is not written yet
     */
    public double value(Quantity quantity, long row) {
        return value(place(Metric.of(quantity)).orElseThrow(), row);
    }

    /** True where the cell has no value; a NaN that was measured has one. */
    public static boolean isEmpty(double value) {
        return Double.doubleToRawLongBits(value) == EMPTY_BITS;
    }
}
