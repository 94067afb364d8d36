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
class RareTokensStudyTest {
    private final ExperimentYaml yaml = new ExperimentYaml();
    private final Study study = Studies.ofLab(yaml, new Presets(yaml)).get("rare-tokens", Map.of());

    private Claim claim(double l2, double decoupled, double weaker) {
        return study.claims(new Figures(Map.of(
                        "none", List.of(run(1)),
                        "l2", List.of(run(l2)),
                        "decoupled", List.of(run(decoupled)),
                        "decoupled, weaker", List.of(run(weaker)))))
                .get(0);
    }

    private static Map<String, Double> run(double ratio) {
        Map<String, Double> figures = new HashMap<>();
        for (String figure : List.of("ratio", "frequent", "middle", "rare")) {
            figures.put(figure, 1.0);
            figures.put(figure + "Start", 1.0);
        }
        figures.put("accuracy", 0.9);
        figures.put("loss", 0.3);
        figures.put("ratio", ratio);
        return figures;
    }

    @Test
    void criteriaAreKeptToTheLetter() {
        assertThat(claim(0.6, 0.85, 0.85).verdict()).isEqualTo(Claim.Verdict.MET);
        assertThat(claim(0.601, 0.85, 0.85).verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claim(0.6, 0.849, 0.85).verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claim(0.6, 0.85, 0.849).verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claim(Double.NaN, 1, 1).verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claim(0.5, Double.NaN, 1).verdict()).isEqualTo(Claim.Verdict.NOT_MET);
    }

    /** Means of four seeds: 0.39, 1.03 and 1.03, with errors of some hundredths. */
    @Test
    void oneSeedShowsThatRareRowsVanishUnderL2Alone() {
        StudyRun run = new StudyRun(study, 1, new ExperimentData(new DataCatalogue()), CellStore.none());
        Findings findings = run.go(2);
        assertThat(findings.met()).isTrue();
        Map<String, Double> measured = findings.claims().get(0).measured();
        assertThat(measured.get("ratioL2")).isCloseTo(0.39, within(0.08));
        assertThat(measured.get("ratioDecoupled")).isCloseTo(1.03, within(0.08));
        assertThat(measured.get("ratioStart")).isCloseTo(1, within(0.08));
        assertThat(measured.get("matched")).isCloseTo(1, within(0.08));
        assertThat(study.tables(run.figures()).get(0).rows()).hasSize(5);
    }
}
