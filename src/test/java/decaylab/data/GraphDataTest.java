package decaylab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import decaylab.graph.NodeGraph;
import decaylab.graph.Split;
import decaylab.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs of the user's files, damaged ones, and Cora where it is there. */
class GraphDataTest {
    private static final String NODES = """
            a\t0\ttrain\t0 3
            b\t1\tval\t1
            c\t0\ttest\t
            d\t1\ttrain\t2 1
            """;

    @TempDir
    Path folder;

    private DataSet load(String nodes, String edges, DataRequest.Graph graph) throws IOException {
        Files.writeString(folder.resolve("graph.nodes.tsv"), nodes);
        Files.writeString(folder.resolve("graph.edges.tsv"), edges);
        return load("graph", folder, graph);
    }

    private static DataSet load(String name, Path folder, DataRequest.Graph graph) {
        return new DataCatalogue()
                .load(new DataRequest(name, folder, DataRequest.Columns.usual(), null, null, 0, 0, 1, graph));
    }

    @Test
    void aGraphIsReadAsItStandsInItsFiles() throws IOException {
        DataSet data = load(NODES, "a\tb\nc\tb\nb\ta\n", DataRequest.Graph.usual());
        NodeGraph graph = Objects.requireNonNull(data.graph());
        assertThat(graph.edges()).containsExactly(0, 1, 1, 2); // the third is the first
        assertThat(graph.labels()).containsExactly(0, 1, 0, 1);
        assertThat(graph.train()).containsExactly(0, 3);
        assertThat(graph.validation()).containsExactly(1);
        assertThat(graph.test()).containsExactly(2);
        assertThat(graph.split()).isEqualTo(Split.Kind.FILES);
        assertThat(data.shape()).containsExactly(4);
        assertThat(data.trainInputs()).containsExactly(0.5f, 0, 0, 0.5f, 0, 0.5f, 0.5f, 0); // rows sum to 1
        assertThat(data.testInputs()).containsExactly(0, 0, 0, 0); // a node without a feature
        assertThat(data.trainLabels()).containsExactly(0, 1);
    }

    @Test
    void onlyTheLargestComponentIsKeptWhereThatIsWanted() throws IOException {
        DataSet data = load(NODES, "a\tb\nc\tb\n", new DataRequest.Graph(0, Split.Kind.FILES, true));
        NodeGraph graph = Objects.requireNonNull(data.graph());
        assertThat(graph.nodes()).isEqualTo(3);
        assertThat(graph.train()).containsExactly(0);
        assertThatThrownBy(() -> load(NODES, "a\tb\n", new DataRequest.Graph(0, Split.Kind.FILES, true)))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "graph.largestComponent is true, but of the largest component of graph the files have no node to "
                                + "test; set graph.split to drawn.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a 0 train 0 | graph.nodes.tsv, line 1, has 1 columns; a node has four, with tabs between: name, class, train, val, test or -, and its features.",
                "a~0~train~0^a~1~val~0 | graph.nodes.tsv, line 2, tells of node a again; every node must have one line.",
                "a~0~train~0^b~x~val~0 | graph.nodes.tsv, line 2, has the class x; a class is a whole number from 0 to 9999.",
                "a~0~train~0^b~~val~0 | graph.nodes.tsv, line 2, has the class nothing; a class is a whole number from 0 to 9999.",
                "a~0~train~0^b~-1~val~0 | graph.nodes.tsv, line 2, has the class -1; a class is a whole number from 0 to 9999.",
                "a~0~learn~0 | graph.nodes.tsv, line 1, has learn in its third column; write train, val, test or -.",
                "a~0~train~1.5 | graph.nodes.tsv, line 1, has the feature 1.5; a feature is a whole number from 0 to 9999999.",
                "a~0~train~3 3 | graph.nodes.tsv, line 1, has a feature twice; name each feature of a node once.",
                "~0~train~3 | graph.nodes.tsv, line 1, names no node; its first column must be the node's name.",
                "a~0~train~3 | graph.nodes.tsv has nodes of only one class; classes are numbered from 0 on in the second column, and there must be at least two.",
                "a~0~train~3^b~1~train~3 | graph.nodes.tsv has 2 nodes to train on, 0 to stop by (val) and 0 to test; its third column must name some of each, or be - throughout."
            })
    void whatIsWrongWithANodeIsSaidWithItsLine(String nodes, String sentence) {
        String text = nodes.replace('~', '\t').replace('^', '\n') + "\n";
        assertThatThrownBy(() -> load(text, "a\tb\n", DataRequest.Graph.usual()))
                .isInstanceOf(BadInputException.class)
                .hasMessage("The file " + folder.resolve(sentence.replaceFirst("\\.tsv.*", ".tsv"))
                        + sentence.replaceFirst("^.*?\\.tsv", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a~b^a b | line 2, has 1 columns; an edge is the names of two nodes with a tab between.",
                "a~b^c~c | line 2, joins node c with itself; take the line out.",
                "a~z | line 1, has the node z, of which the file of nodes has no line; add the node there, or take the edge out."
            })
    void whatIsWrongWithAnEdgeIsSaidWithItsLine(String edges, String sentence) {
        String text = edges.replace('~', '\t').replace('^', '\n');
        assertThatThrownBy(() -> load(NODES, text, DataRequest.Graph.usual()))
                .isInstanceOf(BadInputException.class)
                .hasMessage("The file " + folder.resolve("graph.edges.tsv") + ", " + sentence);
    }

    @Test
    void filesThatAreMissingAreNamed() throws IOException {
        assertThatThrownBy(() -> load("cora", folder, DataRequest.Graph.usual()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(folder.resolve("cora.nodes.tsv").toString());
        Files.writeString(folder.resolve("cora.nodes.tsv"), NODES);
        assertThatThrownBy(() -> load("cora", folder, DataRequest.Graph.usual()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(folder.resolve("cora.edges.tsv").toString());
        assertThatThrownBy(() -> new DataCatalogue()
                        .load(new DataRequest("graph", null, DataRequest.Columns.usual(), null, null, 0, 0, 1)))
                .isInstanceOf(BadInputException.class)
                .hasMessage("data.folder is not set; set it to the folder with graph.nodes.tsv and graph.edges.tsv.");
    }

    @Test
    void aNumberOfTrainingNodesIsForSplitsThatAreDrawn() throws IOException {
        load(NODES, "a\tb\n", DataRequest.Graph.usual());
        DataRequest request = new DataRequest(
                "graph", folder, DataRequest.Columns.usual(), 2, null, 0, 0, 1, DataRequest.Graph.usual());
        assertThatThrownBy(() -> new DataCatalogue().load(request))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "data.trainSize is 2, but the files of graph divide its nodes themselves; leave it null, or set "
                                + "graph.split to drawn.");
    }

    @Test
    void coraIsReadWithPlanetoidsSplit() {
        String root = System.getenv("DECAYLAB_DATA");
        assumeTrue(root != null && !root.isBlank(), "DECAYLAB_DATA names no folder with real data");
        Path cora = Path.of(root, "cora");
        assumeTrue(Files.isDirectory(cora), "there is no folder cora among the real data");
        NodeGraph graph = Objects.requireNonNull(
                load("cora", cora, DataRequest.Graph.usual()).graph());
        assertThat(graph.nodes()).isEqualTo(2708);
        assertThat(graph.edges()).hasSize(2 * 5278);
        assertThat(graph.features().columns()).isEqualTo(1433);
        assertThat(graph.classes()).isEqualTo(7);
        assertThat(new int[] {graph.train().length, graph.validation().length, graph.test().length})
                .containsExactly(140, 500, 1000);
        NodeGraph largest = Objects.requireNonNull(load("cora", cora, new DataRequest.Graph(0, Split.Kind.DRAWN, true))
                .graph());
        assertThat(largest.nodes()).isEqualTo(2485);
        assertThat(largest.edges()).hasSize(2 * 5069);
        assertThat(new int[] {largest.train().length, largest.validation().length, largest.test().length})
                .containsExactly(140, 500, 1845);
    }
}
