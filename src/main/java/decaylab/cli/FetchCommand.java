package decaylab.cli;

import decaylab.experiment.Nearest;
import decaylab.fetch.Fetcher;
import decaylab.fetch.RemoteSet;
import decaylab.fetch.RemoteSets;
import decaylab.problem.BadInputException;
import decaylab.store.LabFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches real data sets. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description =
                "Fetches real data sets into the lab's folder, where experiments find them without data.folder. What has "
                        + "come of a file stays where it breaks off; the same command goes on. Without a name it lists them.")
final class FetchCommand implements Callable<Integer> {
    /** The environment's variable that names a mirror. */
    private static final String MIRROR = "DECAYLAB_MIRROR";

    private final Terminal terminal;
    private final Supplier<LabFolder> lab;
    private final Map<String, String> environment;
    private final List<RemoteSet> sets = RemoteSets.all();

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Names of data sets.")
    private List<String> names = List.of();

    @Option(
            names = "--from",
            paramLabel = "URL|FOLDER",
            description = "A mirror, or a folder with the files, used instead of the public places; also the variable "
                    + MIRROR + ".")
    private @Nullable String from;

    @Option(names = "--out", paramLabel = "DIR", description = "The folder for the files of one data set.")
    private @Nullable Path out;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long a server may say nothing (default: ${DEFAULT-VALUE}).")
    private int patience = 30;

    FetchCommand(Terminal terminal, Supplier<LabFolder> lab, Map<String, String> environment) {
        this.terminal = terminal;
        this.lab = lab;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (names.isEmpty()) {
            list();
            return ExitCode.OK;
        }
        if (out != null && names.size() > 1) {
            throw new BadInputException(
                    "--out is the folder of one data set, but " + names.size() + " are named; fetch them one by one.");
        }
        if (patience < 1) {
            throw new BadInputException("--patience is " + patience + "; it must be at least 1.");
        }
        List<RemoteSet> chosen = names.stream().map(this::set).toList();
        for (RemoteSet set : chosen) {
            Path folder = out != null ? out : lab.get().datasets().resolve(set.name());
            fetch(set, folder);
        }
        return ExitCode.OK;
    }

    private void list() {
        int width = sets.stream().mapToInt(set -> set.name().length()).max().orElse(0);
        for (RemoteSet set : sets) {
            terminal.out()
                    .println(set.name() + " ".repeat(width - set.name().length() + 2) + set.page() + ". Licence: "
                            + set.licence());
        }
    }

    private RemoteSet set(String name) {
        List<String> known = sets.stream().map(RemoteSet::name).toList();
        return sets.stream()
                .filter(set -> set.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException("There is no data set " + name + " to fetch"
                        + Nearest.hint(name, known) + "; there are " + String.join(", ", known) + "."));
    }

    private void fetch(RemoteSet set, Path folder) {
        String mirror = from != null ? from : environment.get(MIRROR);
        Thread onExit = new Thread(
                () -> terminal.err()
                        .println("Stopped; what has come is kept in " + folder + ". The same command goes on."),
                "stop");
        Runtime.getRuntime().addShutdownHook(onExit);
        try (Shown shown = new Shown()) {
            new Fetcher(mirror == null || mirror.isBlank() ? null : mirror, Duration.ofSeconds(patience))
                    .fetch(set, folder, shown);
        } finally {
            forget(onExit);
        }
        terminal.out().println(set.name() + " is in " + folder + ". Licence: " + set.licence());
    }

    private static void forget(Thread onExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The process is on its way out already, and the hook says so.
        }
    }

    /** Tells of each file how far it is. */
    private final class Shown implements Fetcher.Listener, AutoCloseable {
        private static final long KILO = 1_000;

        private String current = "";
        private @Nullable Progress progress;

        @Override
        public void there(String file) {
            terminal.err().println(file + " is there already.");
        }

        @Override
        public void came(String file, long bytes, long of) {
            Progress shown = progress;
            if (shown == null || !file.equals(current)) {
                close();
                current = file;
                if (!terminal.interactive()) {
                    terminal.err().println("fetching " + file);
                }
                shown = Progress.of(terminal, file, "kilobyte", 0, Math.max(1, of / KILO));
                progress = shown;
            }
            shown.at(bytes / KILO);
        }

        @Override
        public void failed(String reason) {
            close();
            terminal.err().println(reason + ".");
        }

        @Override
        public void close() {
            Progress shown = progress;
            progress = null;
            if (shown != null) {
                shown.close();
            }
        }
    }
}
