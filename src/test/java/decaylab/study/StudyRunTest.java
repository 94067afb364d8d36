package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.optim.ParameterBlock;
import decaylab.problem.BadInputException;
import decaylab.train.ExperimentData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study of runs of some milliseconds. */
class StudyRunTest {
    private static final int SEEDS = 3;

    static Experiment experiment(String... settings) {
        Map<String, String> fields = new java.util.LinkedHashMap<>(
                Map.of("steps", "20", "data.trainSize", "200", "data.testSize", "100", "network.widths", "[8]"));
        for (String setting : settings) {
            fields.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return new ExperimentYaml().with(Experiment.defaults(), fields);
    }

    /** Compares the norms of runs with much decay and with none. */
    static class Norms implements Study {
        private final List<Arm> arms;

        Norms() {
            this(new Arm("none", experiment("decay.gate=off")), new Arm("much", experiment("decay.lambda=0.1")));
        }

        Norms(Arm... arms) {
            this.arms = List.of(arms);
        }

        @Override
        public Protocol protocol() {
            Panel panel = new Panel("Norm", Quantity.NORM, List.of("much"));
            return new Protocol(
                    "norms",
                    "For tests.",
                    "nobody",
                    List.of("Few steps."),
                    "all of it",
                    arms,
                    List.of(panel),
                    0.1,
                    0.5);
        }

        @Override
        public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
            progress.accept(0.5);
            ParameterBlock first = run.layout().weights().get(0);
            double square = 0;
            for (int i = first.offset(); i < first.offset() + first.length(); i++) {
                square += run.parameters().get(i) * run.parameters().get(i);
            }
            int place = run.log().place(Metric.of(Quantity.NORM)).orElseThrow();
            progress.accept(1);
            return Map.of(
                    "norm",
                    run.log().value(place, run.log().rows() - 1),
                    "of parameters",
                    Math.sqrt(square),
                    "seed",
                    (double) run.experiment().seed(),
                    "data",
                    (double) run.data().trainSize());
        }

        @Override
        public List<Claim> claims(Figures figures) {
            double[] ratios = figures.ratios("much", "none", "norm");
            return List.of(Claim.asserted(
                    "N1",
                    "Decay makes the norm smaller.",
                    "much < none",
                    Map.of("ratio", Statistics.median(ratios), "seeds", (double) ratios.length),
                    Statistics.median(ratios) < 1));
        }
    }

    private static StudyRun start(Study study, CellStore store) {
        return new StudyRun(study, SEEDS, new ExperimentData(new DataCatalogue()), store);
    }

    private static Findings run(Study study, int workers) {
        return start(study, CellStore.none()).go(workers);
    }

    @Test
    void everyArmIsRunWithEverySeed() {
        StudyRun run = start(new Norms(), CellStore.none());
        Findings findings = run.go(2);
        Figures figures = run.figures();
        assertThat(figures.of("none", "seed")).containsExactly(1, 2, 3);
        assertThat(figures.of("much", "seed")).containsExactly(1, 2, 3);
        assertThat(figures.of("much", "data")).containsOnly(200);
        for (String arm : List.of("none", "much")) {
            for (int i = 0; i < SEEDS; i++) {
                assertThat((float) figures.of(arm, "of parameters")[i]).isEqualTo((float) figures.of(arm, "norm")[i]);
            }
        }
        assertThat(figures.of("none", "norm")).doesNotHaveDuplicates();
        assertThat(findings.met()).isTrue();
        assertThat(findings.seeds()).isEqualTo(SEEDS);
        assertThat(findings.study()).isEqualTo("norms");
        assertThat(run.cells()).allSatisfy(cell -> {
            boolean drawn = cell.key().arm().equals("much");
            assertThat(cell.result().orElseThrow().curves().keySet())
                    .containsExactlyElementsOf(drawn ? List.of(Quantity.NORM) : List.of());
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void theNumberOfWorkersChangesNothing(int workers) {
        assertThat(run(new Norms(), workers).json())
                .isEqualTo(run(new Norms(), 1).json());
    }

    @Test
    void progressIsThatOfTrainingAndMeasuring() {
        List<Double> seen = new ArrayList<>();
        List<StudyRun> runs = new ArrayList<>();
        Study watching = new Norms() {
            @Override
            public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
                seen.add(runs.get(0).done());
                Map<String, Double> figures = super.measure(run, progress, abandoned);
                seen.add(runs.get(0).done());
                return figures;
            }
        };
        runs.add(start(watching, CellStore.none()));
        assertThat(runs.get(0).done()).isZero();
        runs.get(0).go(1);
        assertThat(seen).isSorted().hasSize(4 * SEEDS);
        assertThat(seen.get(0)).isCloseTo(0.5 / (2 * SEEDS), within(1e-9));
        assertThat(seen.get(1)).isCloseTo(1.0 / (2 * SEEDS), within(1e-9));
        assertThat(runs.get(0).done()).isEqualTo(1);
    }

    /** As a process that is killed after some runs: what it stored is there, the rest is not. */
    @Test
    void aStudyThatWasStoppedGoesOnAndRunsNothingTwice() {
        String whole = run(new Norms(), 1).json();
        Map<CellKey, CellResult> kept = new ConcurrentHashMap<>();
        List<StudyRun> first = new ArrayList<>();
        CellStore store = new CellStore() {
            @Override
            public Optional<CellResult> find(CellKey key) {
                return Optional.ofNullable(kept.get(key));
            }

            @Override
            public void put(CellResult result) {
                assertThat(kept.put(result.key(), result)).isNull();
                if (kept.size() == 3) {
                    first.get(0).stop();
                }
            }
        };
        first.add(start(new Norms(), store));
        assertThatThrownBy(() -> first.get(0).go(1)).isInstanceOf(CancellationException.class);
        assertThat(kept).hasSize(3);
        StudyRun second = start(new Norms(), store);
        assertThat(second.done()).isEqualTo(0.5);
        assertThat(second.go(2).json()).isEqualTo(whole);
        assertThat(kept).hasSize(2 * SEEDS);
    }

    @Test
    void aFailureEndsTheOthers() throws InterruptedException {
        AtomicInteger measured = new AtomicInteger();
        CountDownLatch otherStarted = new CountDownLatch(1);
        CountDownLatch otherEnded = new CountDownLatch(1);
        Study failing = new Norms() {
            @Override
            public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
                measured.incrementAndGet();
                if (run.arm().equals("none")) {
                    awaitOther();
                    throw new BadInputException("This cannot be measured.");
                }
                otherStarted.countDown();
                while (!abandoned.getAsBoolean()) {
                    Thread.onSpinWait();
                }
                otherEnded.countDown();
                return Map.of();
            }

            private void awaitOther() {
                try {
                    otherStarted.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        assertThatThrownBy(() -> run(failing, 2))
                .isInstanceOf(BadInputException.class)
                .hasMessage("This cannot be measured.");
        assertThat(otherEnded.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(measured.get()).isLessThan(2 * SEEDS);
    }

    @Test
    void anExperimentThatCannotBeRunIsNamed() {
        Study study = new Norms(new Arm("much", experiment("network.kind=cnn")));
        assertThatThrownBy(() -> run(study, 2))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("network.kind cnn needs images");
    }

    /** With one learning rate a run diverges or not by its seed alone, so the arm is made to with every seed but one. */
    @Test
    void aRunThatDivergesIsSaidAndItsSeedLeftOutOfEveryArm() {
        StudyRun run = start(
                new Norms() {
                    @Override
                    public Map<String, Double> measure(
                            TrainedRun trained, DoubleConsumer progress, BooleanSupplier abandoned) {
                        assertThat(trained.log().rows()).isEqualTo(20);
                        return super.measure(trained, progress, abandoned);
                    }
                },
                new CellStore() {
                    @Override
                    public Optional<CellResult> find(CellKey key) {
                        return key.equals(new CellKey("much", 2))
                                ? Optional.of(new CellResult("much", 2, "The loss is NaN.", Map.of(), Map.of()))
                                : Optional.empty();
                    }

                    @Override
                    public void put(CellResult result) {
                        assertThat(result.key()).isNotEqualTo(new CellKey("much", 2));
                    }
                });
        Findings findings = run.go(2);
        assertThat(run.figures().of("none", "seed")).containsExactly(1, 3);
        assertThat(run.figures().of("much", "seed")).containsExactly(1, 3);
        assertThat(findings.diverged()).containsExactly(new Findings.Diverged("much", 2));
        assertThat(findings.met()).isTrue();
        assertThat(findings.json().replaceAll("\\s+", " "))
                .contains("\"diverged\" : [ { \"arm\" : \"much\", \"seed\" : 2 } ]");
    }

    @Test
    void whereEveryRunDivergesNothingIsMet() {
        Study study = new Norms(
                new Arm("none", experiment()),
                new Arm("much", experiment("optimizer.learningRate=1e9", "network.normalization=none")));
        Findings findings = run(study, 2);
        assertThat(findings.met()).isFalse();
        assertThat(findings.diverged())
                .hasSize(SEEDS)
                .extracting(Findings.Diverged::arm)
                .containsOnly("much");
        assertThat(findings.json()).contains("\"ratio\" : \"NaN\"");
    }
}
