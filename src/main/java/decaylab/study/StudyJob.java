package decaylab.study;

import decaylab.store.WholeFile;
import decaylab.train.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A study that is done in a folder, which keeps its runs and, at the end, its findings, its report, its table and its maps. */
public final class StudyJob implements AutoCloseable {
    private final StudyFolder folder;
    private final StudyRun run;

    private StudyJob(StudyFolder folder, StudyRun run) {
        this.folder = folder;
        this.run = run;
    }

    /**
     * Makes the folder, or takes up the one that is there with the runs that are done.
     *
     * @param seeds how many, from 1 on
     * @param source where the data comes from
     * @throws decaylab.problem.BadInputException where the folder cannot be used for that
     */
    public static StudyJob open(Study study, int seeds, DataSource source, Path folder) {
        StudyFolder opened = StudyFolder.open(folder, study.protocol());
        return new StudyJob(opened, new StudyRun(study, seeds, source, opened));
    }

    /** The same where the folder holds a study already; empty where it does not. */
    public static Optional<StudyJob> ifThere(Study study, int seeds, DataSource source, Path folder) {
        return Files.isRegularFile(folder.resolve(StudyFolder.FILE))
                ? Optional.of(open(study, seeds, source, folder))
                : Optional.empty();
    }

    /** Its runs. */
    public StudyRun run() {
        return run;
    }

    /**
     * Does what is not done yet, judges, and writes findings, report, table and maps.
     *
     * @param workers runs at the same time, at least 1
     * @throws java.util.concurrent.CancellationException where it was stopped; what is done stays
     * @throws decaylab.problem.BadInputException where an experiment cannot be run, or the folder not be written
     */
    public Findings go(int workers) {
        run.study().files(run.seeds()).forEach(this::keep);
        Findings findings = run.go(workers);
        findings.write(folder.folder());
        new StudyReport().write(run, findings, folder.folder());
        new StudyTable().write(run, folder.folder());
        new StudyMaps().write(run, folder.folder());
        return findings;
    }

    private void keep(String name, String content) {
        try {
            WholeFile.write(folder.folder().resolve(name), content);
        } catch (IOException e) {
            throw StudyFolder.unwritable(folder.folder(), e);
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
