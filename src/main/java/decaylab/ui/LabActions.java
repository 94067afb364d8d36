package decaylab.ui;

import decaylab.chart.PictureNote;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.problem.BadInputException;
import decaylab.store.LabFolder;
import decaylab.store.Provenance;
import decaylab.store.RunFolder;
import decaylab.store.WholeFile;
import decaylab.train.NormTransplant;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.Notices;
import decaylab.ui.base.Texts;
import decaylab.ui.designer.DesignerActions;
import decaylab.ui.designer.DesignerModel;
import decaylab.ui.library.LibraryModel;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.PictureReplay;
import decaylab.ui.run.RunActions;
import decaylab.ui.run.RunEntry;
import decaylab.ui.run.RunExport;
import decaylab.ui.schedule.ScheduleActions;
import decaylab.ui.study.CellActions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the user can do that involves files or more than one part of the window. */
public final class LabActions implements DesignerActions, RunActions, ScheduleActions, CellActions {
    private final LabSession session;
    private final LibraryModel library;
    private final DesignerModel designer;
    private final WindowModel window;
    private final ExperimentYaml yaml;
    private final PictureReplay replay;
    private final BackgroundTasks tasks;
    private final FileDialogs dialogs;
    private final Notices notices;
    private final Texts texts;

    public LabActions(
            LabSession session,
            LibraryModel library,
            DesignerModel designer,
            WindowModel window,
            ExperimentYaml yaml,
            PictureReplay replay,
            BackgroundTasks tasks,
            FileDialogs dialogs,
            Notices notices,
            Texts texts) {
        this.session = session;
        this.library = library;
        this.designer = designer;
        this.window = window;
        this.yaml = yaml;
        this.replay = replay;
        this.tasks = tasks;
        this.dialogs = dialogs;
        this.notices = notices;
        this.texts = texts;
    }

    @Override
    public void openExperiment() {
        dialogs.open(FileDialogs.Kind.EXPERIMENT, texts.of("designer.open")).ifPresent(this::openExperiment);
    }

    /** Opens an experiment's file; one that cannot be used gets a notice and changes nothing. */
    public void openExperiment(Path file) {
        tasks.run(
                () -> yaml.read(file),
                experiment -> {
                    designer.load(experiment, nameOf(file));
                    window.used(file);
                    notices.tell(texts.of("designer.opened", fileName(file)));
                },
                notices::warn);
    }

    @Override
    public void saveExperiment() {
        Optional<String> text = designer.yaml();
        if (text.isEmpty()) {
            notices.warn(texts.of("designer.cannotSave", designer.problem().get()));
            return;
        }
        String name = designer.name().get().replace("*", "") + ".yaml";
        dialogs.save(FileDialogs.Kind.EXPERIMENT, texts.of("designer.save"), name)
                .ifPresent(file -> tasks.run(
                        () -> {
                            WholeFile.write(file, text.get());
                            return file;
                        },
                        done -> {
                            window.used(file);
                            notices.tell(texts.of("designer.saved", fileName(file)));
                        },
                        notices::warn));
    }

    /** Asks where, and saves the current run with all that was changed as an experiment that does the same by itself. */
    public void saveWhatWasDone() {
        RunEntry run = session.current().get();
        if (run == null) {
            notices.warn(texts.of("runs.none"));
            return;
        }
        String text = yaml.write(run.experiment().withInterventions(LabSession.changes(run)));
        dialogs.save(
                        FileDialogs.Kind.EXPERIMENT,
                        texts.of("designer.save"),
                        LabFolder.folderName(run.name()) + "-done.yaml")
                .ifPresent(file -> tasks.run(
                        () -> {
                            WholeFile.write(file, text);
                            return file;
                        },
                        done -> {
                            window.used(file);
                            notices.tell(texts.of("designer.saved", fileName(file)));
                        },
                        notices::warn));
    }

    @Override
    public void startExperiment() {
        Experiment experiment = designer.experiment().get();
        if (experiment == null) {
            notices.warn(texts.of("designer.cannotStart", designer.problem().get()));
            return;
        }
        session.prepare(experiment, describedName());
        session.play();
    }

    private String describedName() {
        String name = designer.name().get();
        return name.endsWith("*") ? texts.of("designer.changedName", name.replace("*", "")) : name;
    }

    @Override
    public void describe(Experiment experiment) {
        designer.edit(experiment);
        RunEntry current = session.current().get();
        boolean begun =
                current != null && (current.log().rows() > 0 || current.state().ended());
        if (!begun) {
            session.prepare(experiment, describedName());
        }
    }

    @Override
    public void useSettings(RunEntry run) {
        designer.load(run.experiment(), run.name().replaceFirst(" \\(\\d+\\)$", ""));
        window.designerShown().set(true);
        notices.tell(texts.of("runs.used", run.name()));
    }

    @Override
    public void transplant(RunEntry run) {
        Experiment without;
        try {
            without = NormTransplant.with(run.experiment(), run.experiment(), run.log(), run.name(), false);
        } catch (BadInputException e) {
            notices.warn(String.valueOf(e.getMessage()));
            return;
        }
        String name = texts.of("runs.transplantedName", run.name());
        designer.load(without, name);
        session.prepare(without, name);
        session.play();
        notices.tell(texts.of("runs.transplanted", run.name()));
    }

    @Override
    public void openCell(Experiment experiment, String name) {
        designer.load(experiment, name);
        session.prepare(experiment, name);
        session.play();
        notices.tell(texts.of("maps.opened", name));
    }

    @Override
    public void exportCsv(RunEntry run) {
        dialogs.save(
                        FileDialogs.Kind.CSV,
                        texts.of("runs.exportCsv"),
                        run.name().replaceAll("[^\\w.-]+", "-") + ".csv")
                .ifPresent(file -> tasks.run(
                        () -> {
                            RunExport.csv(run, file);
                            return file;
                        },
                        done -> notices.tell(texts.of("designer.saved", fileName(file))),
                        notices::warn));
    }

    /** Asks where, and writes the current run's samples there. */
    public void exportCurrentCsv() {
        RunEntry current = session.current().get();
        if (current != null) {
            exportCsv(current);
        }
    }

    @Override
    public void openLibrary() {
        library.open().set(true);
    }

    @Override
    public void openRun() {
        dialogs.folder(texts.of("runs.open")).ifPresent(this::openRun);
    }

    /** Lays a run from a folder over the others; a folder that holds none gets a notice and changes nothing. */
    public void openRun(Path folder) {
        tasks.run(
                () -> RunFolder.read(folder),
                stored -> {
                    session.open(stored);
                    window.used(folder);
                    notices.tell(texts.of("runs.opened", fileName(folder)));
                },
                notices::warn);
    }

    /** Asks for a picture that the lab has exported, and opens its experiment. */
    public void openPicture() {
        dialogs.open(FileDialogs.Kind.IMAGE, texts.of("action.openPicture")).ifPresent(this::openPicture);
    }

    /** Opens the experiment of a picture that the lab has exported, and offers to do its runs again. */
    public void openPicture(Path file) {
        tasks.run(
                () -> {
                    Provenance picture = Provenance.ofPicture(PictureNote.of(file), file);
                    picture.runs().forEach(Provenance.RunOrigin::read); // nothing is begun that cannot be ended
                    return picture;
                },
                picture -> {
                    Provenance.RunOrigin main = picture.main();
                    designer.load(main.read(), main.name());
                    window.used(file);
                    int runs = picture.runs().size();
                    notices.offer(
                            texts.of(
                                    runs == 1 ? "picture.opened" : "picture.openedSeveral",
                                    fileName(file),
                                    main.name(),
                                    Integer.toString(runs)),
                            texts.of("picture.replay"),
                            () -> replay.start(picture));
                },
                notices::warn);
    }

    /** Opens what was used before: an experiment's file, a picture or a run's folder. */
    public void open(Path path) {
        if (Files.isDirectory(path)) {
            openRun(path);
        } else if (PictureNote.isPicture(path)) {
            openPicture(path);
        } else {
            openExperiment(path);
        }
    }

    /** Opens what was dropped on the window. */
    public void drop(List<Path> dropped) {
        if (dropped.size() == 1) {
            open(dropped.get(0));
        } else {
            notices.warn(texts.of("drop.several", Integer.toString(dropped.size())));
        }
    }

    private static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }

    private static String nameOf(Path file) {
        return fileName(file).replaceFirst("\\.ya?ml$", "");
    }
}
