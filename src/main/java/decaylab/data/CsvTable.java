package decaylab.data;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one text file with numbers and a class in each. Columns are separated by commas, semicolons, tabs or bars, whichever
 * there are most of in the first line; numbers have a decimal point.
 *
 * @param file where it was read from
 * @param features of each row, without the class
 * @param classes the word of each row
 * @param names of the feature columns; empty where the file has no header
 */
record CsvTable(Path file, List<float[]> features, List<String> classes, List<String> names) {
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int MOST_COLUMNS = 100_000;

    /**
     * @param columns which of them is the class, and whether the first row names them
     * @throws BadInputException where the file is missing, damaged, or no such table
     */
    static CsvTable read(Path file, DataRequest.Columns columns) {
        String text = text(file);
        char delimiter = delimiter(text);
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            return rows(file, parser, columns);
        } catch (IOException | UncheckedIOException e) {
            throw new BadInputException(
                    "The file " + file + " is no table of comma-separated values ("
                            + String.valueOf(e.getMessage()).replaceAll("\\s+", " ")
                            + "); save it again as CSV.",
                    e);
        }
    }

    private static String text(Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(DataFile.bytes(file)))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BadInputException("The file " + file + " is not UTF-8 text; save it as UTF-8.", e);
        }
    }

    private static char delimiter(String text) {
        String line = text.lines().filter(each -> !each.isBlank()).findFirst().orElse("");
        char best = DELIMITERS[0];
        long most = 0;
        for (char candidate : DELIMITERS) {
            long count = line.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private static CsvTable rows(Path file, CSVParser parser, DataRequest.Columns columns) {
        Builder table = null;
        CSVRecord first = null;
        for (CSVRecord row : parser) {
            if (first == null) {
                first = row;
                if (row.size() < 2 || row.size() > MOST_COLUMNS) {
                    throw new BadInputException("The file " + file + " has " + row.size()
                            + " columns in its first line; a table has at least one number and a class, separated by commas, "
                            + "semicolons, tabs or bars.");
                }
                if (columns.header() == null) {
                    continue; // the second row tells
                }
                table = new Builder(file, columns, columns.header() ? row : null, row.size());
                if (!columns.header()) {
                    table.add(row);
                }
                continue;
            }
            if (table == null) {
                boolean header = isHeader(first, row);
                table = new Builder(file, columns, header ? first : null, first.size());
                if (!header) {
                    table.add(first);
                }
            }
            table.add(row);
        }
        if (table == null && first != null) {
            table = new Builder(file, columns, null, first.size());
            table.add(first);
        }
        if (table == null || table.features.isEmpty()) {
            throw new BadInputException("The file " + file + " has no rows; give a table with a row for each example.");
        }
        return new CsvTable(file, table.features, table.classes, table.names);
    }

    /** True where a word stands above a number. */
    private static boolean isHeader(CSVRecord first, CSVRecord second) {
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            if (!isNumber(first.get(i)) && isNumber(second.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word is a finite number. */
    static boolean isNumber(String word) {
        return !Double.isNaN(number(word));
    }

    /** NaN where it is none that can be learned from. */
    private static double number(String word) {
        boolean plain = !word.isEmpty() && word.length() < 100 && "+-.0123456789".indexOf(word.charAt(0)) >= 0;
        try {
            double value = plain ? Double.parseDouble(word) : Double.NaN;
            return Math.abs(value) <= Float.MAX_VALUE ? value : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static final class Builder {
        private final Path file;
        private final @Nullable CSVRecord header;
        private final int width;
        private final int classColumn;
        private final List<float[]> features = new ArrayList<>();
        private final List<String> classes = new ArrayList<>();
        private final List<String> names = new ArrayList<>();

        Builder(Path file, DataRequest.Columns columns, @Nullable CSVRecord header, int width) {
            this.file = file;
            this.header = header;
            this.width = width;
            classColumn = classColumn(columns.classColumn());
            for (int i = 0; header != null && i < width; i++) {
                if (i != classColumn) {
                    names.add(header.get(i));
                }
            }
        }

        private int classColumn(String wanted) {
            if (header != null) {
                for (int i = 0; i < width; i++) {
                    if (header.get(i).equals(wanted)) {
                        return i;
                    }
                }
            }
            return switch (wanted) {
                case "last" -> width - 1;
                case "first" -> 0;
                default ->
                    throw new BadInputException("data.classColumn is " + wanted + ", but "
                            + (header == null
                                    ? "the file " + file + " has no header with names"
                                    : "the columns of " + file + " are " + shown(header))
                            + "; make it last, first or the name of a column.");
            };
        }

        private static String shown(CSVRecord header) {
            int most = 12;
            String names = String.join(", ", header.stream().limit(most).toList());
            return header.size() > most ? names + ", ..." : names;
        }

        void add(CSVRecord row) {
            String where = "The file " + file + " has ";
            if (row.size() != width) {
                throw new BadInputException(where + row.size() + " columns in row " + row.getRecordNumber()
                        + " where the first has " + width + "; give every row as many.");
            }
            float[] numbers = new float[width - 1];
            for (int i = 0, k = 0; i < width; i++) {
                String word = row.get(i);
                if (i == classColumn) {
                    if (word.isEmpty()) {
                        throw new BadInputException(where + "no class in row " + row.getRecordNumber() + ", "
                                + column(i) + "; give it one or leave the row out.");
                    }
                    classes.add(word);
                    continue;
                }
                double value = number(word);
                if (Double.isNaN(value)) {
                    throw new BadInputException(
                            where + (word.isEmpty() ? "nothing" : "'" + cut(word) + "'") + " in row "
                                    + row.getRecordNumber() + ", " + column(i)
                                    + ", where a number must be; put one there (with a decimal point), or leave the row or the column "
                                    + "out.");
                }
                numbers[k++] = (float) value;
            }
            features.add(numbers);
        }

        private static String cut(String word) {
            int most = 40;
            String line = word.replaceAll("\\s+", " ");
            return line.length() > most ? line.substring(0, most) + "..." : line;
        }

        private String column(int index) {
            return header == null ? "column " + (index + 1) : "column " + cut(header.get(index));
        }
    }
}
