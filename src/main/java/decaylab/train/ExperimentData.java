package decaylab.train;

import decaylab.data.DataCatalogue;
import decaylab.data.DataRequest;
import decaylab.data.DataSet;
import decaylab.environment.EnvironmentKind;
import decaylab.experiment.CsvHeader;
import decaylab.experiment.DataSpec;
import decaylab.experiment.Experiment;
import decaylab.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The data that an experiment asks the catalogue for; the last set is kept, so that a restart need not read it again. */
public final class ExperimentData implements DataSource {
    private final DataCatalogue catalogue;
    private final @Nullable Supplier<Path> datasets;
    private @Nullable Loaded last;

    private record Loaded(DataRequest request, boolean scaled, DataSet data) {}

    /** For made data, and data whose folder the experiment names. */
    public ExperimentData(DataCatalogue catalogue) {
        this.catalogue = catalogue;
        datasets = null;
    }

    /**
     * @param datasets where the folders of data sets are that an experiment names without a folder; asked
     *     where one does
     */
    public ExperimentData(DataCatalogue catalogue, Supplier<Path> datasets) {
        this.catalogue = catalogue;
        this.datasets = datasets;
    }

    @Override
    public synchronized DataSet load(Experiment experiment) {
        requireDataSet(experiment);
        DataRequest request = request(experiment);
        boolean scaled = experiment.data().scaleInputs();
        Loaded kept = last;
        if (kept != null && kept.request.equals(request) && kept.scaled == scaled) {
            return kept.data;
        }
        last = null; // two large sets at once need not fit
        DataSet read = catalogue.load(request);
        DataSet data = scaled ? read.scaled() : read;
        last = new Loaded(request, scaled, data);
        return data;
    }

    private void requireDataSet(Experiment experiment) {
        String name = experiment.data().name();
        List<String> sets =
                catalogue.entries().stream().map(DataCatalogue.Entry::name).toList();
        if (experiment.environment().isPresent()) {
            throw new BadInputException("data.name is " + name
                    + ", an environment, but this needs the examples of a data set; use an experiment on one of "
                    + String.join(", ", sets) + ".");
        }
        if (!sets.contains(name)) {
            throw new BadInputException("data.name is " + name + "; it must be one of " + String.join(", ", sets)
                    + ", or an environment, " + String.join(" or ", EnvironmentKind.words()) + ".");
        }
    }

    private DataRequest request(Experiment experiment) {
        DataSpec spec = experiment.data();
        return new DataRequest(
                spec.name(),
                folder(spec),
                new DataRequest.Columns(header(spec.header()), spec.classColumn()),
                spec.trainSize(),
                spec.testSize(),
                spec.labelNoise(),
                spec.inputNoise(),
                experiment.dataSeed(),
                new DataRequest.Graph(
                        experiment.graph().edgeNoise(),
                        experiment.graph().split(),
                        experiment.graph().largestComponent()));
    }

    private static @Nullable Boolean header(CsvHeader header) {
        return switch (header) {
            case AUTO -> null;
            case FIRST_ROW -> true;
            case NONE -> false;
        };
    }

    /** The folder that the experiment names, or that of the data set among the lab's own. */
    private @Nullable Path folder(DataSpec spec) {
        Path named = path(spec.folder());
        Optional<DataCatalogue.Entry> read = catalogue.entries().stream()
                .filter(entry -> entry.name().equals(spec.name()) && entry.read())
                .findFirst();
        if (named != null || read.isEmpty() || datasets == null) {
            return named;
        }
        Path own = datasets.get().resolve(spec.name());
        String remote = read.get().fetched();
        Path fetched = remote.isEmpty() ? own : datasets.get().resolve(remote);
        if (Files.isDirectory(own) || Files.isDirectory(fetched)) {
            return Files.isDirectory(own) ? own : fetched;
        }
        throw new BadInputException("data.folder is not set, and there is no folder " + own + "; "
                + (remote.isEmpty() ? "" : "get one with 'decaylab fetch " + remote + "', or ")
                + "set data.folder to the folder that has the files of " + spec.name() + ".");
    }

    private static @Nullable Path path(@Nullable String folder) {
        try {
            return folder == null ? null : Path.of(folder);
        } catch (InvalidPathException e) {
            throw new BadInputException(
                    "data.folder is " + folder + ", which is not a path; give the path of a folder.", e);
        }
    }
}
