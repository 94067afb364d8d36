package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.data.DataCatalogue;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.instrument.Quantity;
import decaylab.train.ExperimentData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The identities, what the claims make of figures, and short runs of every variant. */
class AdamBuffersStudyTest {
    private final ExperimentYaml yaml = new ExperimentYaml();

    private Study study(Map<String, String> settings) {
        return Studies.ofLab(yaml, new Presets(yaml)).get("adam-buffers", settings);
    }

    @Test
    void theIdentitiesHoldInTheLabsOwnUpdate() {
        List<Claim> claims = BufferIdentities.claims();
        assertThat(claims).extracting(Claim::id).containsExactly("D1", "D2", "D3");
        assertThat(claims).extracting(Claim::verdict).containsOnly(Claim.Verdict.MET);
        Map<String, Double> unused = claims.get(0).measured();
        assertThat(unused.get("l2At1e-6")).isCloseTo(0.902722663535, within(1e-9));
        assertThat(unused.get("decoupledAt0.01")).isCloseTo(0.999000494838, within(1e-9));
        assertThat(unused.get("mMixedAt0.01")).isEqualTo(1); // v is 0: no step
        assertThat(claims.get(1).measured().get("l2At1")).isCloseTo(1 / 101.0, within(1e-9));
        assertThat(claims.get(2).measured().get("differenceL2")).isGreaterThan(1e-3);
    }

    @Test
    void theFactorialIsToldAndNotJudged() {
        Study study = study(Map.of());
        Map<String, List<Map<String, Double>>> arms = new HashMap<>();
        study.protocol().arms().forEach(arm -> {
            Map<String, Double> figures = new HashMap<>();
            List.of("norm", "trainLoss", "objective", "penalty", "cosine", "drowned", "accuracy")
                    .forEach(figure -> figures.put(figure, 0.5));
            if (arm.name().startsWith("separate 0.01")) {
                figures.put("accuracy", 0.75);
                figures.put("norm", 2.0);
                figures.put("objective", 0.25);
            }
            arms.put(arm.name(), arm.name().equals("separate 0.03") ? List.of(Map.of()) : List.of(figures));
        });
        assertThat(study.divergenceCounts()).isTrue();
        List<Claim> claims = study.claims(new Figures(arms));
        assertThat(claims).extracting(Claim::id).containsExactly("D1", "D2", "D3", "F1", "F2", "F3", "F4", "F5");
        assertThat(claims.subList(3, 8)).extracting(Claim::asserted).containsOnly(false);
        Map<String, Double> pair = claims.get(3).measured();
        assertThat(pair.get("normRatioPlainAt0.01")).isEqualTo(0.25);
        assertThat(pair.get("accuracyDifferencePlainAt0.01")).isEqualTo(-25);
        assertThat(pair.get("normRatioPlainAt0.03")).isNaN(); // one of them diverged
        assertThat(claims.get(5).measured().get("separateVMixedBySeparateBatchAt0.01"))
                .isEqualTo(2);
        Map<String, Double> best = claims.get(6).measured();
        assertThat(best.get("lambdaSeparatePlain")).isEqualTo(0.01);
        assertThat(best.get("gainSeparatePlain")).isEqualTo(25);
        assertThat(claims.get(6).reconstruction()).contains("did not reproduce");
    }

    @Test
    void everyVariantRuns() {
        Study study = study(Map.of("steps", "40", "data.trainSize", "200", "data.testSize", "100"));
        StudyRun run = new StudyRun(study, 1, new ExperimentData(new DataCatalogue()), CellStore.none());
        Findings findings = run.go(2);
        assertThat(findings.met()).isTrue();
        Map<String, Double> all = findings.claims().get(7).measured();
        assertThat(all.get("drownedNonePlain")).isZero();
        assertThat(all.get("drownedL2Plain")).isBetween(0.05, 1.0);
        assertThat(all.get("cosineNoneBatch")).isNaN();
        assertThat(all.get("penaltyTwinBuffersBatch")).isPositive();
        assertThat(study.tables(run.figures()).get(0).rows()).hasSize(44);
        CellResult cell = run.cells().get(2).result().orElseThrow();
        Curve drowned = cell.curves().get(Quantity.DROWNED);
        assertThat(drowned.steps()).containsExactly(9, 19, 29, 39); // of the instrument's own steps
    }
}
