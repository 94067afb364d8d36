package decaylab.ui;

import static decaylab.ui.keys.Command.Menu.FILE;
import static decaylab.ui.keys.Command.Menu.HELP;
import static decaylab.ui.keys.Command.Menu.KEYS;
import static decaylab.ui.keys.Command.Menu.LEARN;
import static decaylab.ui.keys.Command.Menu.RUN;
import static decaylab.ui.keys.Command.Menu.VIEW;
import static decaylab.ui.keys.Command.does;
import static decaylab.ui.keys.Command.switches;
import static decaylab.ui.keys.Command.tries;

import decaylab.experiment.Instrument;
import decaylab.optim.Gate;
import decaylab.train.RunStatus;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartBoard;
import decaylab.ui.journal.JournalModel;
import decaylab.ui.keys.Command;
import decaylab.ui.lesson.LessonModel;
import decaylab.ui.library.LibraryModel;
import decaylab.ui.run.ControlsModel;
import decaylab.ui.run.InstrumentsModel;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.MiddleView;
import decaylab.ui.study.StudiesModel;
import decaylab.ui.study.SweepsModel;
import decaylab.ui.tour.Tour;
import decaylab.ui.world.WorldModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ObservableBooleanValue;

/** Everything that can be done by menu or key, in the order of the menus. */
final class LabCommands {
    private static final double ZOOM = 1.5;

    private final LabSession session;
    private final ControlsModel controls;
    private final ChartBoard board;
    private final InstrumentsModel instruments;
    private final LibraryModel stored;
    private final StudiesModel study;
    private final SweepsModel sweeps;
    private final WorldModel world;
    private final Map<MiddleView, ? extends ObservableBooleanValue> where;
    private final WindowModel window;
    private final LabActions actions;
    private final Dialogs dialogs;
    private final LessonModel lesson;
    private final MomentActions moment;
    private final JournalModel journal;
    private final PaneNotices notices;
    private final Tour tour;
    private final Texts texts;

    LabCommands(
            LabSession session,
            ControlsModel controls,
            ChartBoard board,
            InstrumentsModel instruments,
            LibraryModel stored,
            StudiesModel study,
            SweepsModel sweeps,
            WorldModel world,
            Map<MiddleView, ? extends ObservableBooleanValue> where,
            WindowModel window,
            LabActions actions,
            Dialogs dialogs,
            LessonModel lesson,
            MomentActions moment,
            JournalModel journal,
            PaneNotices notices,
            Tour tour,
            Texts texts) {
        this.tour = tour;
        this.session = session;
        this.controls = controls;
        this.board = board;
        this.instruments = instruments;
        this.stored = stored;
        this.study = study;
        this.sweeps = sweeps;
        this.world = world;
        this.where = where;
        this.window = window;
        this.actions = actions;
        this.dialogs = dialogs;
        this.lesson = lesson;
        this.moment = moment;
        this.journal = journal;
        this.notices = notices;
        this.texts = texts;
    }

    /** The table. */
    List<Command> all() {
        List<Command> all = new ArrayList<>();
        all.addAll(ofFiles());
        all.addAll(ofRuns());
        all.addAll(ofViews());
        all.addAll(ofLessons());
        all.add(does("action.keys", HELP, 0, dialogs::keyMap, "?"));
        all.add(does("action.tour", HELP, 0, dialogs::tour));
        all.add(does("action.about", HELP, 1, dialogs::about, "F1"));
        all.add(tries("keys.showBest", KEYS, 0, this::showBest, "B"));
        all.add(tries("keys.escape", KEYS, 0, this::goBack, "Esc"));
        return all.stream().map(this::unlessLocked).toList();
    }

    /** What a lesson locks is not done by menu or key either. */
    private Command unlessLocked(Command command) {
        return command.onlyIf(() -> LessonLocks.allows(lesson, command.name()));
    }

    private List<Command> ofLessons() {
        return List.of(
                switches("action.lessons", LEARN, 0, lesson.open(), "F4"),
                tries("action.nextStep", LEARN, 0, () -> lessonMoves(lesson::next), "N"),
                tries("action.previousStep", LEARN, 0, () -> lessonMoves(lesson::previous), "Shift+N"),
                does("action.predict", LEARN, 1, this::predict, "P"),
                does("action.explain", LEARN, 1, moment::explain, "X"),
                does("action.race", LEARN, 1, this::race, "C"),
                switches("action.journal", LEARN, 2, journal.open(), "J"),
                does("action.saveJournal", LEARN, 2, journal::save),
                does("action.class", LEARN, 2, journal::drawClass));
    }

    /** What the lesson asks for where it does, else the rest of the run. */
    private void predict() {
        if (!lesson.predict()) {
            moment.predict();
        }
    }

    /** The race of the lesson where there is one, else the form of one. */
    private void race() {
        if (!lesson.race()) {
            moment.race();
        }
    }

    private boolean lessonMoves(Runnable move) {
        boolean there = lesson.lesson().get() != null;
        if (there) {
            move.run();
        }
        return there;
    }

    private List<Command> ofFiles() {
        return List.of(
                does("action.openExperiment", FILE, 0, actions::openExperiment, "Shortcut+O"),
                does("action.saveExperiment", FILE, 0, actions::saveExperiment, "Shortcut+S"),
                does("action.saveDone", FILE, 0, actions::saveWhatWasDone),
                does("action.openPicture", FILE, 0, actions::openPicture),
                does("action.openRun", FILE, 0, actions::openRun, "Shortcut+Shift+O"),
                switches("action.library", FILE, 0, stored.open(), "Shortcut+L"),
                does("action.exportCharts", FILE, 1, dialogs::exportCharts, "Shortcut+E"),
                does("action.exportCsv", FILE, 1, actions::exportCurrentCsv, "Shortcut+Shift+E"),
                does("action.quit", FILE, 2, dialogs::quit, "Shortcut+Q"));
    }

    private List<Command> ofRuns() {
        return List.of(
                does("action.start", RUN, 0, actions::startExperiment, "Shortcut+Enter"),
                does(
                        "action.sweep",
                        RUN,
                        0,
                        () -> {
                            study.open().set(true);
                            sweeps.begin();
                        },
                        "Shortcut+Shift+Enter"),
                does("action.play", RUN, 1, controls::togglePlay, "Space"),
                does("action.step", RUN, 1, controls::step, "S", "Period"),
                does("action.stepBack", RUN, 1, session::stepBack, "Comma"),
                does("action.undo", RUN, 1, session::undo, "Shortcut+Z"),
                does("action.stop", RUN, 1, session::stop),
                does("action.restart", RUN, 1, session::restart, "R"),
                does("action.newSeed", RUN, 1, session::restartWithNewSeed, "Shift+R"),
                does("action.toggleDecay", RUN, 2, this::toggleDecay, "D"),
                does("action.autoDecay", RUN, 2, () -> controls.switchTo(Gate.AUTO), "A"),
                switches("action.twin", RUN, 2, session.twinning(), "T"),
                switches("action.equilibrium", RUN, 2, instruments.chosen(Instrument.EQUILIBRIUM), "E"));
    }

    private void toggleDecay() {
        RunStatus status = session.status().get();
        if (status != null && status.state().ended()) {
            notices.warn(texts.of("controls.over"));
        } else {
            controls.toggleDecay();
        }
    }

    private List<Command> ofViews() {
        List<Command> views = new ArrayList<>();
        for (MiddleView view : MiddleView.values()) {
            Command show = does(
                    view.key(),
                    VIEW,
                    0,
                    () -> {
                        window.middle().set(view);
                        stored.open().set(false);
                        study.open().set(false);
                        journal.open().set(false);
                    },
                    "Alt+" + view.keyName());
            ObservableBooleanValue belongs = where.get(view);
            views.add(belongs == null ? show : show.onlyIf(belongs::get));
        }
        views.add(switches("view.studies", VIEW, 0, study.open(), "Alt+4"));
        views.add(switches("action.projector", VIEW, 1, window.projector(), "F5"));
        views.add(does("action.presenter", VIEW, 1, dialogs::presenter));
        views.add(switches("action.dark", VIEW, 2, window.dark(), "Shortcut+D"));
        views.add(switches("action.contrast", VIEW, 2, window.contrast()));
        views.add(does("action.larger", VIEW, 2, window::larger, "Shortcut+Equals", "Shortcut+Plus", "Shortcut+Add"));
        views.add(does("action.smaller", VIEW, 2, window::smaller, "Shortcut+Minus", "Shortcut+Subtract"));
        views.add(does("action.usualSize", VIEW, 2, window::usualSize, "Shortcut+0", "Shortcut+Numpad 0"));
        views.add(switches("action.designer", VIEW, 3, window.designerShown(), "Shortcut+1"));
        views.add(switches("action.side", VIEW, 3, window.sideShown(), "Shortcut+2"));
        views.add(does("action.zoomIn", VIEW, 4, () -> board.zoomBy(1 / ZOOM), "Equals", "Plus", "Add"));
        views.add(does("action.zoomOut", VIEW, 4, () -> board.zoomBy(ZOOM), "Minus", "Subtract"));
        views.add(does("action.resetZoom", VIEW, 4, board::resetZoom, "0", "Numpad 0"));
        return views;
    }

    /** Where something acts and its best is known; elsewhere the key is free. */
    private boolean showBest() {
        boolean shows = window.middle().get() == MiddleView.ENVIRONMENT
                && world.bestKnown().get();
        if (shows) {
            world.showingBest().set(!world.showingBest().get());
        }
        return shows;
    }

    /** Takes away what came last: a notice, the library or the studies, the projector mode. */
    private boolean goBack() {
        if (notices.dismiss() || tour.dismiss()) {
            return true;
        }
        if (stored.open().get() || study.open().get() || journal.open().get()) {
            stored.open().set(false);
            study.open().set(false);
            journal.open().set(false);
            return true;
        }
        if (moment.dismiss()) {
            return true;
        }
        boolean projected = window.projector().get();
        window.projector().set(false);
        return projected;
    }
}
