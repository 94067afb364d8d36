package decaylab.data;

import decaylab.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The data sets that the lab can make or read. */
public final class DataCatalogue {
    /**
     * What the catalogue says of a data set.
     *
     * @param name as files and the command line use it
     * @param description one sentence
     * @param read true where it is read from the user's folder, false where it is made from a seed
     * @param fetched the name under which such files can be fetched; empty where there are none to fetch
     * @param planar true where an example is a point of the plane, so that decision regions can be drawn
     */
    public record Entry(String name, String description, boolean read, String fetched, boolean planar) {}

    private record Known(Entry entry, Function<DataRequest, DataSet> loader) {}

    @FunctionalInterface
    private interface MadeBy {
        DataSet make(int trainSize, int testSize, double labelNoise, long seed);
    }

    private final List<Known> known = List.of(
            made(
                    "proto",
                    "64 numbers, 10 classes of three modes each; the workhorse.",
                    1500,
                    2000,
                    false,
                    MadeData::proto),
            made(
                    "teacher",
                    "20 numbers, 5 classes set by a random teacher network.",
                    1024,
                    2000,
                    false,
                    MadeData::teacher),
            made("spirals", "Three spiral arms in the plane.", 600, 600, true, MadeData::spirals),
            made("moons", "Two half moons in the plane.", 400, 400, true, MadeData::moons),
            made(
                    "zipf",
                    "Six tokens of a thousand, rare and frequent ones, and whether they sum to more than nothing.",
                    4000,
                    2000,
                    false,
                    MadeData::zipf),
            new Known(
                    new Entry(
                            "number-words",
                            "German number words to be translated into English ones, 0 to 9,999 or further.",
                            false,
                            "",
                            false),
                    TranslationData::numberWords),
            new Known(
                    new Entry("glyphs", "Digits of twelve faces, 28 x 28, bent and turned; bundled.", false, "", false),
                    IdxData::glyphs),
            new Known(
                    new Entry("mnist", "Handwritten digits, 28 x 28, read from four IDX files.", true, "mnist", false),
                    IdxData::read),
            new Known(
                    new Entry(
                            "fashion-mnist",
                            "Pieces of clothing, 28 x 28, read from four IDX files.",
                            true,
                            "fashion-mnist",
                            false),
                    IdxData::read),
            new Known(
                    new Entry(
                            "cifar10",
                            "Colour photographs of ten kinds, 32 x 32, read from binary batches.",
                            true,
                            "cifar10",
                            false),
                    CifarData::read),
            new Known(
                    new Entry("csv", "A table of yours: numbers and a class in each row.", true, "", false),
                    CsvData::read),
            new Known(
                    new Entry(
                            "text",
                            "Runs of 64 characters, each to be followed, read from text files.",
                            true,
                            "tiny-shakespeare",
                            false),
                    TextData::read),
            new Known(
                    new Entry(
                            "sbm",
                            "A graph of four blocks of 100 nodes with 80 features; 5 of each told.",
                            false,
                            "",
                            false),
                    GraphData::made),
            new Known(
                    new Entry(
                            "cora",
                            "2,708 papers that cite each other, seven kinds, read from cora.nodes.tsv and cora.edges.tsv.",
                            true,
                            "cora",
                            false),
                    GraphData::read),
            new Known(
                    new Entry(
                            "graph",
                            "A graph of yours, read from graph.nodes.tsv and graph.edges.tsv.",
                            true,
                            "",
                            false),
                    GraphData::read));

    private static Known made(
            String name, String description, int trainSize, int testSize, boolean planar, MadeBy maker) {
        return new Known(
                new Entry(name, description, false, "", planar),
                request -> maker.make(
                        or(request.trainSize(), trainSize),
                        or(request.testSize(), testSize),
                        request.labelNoise(),
                        request.seed()));
    }

    private static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    /** All of them, in the order of lists. */
    public List<Entry> entries() {
        return known.stream().map(Known::entry).toList();
    }

    /**
     * Makes or reads a data set.
     *
     * @throws BadInputException where there is none of that name, or its files cannot be used
     */
    public DataSet load(DataRequest request) {
        List<String> names = new ArrayList<>();
        for (Known candidate : known) {
            if (candidate.entry().name().equals(request.name())) {
                return InputNoise.add(candidate.loader().apply(request), request.inputNoise(), request.seed());
            }
            names.add(candidate.entry().name());
        }
        throw new BadInputException(
                "data.name is " + request.name() + "; it must be one of " + String.join(", ", names) + ".");
    }
}
