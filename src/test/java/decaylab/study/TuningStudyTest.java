package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.chart.HeatMap;
import decaylab.data.DataCatalogue;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.train.ExperimentData;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuningStudyTest {
    private static final String L2 = "tested, l2";
    private static final String DECOUPLED = "tested, decoupled";

    @TempDir
    private Path folder;

    private static Study study(String name) {
        ExperimentYaml yaml = new ExperimentYaml();
        return Studies.ofLab(yaml, new Presets(yaml)).get(name, Map.of());
    }

    /** As theory has it: a penalty in the buffers is as strong as lambda by the loss's scale; decoupled decay is not. */
    private static Figures figures(Study study, double deviationOfL2, double deviationOfDecoupled) {
        Map<String, List<Map<String, Double>>> arms = new HashMap<>();
        for (Arm arm : study.protocol().arms()) {
            var optimizer = arm.experiment().optimizer();
            var decay = arm.experiment().decay();
            boolean l2 = decay.entry().intoM();
            double strength = decay.lambda() / (l2 ? optimizer.lossScale() : 1);
            double best = l2 ? 0.1 : 3;
            double away = Math.abs(Math.log10(Math.max(1e-9, strength) / best))
                    + Math.abs(Math.log10(optimizer.learningRate() / 1e-3));
            arms.put(
                    arm.name(),
                    List.of(Map.of(
                            "test_accuracy",
                            0.7 - 0.015 * away,
                            "test_loss",
                            1 + away,
                            "train_loss",
                            away,
                            "norm",
                            5.0)));
        }
        if (arms.containsKey(L2)) {
            arms.put(L2, List.of(Map.of("deviation", deviationOfL2)));
            arms.put(DECOUPLED, List.of(Map.of("deviation", deviationOfDecoupled)));
        }
        return new Figures(arms);
    }

    private static Claim claim(List<Claim> claims, String id) {
        return claims.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tuning", "tuning-plain-mlp"})
    void mapsShowEveryEntryAndWhatTheScaleOfTheLossDoes(String name) {
        Study study = study(name);
        Figures figures = figures(study, 1, 0);
        for (String figure : study.mapped()) {
            assertThat(study.maps(figures, figure)).hasSize(10).allMatch(map -> map.map()
                    .hasValues());
        }
        List<Claim> claims = study.claims(figures);
        Claim l2 = claim(claims, "S1");
        assertThat(l2.verdict()).isEqualTo(Claim.Verdict.REPORTED);
        assertThat(l2.measured().get("movedY")).isCloseTo(2, within(0.01));
        assertThat(l2.measured().get("costOfFirst")).isCloseTo(3, within(0.05)); // points: two decades away
        Claim decoupled = claim(claims, "S6");
        assertThat(decoupled.measured()).containsEntry("movedY", 0.0).containsEntry("costOfFirst", 0.0);
        assertThat(claim(claims, "V6").states())
                .contains("V6 decoupled: the best is at decay (lambda) 3 and learning rate");
        // a decade costs 1.5 points, so what is half a decade away in one direction is good: five cells of a quarter of
        // a square decade
        assertThat(claim(claims, "V6").measured().get("goodArea")).isCloseTo(1.25, within(0.15));
        assertThat(study.tables(figures).get(0).rows()).hasSize(10);
        HeatMap none = study.maps(figures, "test_accuracy").get(4).map();
        assertThat(none.rows()).hasSize(1);
        assertThat(none.title()).isEqualTo("Test accuracy, V0 none");
    }

    @Test
    void onlyTheIdentityIsAsserted() {
        Study study = study("tuning");
        List<Claim> claims = study.claims(figures(study, 1e-2, 1e-10));
        assertThat(claims).filteredOn(Claim::asserted).extracting(Claim::id).containsExactly("D3a", "D3b");
        assertThat(claim(claims, "D3a").verdict()).isEqualTo(Claim.Verdict.MET);
        assertThat(claim(claims, "D3b").verdict()).isEqualTo(Claim.Verdict.MET);
        List<Claim> other = study.claims(figures(study, 1e-4, 1e-8));
        assertThat(claim(other, "D3a").verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claim(other, "D3b").verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        List<Claim> diverged = study.claims(figures(study, Double.NaN, Double.NaN));
        assertThat(claim(diverged, "D3a").verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claim(diverged, "D3b").verdict()).isEqualTo(Claim.Verdict.NOT_MET);
    }

    /** D3 of the specification on a real run, through the study. */
    @Test
    void theScaleOfTheLossChangesL2AndNotDecoupledDecay() {
        Study whole = study("tuning");
        Study tested = new Study() {
            @Override
            public Protocol protocol() {
                Protocol all = whole.protocol();
                List<Arm> arms = all.arms().stream()
                        .filter(arm -> arm.name().startsWith("tested"))
                        .toList();
                return new Protocol("tested", "For tests.", "", List.of(), "", arms, List.of(), 1, 0);
            }

            @Override
            public Map<String, Double> measure(TrainedRun run, DoubleConsumer progress, BooleanSupplier abandoned) {
                return whole.measure(run, progress, abandoned);
            }

            @Override
            public List<Claim> claims(Figures figures) {
                return List.of();
            }
        };
        try (StudyJob job = StudyJob.open(tested, 1, new ExperimentData(new DataCatalogue()), folder)) {
            job.go(2);
            Figures figures = job.run().figures();
            assertThat(figures.mean(DECOUPLED, "deviation")).isBetween(0.0, 1e-9);
            assertThat(figures.mean(L2, "deviation")).isGreaterThan(1e-3);
        }
    }
}
