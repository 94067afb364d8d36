package decaylab.train;

import decaylab.data.DataCatalogue;
import decaylab.data.DataRequest;
import decaylab.data.DataSet;
import decaylab.experiment.DataSpec;
import decaylab.experiment.Experiment;
import decaylab.problem.BadInputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The data that an experiment asks the catalogue for; the last set is kept, so that a restart need not read it again. */
public final class ExperimentData implements DataSource {
    private final DataCatalogue catalogue;
    private @Nullable Loaded last;

    private record Loaded(DataRequest request, DataSet data) {}

    public ExperimentData(DataCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public synchronized DataSet load(Experiment experiment) {
        DataRequest request = request(experiment);
        Loaded kept = last;
        if (kept != null && kept.request.equals(request)) {
            return kept.data;
        }
        last = null; // two large sets at once need not fit
        DataSet data = catalogue.load(request);
        last = new Loaded(request, data);
        return data;
    }

    private static DataRequest request(Experiment experiment) {
        DataSpec spec = experiment.data();
        return new DataRequest(
                spec.name(),
                path(spec.folder()),
                spec.trainSize(),
                spec.testSize(),
                spec.labelNoise(),
                spec.inputNoise(),
                experiment.dataSeed());
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
