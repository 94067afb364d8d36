package decaylab;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * How the house is laid out: which package may use which, and where a library may be seen. What a package uses it may use
 * with all that this in turn is built on; {@code random}, {@code problem} and {@code parallel} are for everyone.
 */
@AnalyzeClasses(packages = "decaylab", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    void noPackageIsInACycle(JavaClasses lab) {
        slices().matching("decaylab.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a cycle can only be understood, tested and moved as a whole")
                .check(lab);
    }

    @ArchTest
    void noPartOfTheWindowIsInACycle(JavaClasses lab) {
        slices().matching("decaylab.ui.(*)..")
                .should()
                .beFreeOfCycles()
                .because("charts, runs, designer, studies and lessons are put together by LabApp, not by each other")
                .check(lab);
    }

    @ArchTest
    void nothingUsesTheRoot(JavaClasses lab) {
        noClasses()
                .that()
                .resideOutsideOfPackage("decaylab")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("decaylab")
                .because("the root only starts the command line or the window")
                .check(lab);
    }

    @ArchTest
    void chanceProblemsAndTeamsUseTheJdkOnly(JavaClasses lab) {
        usesTheJdkAnd("random").because("everyone may use it").check(lab);
        usesTheJdkAnd("problem").because("everyone may use it").check(lab);
        usesTheJdkAnd("parallel").because("everyone may use it").check(lab);
    }

    @ArchTest
    void schedulesUseTheJdkOnly(JavaClasses lab) {
        usesTheJdkAnd("schedule")
                .because("a schedule is a pure function of the step")
                .check(lab);
    }

    @ArchTest
    void environmentsUseTheJdkOnly(JavaClasses lab) {
        usesTheJdkAnd("environment")
                .because("a world is a few equations; who acts in it is not its concern")
                .check(lab);
    }

    @ArchTest
    void graphsUseTheJdkOnly(JavaClasses lab) {
        usesTheJdkAnd("graph")
                .because("what flows along edges is a few loops; who learns from it is not its concern")
                .check(lab);
    }

    @ArchTest
    void updatesUseTheJdkAndSchedulesOnly(JavaClasses lab) {
        usesTheJdkAnd("optim", "schedule")
                .because("the update is written once, without a tensor library, so that it can be read and tested")
                .check(lab);
    }

    @ArchTest
    void dataSetsUseTheJdkAndAReaderOfTablesOnly(JavaClasses lab) {
        classes()
                .that(resideInAPackage(inLab("data")))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.jspecify.annotations", "org.apache.commons.csv")
                                .or(ofLab("data", "graph")))
                .because("a data set is arrays; what trains on it is not its concern")
                .check(lab);
    }

    @ArchTest
    void experimentsUseUpdatesSchedulesAndEnvironments(JavaClasses lab) {
        mayUse("experiment", "environment", "graph", "optim", "schedule")
                .because("an experiment describes a run; it knows nothing that executes one")
                .check(lab);
    }

    @ArchTest
    void networksUseExperiments(JavaClasses lab) {
        mayUse("net", "graph", "experiment", "optim", "schedule")
                .because("a network is built from its description, with the parameter layout that updates expect")
                .check(lab);
    }

    @ArchTest
    void instrumentsUseUpdatesNetworksAndData(JavaClasses lab) {
        mayUse("instrument", "optim", "net", "data", "graph", "experiment", "schedule")
                .because("what is measured does not depend on who trains")
                .check(lab);
    }

    @ArchTest
    void trainingUsesTheEngineOnly(JavaClasses lab) {
        mayUse("train", "net", "instrument", "data", "environment", "graph", "experiment", "optim", "schedule")
                .because("a run is the same with a window, a command line or neither")
                .check(lab);
    }

    @ArchTest
    void theStoreUsesTheEngineOnly(JavaClasses lab) {
        mayUse("store", "train", "net", "instrument", "data", "graph", "experiment", "optim", "schedule")
                .because("runs on disk outlive whatever shows them")
                .check(lab);
    }

    @ArchTest
    void fetchingKnowsNothingOfTraining(JavaClasses lab) {
        mayUse("fetch", "store")
                .because("it brings files to where readers look for them")
                .check(lab);
    }

    @ArchTest
    void chartsKnowSamplesOnly(JavaClasses lab) {
        mayUse("chart", "instrument", "experiment")
                .because("which samples make which chart is the same for window, command line and studies")
                .check(lab);
    }

    @ArchTest
    void studiesUseTheEngineTheStoreAndCharts(JavaClasses lab) {
        mayUse(
                        "study",
                        "train",
                        "store",
                        "chart",
                        "net",
                        "instrument",
                        "data",
                        "environment",
                        "graph",
                        "experiment",
                        "optim",
                        "schedule")
                .because("a study runs without a window and without a command line")
                .check(lab);
    }

    @ArchTest
    void journalsUseTheStoreAndCharts(JavaClasses lab) {
        mayUse("journal", "store", "train", "chart", "net", "instrument", "data", "experiment", "optim", "schedule")
                .because("a journal is read and a class chart drawn where there is no window")
                .check(lab);
    }

    @ArchTest
    void commandLineAndWindowDoNotKnowEachOther(JavaClasses lab) {
        String reason = "both are fronts of the same engine, and what one could borrow of the other belongs below them";
        noDependency("decaylab.cli..", "decaylab.ui..").because(reason).check(lab);
        noDependency("decaylab.ui..", "decaylab.cli..").because(reason).check(lab);
    }

    @ArchTest
    void tensorsStayInTheEngine(JavaClasses lab) {
        onlyIn(
                        resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco.."),
                        "decaylab.net..",
                        "decaylab.instrument..",
                        "decaylab.train..",
                        "decaylab.study..")
                .because("the rest works on plain arrays, and starts without waiting for native libraries")
                .check(lab);
    }

    @ArchTest
    void theMathematicsOfASnapshotIsPlainJava(JavaClasses lab) {
        noClasses()
                .that()
                .resideInAPackage("decaylab.instrument.geometry..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco.."))
                .because(
                        "it is a second opinion on the network that trains, which it reaches through decaylab.net alone")
                .check(lab);
    }

    @ArchTest
    void theWindowsToolkitStaysInTheWindow(JavaClasses lab) {
        onlyIn(
                        resideInAnyPackage(
                                "javafx..", "com.sun.javafx..", "org.controlsfx..", "atlantafx..", "org.kordamp.."),
                        "decaylab.ui..")
                .because("everything else runs where there is no display")
                .check(lab);
    }

    @ArchTest
    void drawingStaysInTheCharts(JavaClasses lab) {
        onlyIn(
                        resideInAnyPackage("org.jfree..", "java.awt..", "javax.swing.."),
                        "decaylab.chart..",
                        "decaylab.ui.chart..")
                .because("a chart looks the same in the window, in a file and in a report")
                .check(lab);
    }

    @ArchTest
    void commandsAreOfTheCommandLine(JavaClasses lab) {
        onlyIn(resideInAnyPackage("picocli..", "me.tongfei..", "org.jline.."), "decaylab.cli..")
                .because("the window and the engine have no flags")
                .check(lab);
    }

    @ArchTest
    void onlyTheCommandLineWritesToStandardOutput(JavaClasses lab) {
        noClasses()
                .that()
                .resideOutsideOfPackage("decaylab.cli..")
                .should()
                .accessField(System.class, "out")
                .because("standard output is what a script reads")
                .check(lab);
    }

    @ArchTest
    void onlyTheCarriersRunLater(JavaClasses lab) {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("decaylab.ui.base.FxThread")
                .and()
                .resideOutsideOfPackage("decaylab.ui.chart..")
                .should()
                .callMethod("javafx.application.Platform", "runLater", Runnable.class.getName())
                .because(
                        "a run reaches the window through FxThread, a chart's frame through the board, and nothing else "
                                + "may come between an event and its answer")
                .check(lab);
    }

    @ArchTest
    void noCanvasLaysTextOut(JavaClasses lab) {
        noClasses()
                .should()
                .callMethodWhere(JavaCall.Predicates.target(HasOwner.Predicates.With.owner(
                                HasName.Predicates.name("javafx.scene.canvas.GraphicsContext")))
                        .and(JavaCall.Predicates.target(HasName.Predicates.nameMatching("(fill|stroke)Text"))))
                .because(
                        "the rendering thread would lay it out beside the window's, which can take the lab down on Linux; "
                                + "CanvasWords writes it")
                .check(lab);
    }

    @ArchTest
    void chanceIsTheLabsOwn(JavaClasses lab) {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("org.nd4j.linalg.api.rng..")
                        .or(JavaClass.Predicates.assignableTo(RandomGenerator.class))
                        .or(JavaClass.Predicates.type(java.util.UUID.class)))
                .orShould()
                .callMethod(Math.class, "random")
                .because("the same experiment gives the same bits: all chance is decaylab.random's, counted and seeded")
                .check(lab);
    }

    private static ArchRule noDependency(String from, String to) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(to);
    }

    /** Classes of a library are used in these packages and nowhere else. */
    private static ArchRule onlyIn(DescribedPredicate<JavaClass> library, String... packages) {
        return noClasses().that().resideOutsideOfPackages(packages).should().dependOnClassesThat(library);
    }

    private static ArchRule mayUse(String name, String... others) {
        return classes()
                .that(resideInAPackage(inLab(name)))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("decaylab..").or(ofLab(name, others)));
    }

    private static ArchRule usesTheJdkAnd(String name, String... others) {
        return classes()
                .that(resideInAPackage(inLab(name)))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.jspecify.annotations").or(ofLab(name, others)));
    }

    private static DescribedPredicate<JavaClass> ofLab(String name, String... others) {
        return resideInAnyPackage(Stream.concat(Stream.of(name, "random", "problem", "parallel"), Arrays.stream(others))
                .map(ArchitectureTest::inLab)
                .toArray(String[]::new));
    }

    private static String inLab(String name) {
        return "decaylab." + name + "..";
    }
}
