package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.data.DataCatalogue;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.train.ExperimentData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the claims make of figures, and that the paper's mechanics show with one seed. */
class EarlyDecayStudyTest {
    private final Study study = Studies.ofLab(new Presets(new ExperimentYaml())).get("early-decay");

    private static List<Map<String, Double>> arm(double norm, double elr, double... accuracies) {
        List<Map<String, Double>> runs = new ArrayList<>();
        for (double accuracy : accuracies) {
            runs.add(Map.of("norm", norm, "switch", 10.0, "elr", elr, "accuracy", accuracy));
        }
        return runs;
    }

    private List<Claim> claims(double norm, double elr, double[] early, double[] late) {
        double[] none = {0.5, 0.5, 0.5, 0.5};
        return study.claims(new Figures(Map.of(
                "none", arm(20, 1, none),
                "always", arm(5, 9, none),
                "early", arm(norm, elr, early),
                "late", arm(6, 9, late))));
    }

    @Test
    void criteriaAreKeptToTheLetter() {
        double[] better = {0.52, 0.52, 0.52, 0.5};
        double[] same = {0.5, 0.5, 0.5, 0.5};
        List<Claim> met = claims(13, 2.5, better, same);
        assertThat(met).extracting(Claim::id).containsExactly("A1", "A2", "A3", "A4", "A5", "A6");
        assertThat(met.subList(0, 5)).extracting(Claim::verdict).containsOnly(Claim.Verdict.MET);
        assertThat(met.get(5).verdict()).isEqualTo(Claim.Verdict.REPORTED);
        assertThat(met.get(3).measured()).containsEntry("winsEarly", 0.75);
        assertThat(claims(13.1, 2.5, better, same).get(0).verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claims(17.1, 2.5, better, same).get(1).verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claims(13, 2.4, better, same).get(2).verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claims(13, 2.5, new double[] {0.6, 0.6, 0.5, 0.5}, same)
                        .get(3)
                        .verdict())
                .isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claims(13, 2.5, better, better).get(4).verdict()).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(claims(Double.NaN, Double.NaN, new double[] {Double.NaN, 1, 1, 1}, same)
                        .subList(0, 5))
                .extracting(Claim::verdict)
                .containsOnly(Claim.Verdict.NOT_MET);
    }

    /** Norms and effective learning rates vary little from seed to seed; accuracies do, and are left to more seeds. */
    @Test
    void oneSeedShowsTheMechanics() {
        Findings findings = new StudyRunner(new ExperimentData(new DataCatalogue()), 2).run(study, 1, done -> {});
        assertThat(findings.claims().subList(0, 3)).extracting(Claim::verdict).containsOnly(Claim.Verdict.MET);
        Map<String, Double> norms = findings.claims().get(5).measured();
        assertThat(norms.get("normEarly")).isBetween(17.0, 26.0);
        assertThat(norms.get("normNone")).isBetween(38.0, 50.0);
        assertThat(norms.get("normAlways")).isBetween(6.0, 10.0);
    }
}
