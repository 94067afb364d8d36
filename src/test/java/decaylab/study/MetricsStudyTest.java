package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.data.DataCatalogue;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.instrument.geometry.GeneralizationMetric;
import decaylab.train.ExperimentData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the claims make of figures, and the figures of one seed. */
class MetricsStudyTest {
    private final ExperimentYaml yaml = new ExperimentYaml();
    private final Study study = Studies.ofLab(yaml, new Presets(yaml)).get("metrics", Map.of());

    /** Every measure of the arm, and kF and Tr F for each seed. */
    private static List<Map<String, Double>> arm(double loss, double deviation, double[] kF, double[] trF) {
        List<Map<String, Double>> runs = new ArrayList<>();
        for (int i = 0; i < kF.length; i++) {
            Map<String, Double> run = new HashMap<>();
            for (GeneralizationMetric metric : GeneralizationMetric.values()) {
                run.put(metric.key(), 2.0);
            }
            run.put("kF", kF[i]);
            run.put("trF", trF[i]);
            run.put("trainLoss", loss);
            run.put("deviation", deviation);
            run.put("accuracy", 0.5);
            runs.add(run);
        }
        return runs;
    }

    private List<Claim> claims(double deviation, double[] kF, double[] trF) {
        double[] ones = {1, 1, 1, 1};
        return study.claims(new Figures(Map.of(
                "none", arm(0.01, 0, ones, ones),
                "always", arm(1, 0, ones, ones),
                "late", arm(1, 0, ones, ones),
                "early", arm(0.03, deviation, kF, trF))));
    }

    @Test
    void criteriaAreKeptToTheLetter() {
        double[] raw = {1.2, 1.2, 1.2, 1.2};
        List<Claim> met = claims(1e-6, new double[] {0.8, 0.8, 0.8, 1.1}, raw);
        assertThat(met).extracting(Claim::id).containsExactly("B1", "B2", "B3", "B4", "B5");
        assertThat(met.subList(0, 3)).extracting(Claim::verdict).containsOnly(Claim.Verdict.MET);
        assertThat(met.get(0).measured())
                .containsEntry("kF", 0.8)
                .containsEntry("kH", 1.0)
                .containsEntry("kFBetter", 0.75)
                .containsEntry("trainLossEarly", 0.03)
                .containsEntry("comparable", 0.0);
        assertThat(met.get(1).measured()).containsEntry("trF", 1.2).doesNotContainKey("kF");
        assertThat(claims(0, new double[] {0.81, 0.81, 0.81, 0.81}, raw).get(0).verdict())
                .isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claims(0, new double[] {0.1, 0.1, 1, 1}, raw).get(0).verdict())
                .isEqualTo(Claim.Verdict.NOT_MET);
        List<Claim> others = claims(1.1e-6, new double[] {Double.NaN, 0, 0, 0}, new double[] {1.1, 1.1, 1.1, 9});
        assertThat(others.subList(0, 3)).extracting(Claim::verdict).containsOnly(Claim.Verdict.NOT_MET);
    }

    /** Deterministic on a machine; the spread between seeds is small enough for one. */
    @Test
    void oneSeedShowsWhatEightDo() {
        Findings findings = new StudyRun(study, 1, new ExperimentData(new DataCatalogue()), CellStore.none()).go(2);
        assertThat(findings.met()).isTrue();
        Map<String, Double> invariant = findings.claims().get(0).measured();
        Map<String, Double> raw = findings.claims().get(1).measured();
        assertThat(invariant.get("kF")).isCloseTo(0.6, within(0.2));
        assertThat(invariant.get("trainLossEarly")).isCloseTo(0.0013, within(0.0004));
        assertThat(invariant).containsEntry("comparable", 1.0).containsKeys("kS", "kJ", "kH", "kR");
        assertThat(raw.get("norm")).isCloseTo(0.49, within(0.1));
        assertThat(raw.get("trF")).isGreaterThan(1.2);
        assertThat(findings.claims().get(2).measured().get("largestDeviation")).isLessThan(1e-9);
    }
}
