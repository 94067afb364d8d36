package decaylab.ui;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import decaylab.chart.ChartKind;
import decaylab.data.DataCatalogue;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.lesson.Assignment;
import decaylab.lesson.Lesson;
import decaylab.lesson.Lessons;
import decaylab.store.LabFolder;
import decaylab.study.Studies;
import decaylab.study.StudyCharts;
import decaylab.train.DataSource;
import decaylab.train.ExperimentData;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Definition;
import decaylab.ui.base.DefinitionPopover;
import decaylab.ui.base.FileDialogs;
import decaylab.ui.base.FxThread;
import decaylab.ui.base.Language;
import decaylab.ui.base.Languages;
import decaylab.ui.base.Texts;
import decaylab.ui.base.WordRuns;
import decaylab.ui.base.WorkerTasks;
import decaylab.ui.buffer.BufferController;
import decaylab.ui.buffer.BufferModel;
import decaylab.ui.capacity.CapacityController;
import decaylab.ui.capacity.CapacityModel;
import decaylab.ui.chart.ChartBoard;
import decaylab.ui.chart.MarkWords;
import decaylab.ui.designer.DesignerController;
import decaylab.ui.designer.DesignerModel;
import decaylab.ui.designer.FieldTexts;
import decaylab.ui.explain.ExplainController;
import decaylab.ui.explain.ExplainModel;
import decaylab.ui.feedback.FeedbackController;
import decaylab.ui.feedback.FeedbackModel;
import decaylab.ui.graph.GraphController;
import decaylab.ui.graph.GraphModel;
import decaylab.ui.inspect.InspectController;
import decaylab.ui.inspect.InspectModel;
import decaylab.ui.journal.JournalController;
import decaylab.ui.journal.JournalModel;
import decaylab.ui.keys.Command;
import decaylab.ui.keys.KeyMap;
import decaylab.ui.keys.Keys;
import decaylab.ui.lesson.LessonController;
import decaylab.ui.lesson.LessonModel;
import decaylab.ui.library.LibraryController;
import decaylab.ui.library.LibraryModel;
import decaylab.ui.look.Zoom;
import decaylab.ui.predict.PredictController;
import decaylab.ui.predict.PredictModel;
import decaylab.ui.presenter.PresenterController;
import decaylab.ui.presenter.PresenterModel;
import decaylab.ui.race.RaceController;
import decaylab.ui.race.RaceModel;
import decaylab.ui.run.ChartsController;
import decaylab.ui.run.ControlsController;
import decaylab.ui.run.ControlsModel;
import decaylab.ui.run.DecisionRegions;
import decaylab.ui.run.ExportController;
import decaylab.ui.run.ExportModel;
import decaylab.ui.run.InstrumentsModel;
import decaylab.ui.run.LabSession;
import decaylab.ui.run.LiveTranslation;
import decaylab.ui.run.MiddleController;
import decaylab.ui.run.MiddleView;
import decaylab.ui.run.PictureReplay;
import decaylab.ui.run.RegionsController;
import decaylab.ui.run.RunDetails;
import decaylab.ui.run.RunEntry;
import decaylab.ui.run.RunKeeper;
import decaylab.ui.run.RunsController;
import decaylab.ui.run.SpeedChoice;
import decaylab.ui.run.StatusController;
import decaylab.ui.run.StatusModel;
import decaylab.ui.run.TimelineModel;
import decaylab.ui.run.TranslationController;
import decaylab.ui.run.TwinModel;
import decaylab.ui.schedule.ScheduleModel;
import decaylab.ui.schedule.SchedulesController;
import decaylab.ui.study.ChartGrid;
import decaylab.ui.study.MapBoard;
import decaylab.ui.study.MapsController;
import decaylab.ui.study.MapsModel;
import decaylab.ui.study.StudiesController;
import decaylab.ui.study.StudiesModel;
import decaylab.ui.study.SweepController;
import decaylab.ui.study.SweepsModel;
import decaylab.ui.synthetic.SyntheticController;
import decaylab.ui.synthetic.SyntheticModel;
import decaylab.ui.tour.Tour;
import decaylab.ui.weight.WeightController;
import decaylab.ui.weight.WeightModel;
import decaylab.ui.world.WorldController;
import decaylab.ui.world.WorldModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Puts the window together: every object gets what it needs when it is made. One pulse a frame reads where the run stands;
 * nothing pushes into the window but finished background tasks.
 */
public final class LabWindow implements AutoCloseable, Dialogs {
    private static final double LEAST_DIALOG = 500;
    private static final String FIRST = "first-look";
    private static final long LONGEST_WRITING_MILLIS = 900;

    private final Stage stage;
    private final Path settingsFile;
    private final WindowSettings remembered;
    private final Languages languages = new Languages();
    private final Texts texts;
    private final QuantityTexts quantities;
    private final ExecutorService worker = daemon("background");
    private final ExecutorService painter = daemon("predictions");
    private final PaneNotices notices;
    private final ExecutorService writer = daemon("writer");
    private final ExecutorService repeater = daemon("repeats");
    private final ExecutorService inspector = daemon("inside");
    private final ExecutorService player = daemon("best-policy");
    private final ExecutorService meter = daemon("measures");
    private final LabSession session;
    private final RunKeeper keeper;
    private final ExecutorService librarian = daemon("library");
    private final LibraryModel library;
    private final ExecutorService scholar = daemon("studies");
    private final StudiesModel studies;
    private final ChartGrid studyCharts;
    private final SweepsModel sweeps;
    private final MapsModel maps;
    private final MapBoard mapBoard;
    private final TimelineModel timeline;
    private final TwinModel twins;
    private final ControlsModel controls;
    private final StatusModel status;
    private final SpeedChoice speed;
    private final RunDetails details;
    private final DecisionRegions regions;
    private final LiveTranslation translation;
    private final DesignerModel designer;
    private final ScheduleModel schedules;
    private final WindowModel window;
    private final PictureReplay replay;
    private final LabActions actions;
    private final PredictModel predictions;
    private final ExplainModel explanations;
    private final RaceModel races;
    private final JournalModel journal;
    private final ExportModel export;
    private final ChartBoard board;
    private final InstrumentsModel instruments;
    private final InspectModel inspect;
    private final BufferModel buffers;
    private final ChartBoard bufferBoard;
    private final WorldModel world;
    private final FeedbackModel feedback;
    private final ChartBoard feedbackCharts;
    private final ChartBoard worldCharts;
    private final GraphModel graph;
    private final ChartBoard graphCharts;
    private final SyntheticModel synthetic;
    private final ChartBoard syntheticCharts;
    private final CapacityModel capacity;
    private final ChartBoard capacityBoard;
    private final WeightModel weight;
    private final BackgroundTasks tasks;
    private final FileDialogs files;
    private final Views views;
    private final Scene scene;
    private final Look look;
    private final List<Command> commands;
    private final Tour tour;
    private final PresenterModel presenter;
    private final PresenterWindow presenterWindow;
    private final LessonModel lesson;

    private final AnimationTimer pulse = new AnimationTimer() {
        @Override
        public void handle(long now) {
            pulse(now);
        }
    };

    /**
     * The window of a user.
     *
     * @param stage to show it in
     * @param folder what it remembers is kept there
     * @param browser shows a page
     */
    public static LabWindow of(Stage stage, LabFolder folder, Consumer<Path> browser) {
        Language language =
                new Languages().choose(WindowSettings.read(settingsFile(folder)).language(), Locale.getDefault());
        return new LabWindow(
                stage,
                folder,
                new ExperimentData(new DataCatalogue(), folder::datasets),
                new StageFileDialogs(stage, new Texts(language)),
                browser,
                language);
    }

    /**
     * @param stage to show it in
     * @param lab where runs are kept, and what the window remembers
     * @param data where runs get their data
     * @param files asks for files
     * @param browser shows a page
     * @param language of its words
     */
    public LabWindow(
            Stage stage, LabFolder lab, DataSource data, FileDialogs files, Consumer<Path> browser, Language language) {
        this.stage = stage;
        texts = new Texts(language);
        quantities = new QuantityTexts(language.locale());
        settingsFile = settingsFile(lab);
        this.files = files;
        WindowSettings settings = WindowSettings.read(settingsFile);
        remembered = settings;
        FxThread fxThread = new FxThread();
        tasks = new WorkerTasks(worker, fxThread);
        notices = new PaneNotices(texts);
        window = new WindowModel(settings);
        session = new LabSession(data, notices, texts, trainingThreads());
        keeper = new RunKeeper(lab, new WorkerTasks(writer, fxThread), notices);
        library = new LibraryModel(lab, session, new WorkerTasks(librarian, fxThread), notices, texts);
        timeline = new TimelineModel(session, new MarkWords(quantities), texts);
        inspect = new InspectModel(
                session, data, new WorkerTasks(inspector, fxThread), new WorkerTasks(meter, fxThread), notices, texts);
        world = new WorldModel(session, new WorkerTasks(player, fxThread), notices, texts);
        feedback = new FeedbackModel(session, texts);
        synthetic = new SyntheticModel(session, data, new WorkerTasks(inspector, fxThread), texts);
        weight = new WeightModel(texts);
        graph = new GraphModel(session, data, new WorkerTasks(painter, fxThread), this::start, texts);
        twins = new TwinModel(session, data, new WorkerTasks(repeater, fxThread), notices, texts);
        controls = new ControlsModel(session, texts, System::nanoTime);
        status = new StatusModel(session, texts);
        speed = new SpeedChoice(session);
        speed.set(settings.speedLimit());
        details = new RunDetails(session, texts);
        regions = new DecisionRegions(session, painter, fxThread);
        translation = new LiveTranslation(session, data, new WorkerTasks(painter, fxThread));
        ExperimentYaml yaml = new ExperimentYaml();
        DataCatalogue catalogue = new DataCatalogue();
        Presets presets = new Presets(yaml);
        StudyCharts chartsOfStudies = new StudyCharts(quantities);
        studyCharts = new ChartGrid(chartsOfStudies, tasks, notices::warn, window.theme()::getValue);
        designer = new DesignerModel(yaml, presets, catalogue);
        studies = new StudiesModel(
                Studies.ofLab(yaml, presets).all(),
                lab,
                data,
                new WorkerTasks(scholar, fxThread),
                new WorkerTasks(librarian, fxThread),
                notices,
                texts,
                System::nanoTime);
        replay = new PictureReplay(session, tasks, notices, texts);
        actions = new LabActions(session, library, designer, window, yaml, replay, tasks, files, notices, texts);
        sweeps = new SweepsModel(studies, designer, lab, new WorkerTasks(librarian, fxThread), notices, texts);
        maps = new MapsModel(studies, actions, quantities, texts);
        mapBoard = new MapBoard(maps, tasks, notices::warn, window.theme()::getValue, texts);
        schedules = new ScheduleModel(session, designer, actions, notices);
        DefinitionPopover definitions = new DefinitionPopover(texts);
        board = new ChartBoard(quantities, quantity -> define(definitions, quantity));
        board.theme().bind(window.theme());
        worldCharts =
                chartsOf(MiddleView.ENVIRONMENT, "", List.of(ChartKind.RETURNS, ChartKind.EXPLORATION), definitions);
        feedbackCharts = chartsOf(
                MiddleView.FEEDBACK,
                "feedback-",
                List.of(ChartKind.FEEDBACK_ANGLES, ChartKind.FEEDBACK_DIFFERENCE),
                definitions);
        graphCharts = chartsOf(MiddleView.GRAPH, "graph-", List.of(ChartKind.VALIDATION, ChartKind.NORM), definitions);
        syntheticCharts =
                new ChartBoard(quantities, quantity -> define(definitions, quantity), List.of(), "synthetic-");
        syntheticCharts.theme().bind(window.theme());
        syntheticCharts.kinds().setAll(ChartKind.SYNTHETIC_ERROR, ChartKind.SYNTHETIC_GRADIENTS);
        window.middle().addListener((observable, before, now) -> showModules());
        session.current().addListener((observable, before, now) -> showModules());
        instruments = new InstrumentsModel(session, board, texts);
        buffers = new BufferModel(session, data, new WorkerTasks(inspector, fxThread), instruments, notices, texts);
        capacity = new CapacityModel(session, instruments, texts, System::nanoTime);
        capacityBoard = new ChartBoard(quantities, quantity -> define(definitions, quantity), List.of(), "capacity-");
        capacityBoard.theme().bind(window.theme());
        bufferBoard = new ChartBoard(quantities, quantity -> define(definitions, quantity), List.of(), "buffer-");
        bufferBoard.theme().bind(window.theme());
        journal = new JournalModel(
                session,
                lab,
                new WorkerTasks(writer, fxThread),
                files,
                notices,
                texts,
                Clock.system(ZoneId.systemDefault()));
        predictions = new PredictModel(session, board, quantities, journal::predicted, notices, texts);
        explanations = new ExplainModel(session, board, journal::explained, texts);
        races = new RaceModel(session, designer, yaml, presets, notices, texts);
        MomentActions moment = new MomentActions(predictions, explanations, races, journal, window);
        export = new ExportModel(board, quantities, texts);
        tour = new Tour(session, window.tourSeen());
        lesson = new LessonModel(
                new Lessons(yaml, presets),
                language.tag().isEmpty() ? Lessons.FIRST_LANGUAGE : language.tag(),
                session,
                new LessonWork(session, designer, board, predictions, races, moment, window),
                tasks,
                notices,
                texts);
        lesson.lesson().addListener((observable, before, now) -> {
            if (now != null) {
                tour.putOff();
            }
            if (now != null && !lesson.student().isEmpty()) {
                journal.author().set(lesson.student());
            }
        });
        BooleanBinding special = feedback.available().or(graph.meaningful()).or(synthetic.present());
        Map<MiddleView, ObservableBooleanValue> ofKind = Map.of(
                MiddleView.CAPACITY,
                special.not(),
                MiddleView.FEEDBACK,
                feedback.available(),
                MiddleView.SYNTHETIC,
                synthetic.present(),
                MiddleView.GRAPH,
                graph.meaningful());
        // The row of views has room for one that belongs to a kind of run.
        Map<MiddleView, ObservableBooleanValue> tabs = new EnumMap<>(ofKind);
        tabs.put(
                MiddleView.CAPACITY,
                capacity.possible()
                        .or(window.middle().isEqualTo(MiddleView.CAPACITY))
                        .and(special.not()));
        tabs.put(
                MiddleView.ENVIRONMENT,
                special.or(capacity.possible()).not().or(window.middle().isEqualTo(MiddleView.ENVIRONMENT)));
        lesson.lesson().addListener((observable, before, now) -> tellOfLesson());
        lesson.step().addListener((observable, before, now) -> tellOfLesson());
        lesson.answer().addListener((observable, before, now) -> tellOfLesson());
        commands = new LabCommands(
                        session,
                        controls,
                        board,
                        instruments,
                        library,
                        studies,
                        sweeps,
                        world,
                        ofKind,
                        window,
                        actions,
                        this,
                        lesson,
                        moment,
                        journal,
                        notices,
                        tour,
                        texts)
                .all();
        presenter = new PresenterModel(session, lesson.notes(), texts, Clock.system(ZoneId.systemDefault()));
        FieldTexts fieldTexts = new FieldTexts(language.locale());
        views = new Views(
                texts,
                Map.ofEntries(
                        entry(
                                MainController.class,
                                () -> new MainController(
                                        library, studies, lesson, board, window, actions, moment, journal, commands,
                                        tour, notices, languages, language, texts)),
                        entry(LessonController.class, () -> new LessonController(lesson, files, texts)),
                        entry(PresenterController.class, () -> new PresenterController(presenter)),
                        entry(
                                StudiesController.class,
                                () -> new StudiesController(
                                        studies,
                                        sweeps,
                                        tasks,
                                        files,
                                        notices,
                                        browser,
                                        window.theme(),
                                        texts,
                                        chartsOfStudies,
                                        studyCharts)),
                        entry(SweepController.class, () -> new SweepController(sweeps, texts, fieldTexts)),
                        entry(
                                MapsController.class,
                                () -> new MapsController(
                                        maps, studies, mapBoard, tasks, files, notices, window.theme(), texts)),
                        entry(LibraryController.class, () -> new LibraryController(library, files, texts)),
                        entry(
                                ControlsController.class,
                                () -> new ControlsController(session, controls, speed, texts, quantities, definitions)),
                        entry(
                                ChartsController.class,
                                () -> new ChartsController(
                                        board, session, twins, instruments, texts, quantities, this::exportCharts)),
                        entry(
                                MiddleController.class,
                                () -> new MiddleController(
                                        window.middle(), studies.open(), board, timeline, tabs, texts)),
                        entry(
                                DesignerController.class,
                                () -> new DesignerController(
                                        designer, catalogue, actions, files, texts, fieldTexts, definitions)),
                        entry(
                                RunsController.class,
                                () -> new RunsController(session, details, actions, window.theme(), texts)),
                        entry(RegionsController.class, () -> new RegionsController(regions, session, texts)),
                        entry(
                                TranslationController.class,
                                () -> new TranslationController(translation, window.theme(), texts)),
                        entry(
                                InspectController.class,
                                () -> new InspectController(inspect, texts, quantities, definitions, files)),
                        entry(
                                CapacityController.class,
                                () -> new CapacityController(
                                        capacity, capacityBoard, board.runs(), window.theme(), texts)),
                        entry(BufferController.class, () -> new BufferController(buffers, bufferBoard, texts)),
                        entry(
                                WorldController.class,
                                () -> new WorldController(world, worldCharts, window.theme(), texts)),
                        entry(
                                FeedbackController.class,
                                () -> new FeedbackController(feedback, feedbackCharts, window.theme(), texts)),
                        entry(
                                GraphController.class,
                                () -> new GraphController(graph, graphCharts, window.theme(), texts)),
                        entry(
                                SyntheticController.class,
                                () -> new SyntheticController(synthetic, syntheticCharts, window.theme(), texts)),
                        entry(WeightController.class, () -> new WeightController(weight, window.theme(), texts)),
                        entry(SchedulesController.class, () -> new SchedulesController(schedules, texts)),
                        entry(StatusController.class, () -> new StatusController(status, instruments, texts)),
                        entry(ExportController.class, () -> new ExportController(export, texts, quantities)),
                        entry(MomentToolsController.class, () -> new MomentToolsController(moment, texts)),
                        entry(PredictController.class, () -> new PredictController(predictions, texts)),
                        entry(ExplainController.class, () -> new ExplainController(explanations, texts)),
                        entry(JournalController.class, () -> new JournalController(journal, texts)),
                        entry(RaceController.class, () -> new RaceController(races, window.dark(), texts)),
                        entry(AboutController.class, () -> new AboutController(texts))));
        designer.loadPreset(FIRST);
        LanguageStyle style = new LanguageStyle(language);
        style.loadFonts(languages.all());
        applyTheme();
        scene = new Scene(new Zoom(views.load("main.fxml"), window.zoom()), settings.width(), settings.height());
        new LessonLocks(lesson, scene.getRoot());
        look = new Look(window, style.sheet(), texts.orientation());
        look.dress(scene);
        presenterWindow = new PresenterWindow(
                stage,
                look,
                presenter,
                window.textScale(),
                texts,
                () -> views.load("presenter/presenter.fxml"),
                new Keys(commands));
        window.dark().addListener((observable, before, now) -> applyTheme());
        place(settings);
    }

    private static <T> Map.Entry<Class<?>, Supplier<?>> entry(Class<T> type, Supplier<T> maker) {
        return Map.entry(type, maker);
    }

    /** Shows the window, then gets the first experiment ready behind it. */
    public void show() {
        stage.show();
        pulse.start();
        session.prepare(new Presets(new ExperimentYaml()).get(FIRST), FIRST);
        tour.offer();
    }

    /** The runs of this window. */
    public LabSession session() {
        return session;
    }

    /** What it shows of charts. */
    public ChartBoard board() {
        return board;
    }

    /** What can be done. */
    public LabActions actions() {
        return actions;
    }

    /** How it looks. */
    public WindowModel look() {
        return window;
    }

    /** The experiment on the left. */
    public DesignerModel designer() {
        return designer;
    }

    /** The step of the tour that is on; null where there is none. */
    ReadOnlyObjectProperty<Tour.@Nullable Step> tourStep() {
        return tour.step();
    }

    /** What menus and keys do. */
    List<Command> commands() {
        return commands;
    }

    /** The stored runs. */
    public LibraryModel library() {
        return library;
    }

    /** The studies. */
    public StudiesModel studies() {
        return studies;
    }

    /** Sweeps being described. */
    public SweepsModel sweeps() {
        return sweeps;
    }

    /** The maps of the study that is shown. */
    public MapsModel maps() {
        return maps;
    }

    /** What the current run makes of a word. */
    public LiveTranslation translation() {
        return translation;
    }

    /** The inside of the network. */
    public InspectModel inspect() {
        return inspect;
    }

    /** The update, line by line. */
    public BufferModel buffers() {
        return buffers;
    }

    /** The weights of the current run beside what carries the error in their place. */
    public FeedbackModel feedback() {
        return feedback;
    }

    /** The graph whose nodes the current run classifies. */
    public GraphModel graph() {
        return graph;
    }

    /** The environment that the current run acts in. */
    public WorldModel world() {
        return world;
    }

    /** The modules of synthetic gradients of the current run. */
    public SyntheticModel synthetic() {
        return synthetic;
    }

    /** Norms and bound of the current run. */
    public CapacityModel capacity() {
        return capacity;
    }

    /** What decay does to one weight. */
    public WeightModel weight() {
        return weight;
    }

    /** Which instruments are on. */
    public InstrumentsModel instruments() {
        return instruments;
    }

    /** What somebody expects of the current run. */
    public PredictModel predictions() {
        return predictions;
    }

    /** What it does, in words. */
    public ExplainModel explanations() {
        return explanations;
    }

    /** What was done in this session. */
    public JournalModel journal() {
        return journal;
    }

    /** Settings side by side. */
    public RaceModel races() {
        return races;
    }

    /** What will be exported. */
    public ExportModel export() {
        return export;
    }

    /** Opens a lesson. */
    public void openLesson(Assignment assignment) {
        tour.putOff();
        lesson.open(assignment);
    }

    /** The lesson that is open. */
    public LessonModel lesson() {
        return lesson;
    }

    /** A view of this window by the path of its file. */
    Parent view(String path) {
        return views.load(path);
    }

    private void pulse(long now) {
        session.pulse();
        keeper.pulse(session.runs());
        replay.pulse();
        lesson.pulse();
        timeline.pulse();
        twins.pulse();
        controls.pulse();
        status.pulse();
        instruments.pulse();
        details.pulse();
        predictions.pulse();
        races.pulse();
        journal.pulse(now);
        studies.pulse();
        if (studies.open().get()) {
            studyCharts.pulse(now);
            maps.pulse(now);
            mapBoard.pulse();
        }
        if (window.middle().get() == MiddleView.INSIDE) {
            inspect.pulse(now);
        }
        if (window.middle().get() == MiddleView.BUFFERS) {
            buffers.pulse(now);
        }
        if (window.middle().get() == MiddleView.ENVIRONMENT) {
            world.pulse(now);
        }
        capacity.pulse(now);
        if (window.middle().get() == MiddleView.FEEDBACK) {
            feedback.pulse();
        }
        graph.follow();
        if (window.middle().get() == MiddleView.GRAPH) {
            graph.pulse(now);
        }
        if (window.middle().get() == MiddleView.SYNTHETIC) {
            synthetic.pulse(now);
        }
        if (window.middle().get() == MiddleView.WEIGHT) {
            weight.pulse(now);
        }
        if (window.middle().get() == MiddleView.SCHEDULES) {
            schedules.pulse();
        }
        regions.pulse(now, window.theme().getValue());
        translation.pulse(now);
        tour.pulse(now);
        presenterWindow.pulse();
    }

    /** Starts a run of an experiment that a view made of the current one's. */
    private void start(Experiment experiment, String name) {
        designer.load(experiment, name);
        session.prepare(experiment, name);
        session.play();
    }

    /** Charts of the runs that a view shows beside what is its own; elsewhere they need not be painted. */
    private ChartBoard chartsOf(MiddleView view, String prefix, List<ChartKind> kinds, DefinitionPopover definitions) {
        ChartBoard charts = new ChartBoard(quantities, quantity -> define(definitions, quantity), kinds, prefix);
        charts.theme().bind(window.theme());
        window.middle().addListener((observable, before, now) -> {
            if (now == view) {
                Bindings.bindContent(charts.runs(), board.runs());
            } else {
                Bindings.unbindContent(charts.runs(), board.runs());
                charts.runs().clear();
            }
        });
        return charts;
    }

    /** Of the current run alone: one line for each module. */
    private void showModules() {
        RunEntry current = session.current().get();
        syntheticCharts
                .runs()
                .setAll(
                        current == null || window.middle().get() != MiddleView.SYNTHETIC
                                ? List.of()
                                : List.of(current));
    }

    private void place(WindowSettings settings) {
        stage.setTitle(texts.outside("window.title"));
        stage.getIcons().setAll(AppIcon.sizes());
        stage.setScene(scene);
        stage.setMinWidth(900);
        stage.setMinHeight(560);
        boolean onScreen = !Double.isNaN(settings.x())
                && !Screen.getScreensForRectangle(
                                new Rectangle2D(settings.x(), settings.y(), settings.width(), settings.height()))
                        .isEmpty();
        if (onScreen) {
            stage.setX(settings.x());
            stage.setY(settings.y());
        }
        stage.setMaximized(settings.maximized());
        stage.setOnCloseRequest(event -> close());
    }

    /** The journal keeps what was learnt too. */
    private void tellOfLesson() {
        Lesson now = lesson.lesson().get();
        if (now != null) {
            journal.taught(now, lesson.step().get(), lesson.answer().get());
        }
    }

    private static Path settingsFile(LabFolder lab) {
        return lab.root().resolve("window.properties");
    }

    /** From right to left where the language is written so; what shows steps or formulas keeps its direction by itself. */
    private void orient(Scene of) {
        of.setNodeOrientation(texts.orientation());
    }

    private void applyTheme() {
        Application.setUserAgentStylesheet(
                window.dark().get()
                        ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
    }

    /** Beside what has the focus: the "?" that was pressed. */
    private void define(DefinitionPopover definitions, Quantity quantity) {
        QuantityTexts.Text text = quantities.of(quantity);
        Node owner = scene.getFocusOwner();
        definitions.show(
                owner == null ? board : owner,
                new Definition(text.title(), text.definition(), text.formula(), text.source()));
    }

    private ButtonType closing() {
        return new ButtonType(texts.of("dialog.close"), ButtonBar.ButtonData.CANCEL_CLOSE);
    }

    @Override
    public void about() {
        dialog(texts.of("about.title"), views.load("about.fxml"), closing()).showAndWait();
    }

    @Override
    public void keyMap() {
        dialog(texts.of("keys.title"), new KeyMap(commands, texts).view(), closing())
                .showAndWait();
    }

    @Override
    public void tour() {
        window.middle().set(MiddleView.CHARTS);
        library.open().set(false);
        studies.open().set(false);
        window.projector().set(false);
        tour.begin();
    }

    @Override
    public void presenter() {
        presenterWindow.show();
    }

    @Override
    public void exportCharts() {
        if (export.isEmpty()) {
            notices.warn(texts.of("export.nothing"));
            return;
        }
        ButtonType save = new ButtonType(texts.of("export.save"), ButtonBar.ButtonData.OK_DONE);
        ButtonType cancel = new ButtonType(texts.of("export.cancel"), ButtonBar.ButtonData.CANCEL_CLOSE);
        export.theme().set(window.theme().getValue());
        Dialog<ButtonType> dialog = dialog(texts.of("export.title"), views.load("run/export.fxml"), save, cancel);
        dialog.getDialogPane()
                .lookupButton(save)
                .disableProperty()
                .bind(export.good().not());
        dialog.showAndWait().filter(save::equals).ifPresent(pressed -> files.save(
                        FileDialogs.Kind.IMAGE, texts.of("export.title"), export.fileName())
                .ifPresent(this::write));
    }

    /** Writes what is to be exported, as it was chosen last. */
    void write(Path file) {
        export.write(file, tasks, notices);
    }

    /** A core stays free for the window where there are few: its charts and its clicks go before the training's speed. */
    private static int trainingThreads() {
        return Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors() - 1));
    }

    private Dialog<ButtonType> dialog(String title, Node content, ButtonType... buttons) {
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.initOwner(stage);
        dialog.setTitle(WordRuns.outside(title));
        dialog.getDialogPane().setContent(new Zoom(content, window.zoom()));
        dialog.getDialogPane().getButtonTypes().setAll(buttons);
        look.dress(dialog.getDialogPane());
        dialog.getDialogPane() // AtlantaFX's 600 px are few for large words; the window's size is enough
                .setMaxSize(Math.max(LEAST_DIALOG, stage.getWidth()), Math.max(LEAST_DIALOG, stage.getHeight()));
        orient(dialog.getDialogPane().getScene());
        return dialog;
    }

    @Override
    public void quit() {
        close();
        stage.close();
    }

    /** Ends what trains and remembers how the window was. */
    @Override
    public void close() {
        pulse.stop();
        presenterWindow.close();
        board.stop();
        bufferBoard.stop();
        capacityBoard.stop();
        worldCharts.stop();
        feedbackCharts.stop();
        graphCharts.stop();
        syntheticCharts.stop();
        twins.cancel();
        studies.stop();
        session.close();
        keeper.pulse(session.runs()); // what was trained to the last moment is written
        journal.keep();
        writer.shutdown();
        awaitWriter();
        worker.shutdown();
        repeater.shutdownNow();
        inspect.close();
        synthetic.close();
        inspector.shutdownNow();
        meter.shutdownNow();
        player.shutdownNow();
        librarian.shutdown();
        scholar.shutdownNow();
        painter.shutdownNow();
        boolean whole = stage.isMaximized(); // then the size to come back to is the one from before
        WindowSettings settings = new WindowSettings(
                whole ? remembered.x() : stage.getX(),
                whole ? remembered.y() : stage.getY(),
                whole ? remembered.width() : scene.getWidth(),
                whole ? remembered.height() : scene.getHeight(),
                whole,
                window.dark().get(),
                window.designerShown().get() || window.designerYields().get(),
                window.sideShown().get() || window.sideYields().get(),
                speed.limit().get(),
                window.language().get(),
                window.textScale().get(),
                window.contrast().get(),
                window.tourSeen().get(),
                window.recent());
        try {
            settings.write(settingsFile);
        } catch (IOException e) {
            // The next window starts as the first one did; there is nobody left to tell.
        }
    }

    /** A run whose files are not complete by then counts as interrupted, and can be resumed. */
    private void awaitWriter() {
        try {
            writer.awaitTermination(LONGEST_WRITING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService daemon(String name) {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
