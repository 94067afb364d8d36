package decaylab.fetch;

import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cora as two tables: {@code cora.nodes.tsv} with a line for each paper (number, class, split, the numbers of the words that it has) and
 * {@code cora.edges.tsv} with a line for each pair of papers of which one cites the other. The archive knows no split: it is "-".
 */
final class CoraFiles implements ArchiveContent {
    private static final String NODES = "cora.nodes.tsv";
    private static final String EDGES = "cora.edges.tsv";
    private static final int PAPERS = 2_708;
    private static final int WORDS = 1_433;

    @Override
    public List<String> files() {
        return List.of(NODES, EDGES);
    }

    @Override
    public List<Path> take(Path archive, Path unpacked) throws IOException {
        List<String> papers = Files.readAllLines(ArchiveContent.require(archive, unpacked, "cora.content"));
        List<String> citations = Files.readAllLines(ArchiveContent.require(archive, unpacked, "cora.cites"));
        List<String[]> rows =
                papers.stream().map(line -> line.split("\\s+", -1)).toList();
        if (rows.size() != PAPERS || rows.stream().anyMatch(row -> row.length != WORDS + 2)) {
            throw new BadInputException("The archive " + archive + " has not the " + PAPERS + " papers of " + WORDS
                    + " words each that Cora has; delete it and fetch it from another place.");
        }
        Set<String> names = rows.stream().map(row -> row[WORDS + 1]).collect(Collectors.toCollection(TreeSet::new));
        List<String> classes = List.copyOf(names);
        Map<String, Integer> numbers = new LinkedHashMap<>();
        StringBuilder nodes = new StringBuilder();
        for (String[] row : rows) {
            int number = numbers.size();
            numbers.put(row[0], number);
            String words = IntStream.range(0, WORDS)
                    .filter(i -> row[i + 1].equals("1"))
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(" "));
            nodes.append(number)
                    .append('\t')
                    .append(classes.indexOf(row[WORDS + 1]))
                    .append("\t-\t")
                    .append(words)
                    .append('\n');
        }
        Set<String> edges = new LinkedHashSet<>();
        for (String line : citations) {
            String[] ends = line.strip().split("\\s+", -1);
            Integer one = numbers.get(ends[0]);
            Integer other = ends.length == 2 ? numbers.get(ends[1]) : null;
            if (one != null && other != null && !one.equals(other)) {
                edges.add(Math.min(one, other) + "\t" + Math.max(one, other));
            }
        }
        return List.of(
                Files.writeString(unpacked.resolve(NODES), nodes),
                Files.writeString(unpacked.resolve(EDGES), String.join("\n", edges) + "\n"));
    }
}
