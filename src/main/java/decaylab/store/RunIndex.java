package decaylab.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all stored runs in an embedded database, so that a list of thousands is there at once. It holds nothing that the
 * folders do not: it may be deleted, and several labs may use it at a time.
 */
final class RunIndex implements AutoCloseable {
    /** Of the table; an index of another one is made anew. */
    private static final int VERSION = 1;

    private static final int PATIENCE_MILLIS = 5_000;
    private static final String SEPARATOR = "\n";

    private final Connection connection;

    /**
     * A line and what it was made from.
     *
     * @param stamp changes with the files of the run
     */
    record Entry(RunRow row, String stamp) {}

    private RunIndex(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens or makes it.
     *
     * @throws SQLException where the file is no database, or cannot be written
     */
    static RunIndex open(Path file) throws SQLException {
        return open("jdbc:sqlite:" + file.toAbsolutePath());
    }

    /** One that is gone with the process. */
    static RunIndex inMemory() throws SQLException {
        return open("jdbc:sqlite::memory:");
    }

    private static RunIndex open(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=" + PATIENCE_MILLIS);
            // Where the file system cannot do it, as on many network folders, SQLite stays with its rollback journal.
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=NORMAL");
            int version;
            try (ResultSet found = statement.executeQuery("PRAGMA user_version")) {
                version = found.next() ? found.getInt(1) : 0;
            }
            if (version != VERSION) {
                statement.execute("BEGIN IMMEDIATE");
                statement.execute("DROP TABLE IF EXISTS run");
                statement.execute("CREATE TABLE run (folder TEXT PRIMARY KEY, stamp TEXT NOT NULL, name TEXT NOT NULL,"
                        + " created TEXT NOT NULL, state TEXT NOT NULL, steps INTEGER NOT NULL, of_steps INTEGER NOT NULL,"
                        + " seed INTEGER NOT NULL, summary TEXT NOT NULL, norm REAL, test_loss REAL, test_accuracy REAL,"
                        + " tags TEXT NOT NULL, note TEXT NOT NULL, parent TEXT, problem TEXT NOT NULL)");
                statement.execute("PRAGMA user_version=" + VERSION);
                statement.execute("COMMIT");
            }
            return new RunIndex(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** All lines by folder. */
    Map<String, Entry> all() throws SQLException {
        Map<String, Entry> entries = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM run")) {
            while (found.next()) {
                String tags = found.getString("tags");
                RunRow row = new RunRow(
                        found.getString("folder"),
                        found.getString("name"),
                        found.getString("created"),
                        RunRow.State.valueOf(found.getString("state")),
                        found.getLong("steps"),
                        found.getLong("of_steps"),
                        found.getLong("seed"),
                        found.getString("summary"),
                        number(found, "norm"),
                        number(found, "test_loss"),
                        number(found, "test_accuracy"),
                        tags.isEmpty() ? List.of() : List.of(tags.split(SEPARATOR)),
                        found.getString("note"),
                        found.getString("parent"),
                        found.getString("problem"));
                entries.put(row.folder(), new Entry(row, found.getString("stamp")));
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new SQLException("a line that this lab did not write", e);
        }
        return entries;
    }

    private static double number(ResultSet found, String column) throws SQLException {
        double value = found.getDouble(column);
        return found.wasNull() ? Double.NaN : value;
    }

    /** Writes some lines and forgets others, all or none. */
    void update(List<Entry> changed, List<String> gone) throws SQLException {
        if (changed.isEmpty() && gone.isEmpty()) {
            return;
        }
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            put(changed);
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM run WHERE folder = ?")) {
                for (String folder : gone) {
                    delete.setString(1, folder);
                    delete.executeUpdate();
                }
            }
            connection.commit();
            done = true;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    private void put(List<Entry> changed) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(
                "INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Entry entry : changed) {
                RunRow row = entry.row();
                List<@Nullable Object> cells = new ArrayList<>();
                cells.add(row.folder());
                cells.add(entry.stamp());
                cells.add(row.name());
                cells.add(row.created());
                cells.add(row.state().name());
                cells.add(row.steps());
                cells.add(row.ofSteps());
                cells.add(row.seed());
                cells.add(row.summary());
                cells.add(orNull(row.norm()));
                cells.add(orNull(row.testLoss()));
                cells.add(orNull(row.testAccuracy()));
                cells.add(String.join(SEPARATOR, row.tags()));
                cells.add(row.note());
                cells.add(row.parent());
                cells.add(row.problem());
                for (int i = 0; i < cells.size(); i++) {
                    put.setObject(i + 1, cells.get(i));
                }
                put.executeUpdate();
            }
        }
    }

    private static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It holds nothing that is not in the folders.
        }
    }
}
