package decaylab.data;

import decaylab.data.GraphData.Raw;
import decaylab.graph.SparseMatrix;
import decaylab.graph.Split;
import decaylab.problem.BadInputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A graph as two tables, named after the data set. {@code NAME.nodes.tsv} has a line for each node, with tabs between: its name, its
 * class (a whole number from 0 on), its part of the split ({@code train}, {@code val}, {@code test}, or {@code -}), and the numbers
 * of the features that it has, from 0 on, with spaces between. {@code NAME.edges.tsv} has a line for each edge, with a tab between
 * the names of its two ends; an edge that stands there again, or the other way round, is the same edge.
 */
final class GraphFiles {
    private static final int COLUMNS = 4;
    private static final int MOST_CLASSES = 10_000;
    private static final int MOST_FEATURES = 10_000_000;
    private static final List<String> PARTS = List.of("train", "val", "test", "-");

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Integer> labels = new ArrayList<>();
    private final List<String> parts = new ArrayList<>();
    private final List<int[]> features = new ArrayList<>();

    private GraphFiles() {}

    /** @throws BadInputException where a file is missing or a line is not as it should be */
    static Raw read(DataRequest request) {
        Path folder = request.folder();
        String nodes = request.name() + ".nodes.tsv";
        String edges = request.name() + ".edges.tsv";
        if (folder == null) {
            throw new BadInputException(
                    "data.folder is not set; set it to the folder with " + nodes + " and " + edges + ".");
        }
        GraphFiles files = new GraphFiles();
        Path nodeFile = folder.resolve(nodes);
        List<String> rows = lines(nodeFile);
        for (int i = 0; i < rows.size(); i++) {
            files.node(rows.get(i), new Line(nodeFile, i + 1));
        }
        int classes = files.labels.stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        if (classes < 2) {
            throw new BadInputException(
                    "The file " + nodeFile + " has nodes of only one class; classes are numbered from 0 on "
                            + "in the second column, and there must be at least two.");
        }
        int columns = files.features.stream().flatMapToInt(Arrays::stream).max().orElse(0) + 1;
        int[] ends = files.edges(folder.resolve(edges));
        return new Raw(
                ends,
                SparseMatrix.ofOnes(columns, files.features.toArray(int[][]::new)),
                classes,
                files.labels.stream().mapToInt(Integer::intValue).toArray(),
                files.split(nodeFile));
    }

    /** A place to which a sentence points. */
    private record Line(Path file, int number) {
        BadInputException refuse(String what, String remedy) {
            return new BadInputException("The file " + file + ", line " + number + ", " + what + "; " + remedy + ".");
        }
    }

    private static List<String> lines(Path file) {
        byte[] bytes = DataFile.bytes(file);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.lines().toList();
        } catch (CharacterCodingException e) {
            throw new BadInputException(
                    "The file " + file + " is not UTF-8 text; give a table with tabs between its columns.", e);
        }
    }

    private void node(String row, Line line) {
        String[] cells = row.split("\t", -1);
        if (cells.length != COLUMNS) {
            throw line.refuse(
                    "has " + cells.length + " columns",
                    "a node has four, with tabs between: name, class, train, val, test or -, and its features");
        }
        String name = cells[0].strip();
        if (name.isEmpty()) {
            throw line.refuse("names no node", "its first column must be the node's name");
        }
        if (numbers.putIfAbsent(name, numbers.size()) != null) {
            throw line.refuse("tells of node " + name + " again", "every node must have one line");
        }
        labels.add(number(cells[1], "class", MOST_CLASSES, line));
        String part = cells[2].strip();
        if (!PARTS.contains(part)) {
            throw line.refuse("has " + shown(part) + " in its third column", "write train, val, test or -");
        }
        parts.add(part);
        String[] words = Arrays.stream(cells[3].split(" ", -1))
                .filter(Predicate.not(String::isBlank))
                .toArray(String[]::new);
        int[] on = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            on[i] = number(words[i], "feature", MOST_FEATURES, line);
        }
        if (Arrays.stream(on).distinct().count() < on.length) {
            throw line.refuse("has a feature twice", "name each feature of a node once");
        }
        features.add(on);
    }

    private static int number(String cell, String what, int most, Line line) {
        try {
            int number = Integer.parseInt(cell.strip());
            if (number >= 0 && number < most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, as a number that is none of them is
        }
        throw line.refuse(
                "has the " + what + " " + shown(cell.strip()),
                "a " + what + " is a whole number from 0 to " + (most - 1));
    }

    /** A cell as a message can show it. */
    private static String shown(String cell) {
        return cell.isEmpty() ? "nothing" : cell.length() > 40 ? cell.substring(0, 40) + "..." : cell;
    }

    private int[] edges(Path file) {
        List<String> rows = lines(file);
        Set<Long> found = new LinkedHashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            Line line = new Line(file, i + 1);
            String[] ends = rows.get(i).split("\t", -1);
            if (ends.length != 2) {
                throw line.refuse(
                        "has " + ends.length + " columns", "an edge is the names of two nodes with a tab between");
            }
            int one = end(ends[0].strip(), line);
            int other = end(ends[1].strip(), line);
            if (one == other) {
                throw line.refuse("joins node " + ends[0].strip() + " with itself", "take the line out");
            }
            found.add((long) Math.min(one, other) << 32 | Math.max(one, other));
        }
        int[] all = new int[2 * found.size()];
        int next = 0;
        for (long edge : found) {
            all[next++] = (int) (edge >>> 32);
            all[next++] = (int) edge;
        }
        return all;
    }

    private int end(String name, Line line) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw line.refuse(
                    "has the node " + shown(name) + ", of which the file of nodes has no line",
                    "add the node there, or take the edge out");
        }
        return number;
    }

    /** The split that the third column tells; null where it tells none. */
    private @Nullable Split split(Path file) {
        int[] train = of("train");
        int[] validation = of("val");
        int[] test = of("test");
        if (train.length + validation.length + test.length == 0) {
            return null;
        }
        if (train.length == 0 || validation.length == 0 || test.length == 0) {
            throw new BadInputException("The file " + file + " has " + train.length + " nodes to train on, "
                    + validation.length + " to stop by (val) and " + test.length
                    + " to test; its third column must name some of each, or be - throughout.");
        }
        return new Split(train, validation, test, Split.Kind.FILES);
    }

    private int[] of(String part) {
        List<Integer> nodes = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).equals(part)) {
                nodes.add(i);
            }
        }
        return nodes.stream().mapToInt(Integer::intValue).toArray();
    }
}
