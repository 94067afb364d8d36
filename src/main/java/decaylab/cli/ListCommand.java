package decaylab.cli;

import decaylab.data.DataCatalogue;
import decaylab.environment.EnvironmentKind;
import decaylab.experiment.NetworkKind;
import decaylab.experiment.Presets;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.lesson.Lessons;
import decaylab.study.Studies;
import decaylab.study.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what the lab has. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists what the lab has.")
final class ListCommand implements Callable<Integer> {
    /** What can be listed. */
    enum Kind {
        PRESETS,
        DATASETS,
        NETWORKS,
        INSTRUMENTS,
        STUDIES,
        LESSONS;

        /** The word on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Terminal terminal;
    private final Presets presets;
    private final DataCatalogue catalogue;
    private final Studies studies;
    private final Lessons lessons;

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            description = "One of presets, datasets, networks, instruments, studies, lessons; all without it.")
    private @Nullable String word;

    ListCommand(Terminal terminal, Presets presets, DataCatalogue catalogue, Studies studies, Lessons lessons) {
        this.studies = studies;
        this.lessons = lessons;
        this.terminal = terminal;
        this.presets = presets;
        this.catalogue = catalogue;
    }

    private record Row(String name, String description) {}

    @Override
    public Integer call() {
        if (word == null) {
            for (Kind kind : Kind.values()) {
                terminal.out().println(kind + ":");
                print(kind, "  ");
            }
        } else {
            print(Choice.of("The kind of things to list", Kind.values(), word), "");
        }
        return ExitCode.OK;
    }

    private void print(Kind each, String indent) {
        List<Row> rows = rows(each);
        int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        for (Row row : rows) {
            terminal.out()
                    .println(indent + row.name() + " ".repeat(width - row.name().length() + 2) + row.description());
        }
        if (rows.isEmpty()) {
            terminal.out().println(indent + "none yet");
        }
    }

    private static String fetching(DataCatalogue.Entry entry) {
        return entry.fetched().isEmpty() ? "" : " 'decaylab fetch " + entry.fetched() + "' gets one.";
    }

    private List<Row> rows(Kind each) {
        List<Row> rows = new ArrayList<>();
        switch (each) {
            case PRESETS -> presets.names().forEach(name -> rows.add(new Row(name, presets.description(name))));
            case DATASETS -> {
                catalogue.entries().forEach(e -> rows.add(new Row(e.name(), e.description() + fetching(e))));
                for (EnvironmentKind kind : EnvironmentKind.values()) {
                    rows.add(new Row(kind.toString(), kind.description() + " An environment, to act in."));
                }
            }
            case NETWORKS -> {
                rows.add(new Row(NetworkKind.MLP.toString(), "Dense layers of network.widths units and a head."));
                rows.add(new Row(
                        NetworkKind.CNN.toString(),
                        "3 x 3 convolutions of network.widths channels, a global average and a head."));
                rows.add(
                        new Row(
                                NetworkKind.ALL_CNN.toString(),
                                "Stages of network.blocks convolutions and one of stride 2 each, a global average and a head."));
                rows.add(new Row(
                        NetworkKind.RESNET.toString(),
                        "Stages of network.blocks residual blocks each, a global average and a head: widths [16, 32, 64] with "
                                + "1, 2, 3 blocks are ResNet-8, -14, -20, [64, 128, 256, 512] with 2 is ResNet-18."));
                rows.add(new Row(
                        NetworkKind.LSTM.toString(),
                        "An embedding of tokens, long short-term memory of network.widths units, and a head a token."));
                rows.add(new Row(
                        NetworkKind.BAG.toString(),
                        "The sum of the embeddings of an example's tokens, of the first of network.widths, then dense layers of the "
                                + "others and a head."));
                rows.add(
                        new Row(
                                NetworkKind.ENCODER_DECODER.toString(),
                                "A translator: one LSTM reads, another one writes and attends to the first; one of network.widths for all."));
            }
            case INSTRUMENTS -> {
                QuantityTexts texts = new QuantityTexts();
                for (Quantity quantity : Quantity.values()) {
                    String name = quantity.column()
                            + switch (quantity.scope()) {
                                case LAYER -> "[LAYER]";
                                case TOKENS -> "[TOKENS]";
                                case NETWORK, BOTH -> "";
                            };
                    String of = quantity.instrument()
                            .map(instrument -> " (Instrument " + instrument
                                    + (quantity.scope() == Quantity.Scope.BOTH ? ", also of each layer.)" : ".)"))
                            .orElse("");
                    rows.add(new Row(name, texts.of(quantity).definition() + of));
                }
            }
            case STUDIES ->
                studies.all().stream()
                        .map(Study::protocol)
                        .forEach(protocol -> rows.add(new Row(protocol.name(), protocol.title())));
            case LESSONS ->
                lessons.all(Lessons.FIRST_LANGUAGE)
                        .forEach(lesson -> rows.add(new Row(
                                lesson.name(), lesson.summary() + " (" + lesson.minutes() + " minutes)")));
        }
        return rows;
    }
}
