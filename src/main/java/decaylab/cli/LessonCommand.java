package decaylab.cli;

import decaylab.lesson.Assignment;
import decaylab.lesson.Expectation;
import decaylab.lesson.Lesson;
import decaylab.lesson.LessonCheck;
import decaylab.lesson.Lessons;
import decaylab.problem.BadInputException;
import decaylab.store.WholeFile;
import decaylab.train.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens a lesson in the window, checks what lessons promise, or makes the files of a class. */
@Command(
        name = "lesson",
        mixinStandardHelpOptions = true,
        description =
                "Opens the window in a lesson; with --check does what lessons promise without a window. Exit code of --check 0: "
                        + "every promise is kept; 4: one is not.")
final class LessonCommand implements Callable<Integer> {
    private static final int LARGEST_CLASS = 1000;

    private final Terminal terminal;
    private final Lessons lessons;
    private final DataSource data;
    private final LessonWindow window;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "The name of a lesson, the file of one (.md), or a file made for a student (.decaylab).")
    private List<String> names = List.of();

    @Option(names = "--check", description = "Checks what these lessons promise; all of them without a name.")
    private boolean check;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Runs at the same time while checking; without it one a processor. What is found is the same.")
    private @Nullable Integer workers;

    @Option(
            names = "--class",
            paramLabel = "N",
            description =
                    "Makes the files of a class instead: for each of N seats one that opens the lesson with a seed of its own.")
    private @Nullable String seats;

    @Option(names = "--out", paramLabel = "DIR", description = "The folder for the files of a class.")
    private @Nullable Path out;

    LessonCommand(Terminal terminal, Lessons lessons, DataSource data, LessonWindow window) {
        this.terminal = terminal;
        this.lessons = lessons;
        this.data = data;
        this.window = window;
    }

    @Override
    public Integer call() {
        if (check) {
            return check();
        }
        if (names.size() != 1) {
            throw new BadInputException(
                    names.isEmpty()
                            ? "The name of a lesson is missing; the lessons are " + String.join(", ", lessons.names())
                                    + "."
                            : names.size() + " lessons cannot be open at once; give one.");
        }
        String name = names.get(0);
        if (seats != null) {
            return makeClass(name, count(seats));
        }
        return window.open(Assignment.of(name));
    }

    private static int count(String given) {
        if (given.matches("\\d{1,9}")) {
            int count = Integer.parseInt(given);
            if (count >= 1 && count <= LARGEST_CLASS) {
                return count;
            }
        }
        throw new BadInputException("--class is " + given + "; it must be a whole number from 1 to " + LARGEST_CLASS
                + ", one for each seat.");
    }

    private int makeClass(String name, int count) {
        if (out == null) {
            throw new BadInputException("--class needs --out DIR, the folder for the files.");
        }
        lessons.get(name, Lessons.FIRST_LANGUAGE); // one that cannot be opened is refused here
        String handed = lessons.names().contains(name) ? name : handOut(Path.of(name), out);
        for (int seat = 1; seat <= count; seat++) {
            new Assignment(handed, (long) seat, "").write(out, count);
        }
        terminal.out().println(count + " files written to " + out);
        return ExitCode.OK;
    }

    /** Puts a teacher's own lesson beside the files that name it, so that they open on every machine; returns its name there. */
    private static String handOut(Path lesson, Path folder) {
        Path copy = folder.resolve(String.valueOf(lesson.getFileName()));
        try {
            Files.createDirectories(folder);
            if (!Files.exists(copy) || !Files.isSameFile(lesson, copy)) {
                WholeFile.write(copy, Files.readString(lesson));
            }
        } catch (IOException e) {
            throw new BadInputException(
                    "The file " + copy + " cannot be written (" + e.getMessage() + "); choose another folder.", e);
        }
        return String.valueOf(copy.getFileName());
    }

    private int check() {
        List<Lesson> checked = new ArrayList<>();
        for (String name : names.isEmpty() ? lessons.names() : names) {
            checked.add(lessons.get(name, Lessons.FIRST_LANGUAGE));
            for (String language : lessons.languages(name)) {
                lessons.get(name, language); // a translation that does not fit is refused
            }
        }
        LessonCheck check = new LessonCheck(checked, data);
        List<LessonCheck.Verdict> verdicts;
        if (check.runs() == 0) {
            verdicts = List.of();
        } else {
            try (Progress progress = Progress.of(terminal, "checking", "run", 0, check.runs())) {
                verdicts = check.go(Counts.workers(workers), done -> {
                    synchronized (progress) {
                        progress.at(done);
                    }
                });
            }
        }
        boolean met = true;
        for (Lesson lesson : checked) {
            terminal.out().println(lesson.name() + " (" + String.join(", ", lessons.languages(lesson.name())) + ")");
            for (LessonCheck.Verdict verdict : verdicts) {
                if (verdict.lesson().equals(lesson)) {
                    tell(verdict);
                    met &= verdict.finding().met();
                }
            }
        }
        return met ? ExitCode.OK : ExitCode.CLAIM_NOT_MET;
    }

    private void tell(LessonCheck.Verdict verdict) {
        Expectation.Finding finding = verdict.finding();
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "  %s: %s: %.4g and %.4g, with %d of %d seeds%n",
                        finding.met() ? "met" : "not met",
                        verdict.expectation().claim(),
                        finding.left(),
                        finding.right(),
                        finding.seeds(),
                        verdict.lesson().seeds());
    }
}
