package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.data.DataCatalogue;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.train.ExperimentData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the claims make of figures, and the figures of one seed. */
class NormGrowthStudyTest {
    private final ExperimentYaml yaml = new ExperimentYaml();
    private final Study study = Studies.ofLab(yaml, new Presets(yaml)).get("norm-growth", Map.of());

    private List<Claim> claims(double none, double quarter, double half, double all, double deviation) {
        Map<String, List<Map<String, Double>>> arms = new HashMap<>();
        study.protocol().arms().forEach(arm -> arms.put(arm.name(), List.of(run(1, 1e-9))));
        arms.put("0 % redrawn of 1024", List.of(run(none, 0)));
        arms.put("25 % redrawn of 1024", List.of(run(quarter, 0)));
        arms.put("50 % redrawn of 1024", List.of(run(half, 0)));
        arms.put("100 % redrawn of 1024", List.of(run(all, 0)));
        arms.put("plain SGD", List.of(run(1, deviation), run(1, 0)));
        return study.claims(new Figures(arms));
    }

    private static Map<String, Double> run(double growth, double deviation) {
        Map<String, Double> figures = new HashMap<>();
        List.of("budget", "trainAccuracy", "testAccuracy", "trainLoss").forEach(figure -> figures.put(figure, 1.0));
        figures.put("growth", growth);
        figures.put("deviation", deviation);
        return figures;
    }

    @Test
    void criteriaAreKeptToTheLetter() {
        List<Claim> met = claims(1, 1.1, 1.2, 2, 1e-8);
        assertThat(met).extracting(Claim::id).containsExactly("C1", "C2", "C3", "C4", "C5");
        assertThat(met.subList(0, 3)).extracting(Claim::verdict).containsOnly(Claim.Verdict.MET);
        assertThat(met.get(3).verdict()).isEqualTo(Claim.Verdict.REPORTED);
        assertThat(claims(1, 1.2, 1.2, 2, 0).get(0).verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claims(1, 1.1, 1.2, 1.9, 0).get(1).verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claims(1, 1.1, 1.2, 2, 1.1e-8).get(2).verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claims(1, Double.NaN, 1.2, 2, Double.NaN).subList(0, 3))
                .extracting(Claim::verdict)
                .containsExactly(Claim.Verdict.NOT_MET, Claim.Verdict.MET, Claim.Verdict.NOT_MET);
    }

    /** The order is far beyond the spread of seeds. */
    @Test
    void oneSeedShowsTheGrowth() {
        StudyRun run = new StudyRun(study, 1, new ExperimentData(new DataCatalogue()), CellStore.none());
        Findings findings = run.go(2);
        assertThat(findings.met()).isTrue();
        Map<String, Double> byNoise = findings.claims().get(0).measured();
        assertThat(byNoise.get("growth0")).isCloseTo(0.06, within(0.02));
        assertThat(byNoise.get("growth100")).isCloseTo(0.235, within(0.04));
        assertThat(byNoise.get("trainAccuracy100")).isGreaterThan(0.99);
        assertThat(findings.claims().get(2).measured().get("identityDeviationWithEpsilon"))
                .isBetween(1e-6, 1e-2);
        Table table = study.tables(run.figures()).get(0);
        assertThat(table.rows()).hasSize(15);
        assertThat(table.rows().get(4).get(0)).isEqualTo("0 % redrawn of 1024");
    }
}
