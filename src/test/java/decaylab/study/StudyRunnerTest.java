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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study of runs of some milliseconds. */
class StudyRunnerTest {
    private static final int SEEDS = 3;

    private static Experiment experiment(String... settings) {
        Map<String, String> fields = new java.util.LinkedHashMap<>(
                Map.of("steps", "20", "data.trainSize", "200", "data.testSize", "100", "network.widths", "[8]"));
        for (String setting : settings) {
            fields.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return new ExperimentYaml().with(Experiment.defaults(), fields);
    }

    /** Compares the norms of runs with much decay and with none. */
    private static class Norms implements Study {
        @Override
        public String name() {
            return "norms";
        }

        @Override
        public String description() {
            return "For tests.";
        }

        @Override
        public List<Arm> arms() {
            return List.of(
                    new Arm("none", experiment("decay.gate=off")), new Arm("much", experiment("decay.lambda=0.1")));
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
            return List.of(
                    Claim.asserted(
                            "N1",
                            "Decay makes the norm smaller.",
                            "much < none",
                            Map.of("ratio", Figures.median(ratios), "seeds", (double) ratios.length),
                            Arrays.stream(ratios).allMatch(ratio -> ratio < 1)),
                    Claim.reported("N2", "", "", Map.of("seed", figures.of("much", "seed")[1])));
        }
    }

    private static Findings run(Study study, int workers, DoubleConsumer progress) {
        return new StudyRunner(new ExperimentData(new DataCatalogue()), workers).run(study, SEEDS, progress);
    }

    @Test
    void everyArmIsRunWithEverySeed() {
        List<Figures> seen = new ArrayList<>();
        Findings findings = run(
                new Norms() {
                    @Override
                    public List<Claim> claims(Figures figures) {
                        seen.add(figures);
                        return super.claims(figures);
                    }
                },
                2,
                done -> {});
        Figures figures = seen.get(0);
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
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void theNumberOfWorkersChangesNothing(int workers) {
        assertThat(run(new Norms(), workers, done -> {}).json())
                .isEqualTo(run(new Norms(), 1, done -> {}).json());
    }

    @Test
    void progressGoesUpToOne() {
        List<Double> told = new ArrayList<>();
        run(new Norms(), 3, told::add);
        assertThat(told).isSorted().hasSize(2 * SEEDS * (20 + 2));
        assertThat(told.get(told.size() - 1)).isGreaterThan(1 - 1e-9).isLessThanOrEqualTo(1);
        List<Double> oneByOne = new ArrayList<>();
        run(new Norms(), 1, oneByOne::add);
        assertThat(oneByOne.get(oneByOne.size() / 2 - 1)).isCloseTo(0.5, within(1e-9));
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
        assertThatThrownBy(() -> run(failing, 2, done -> {}))
                .isInstanceOf(BadInputException.class)
                .hasMessage("This cannot be measured.");
        assertThat(otherEnded.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(measured.get()).isLessThan(2 * SEEDS);
    }

    @Test
    void anExperimentThatCannotBeRunIsNamed() {
        Study study = new Norms() {
            @Override
            public List<Arm> arms() {
                return List.of(new Arm("none", experiment("network.kind=cnn")));
            }
        };
        assertThatThrownBy(() -> run(study, 2, done -> {}))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("network.kind cnn needs images");
    }

    @Test
    void aRunThatDivergesIsMeasuredWhereItEnded() {
        Study study = new Norms() {
            @Override
            public List<Arm> arms() {
                return List.of(
                        new Arm("none", experiment()),
                        new Arm("much", experiment("optimizer.learningRate=1e9", "network.normalization=none")));
            }
        };
        Findings findings = run(study, 2, done -> {});
        assertThat(findings.met()).isFalse();
        assertThat(findings.json()).contains("\"ratio\" : \"NaN\"");
    }
}
