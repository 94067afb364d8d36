package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.data.DataCatalogue;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.train.ExperimentData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphStudyTest {
    private static Study study(String name) {
        ExperimentYaml yaml = new ExperimentYaml();
        return Studies.ofLab(yaml, new Presets(yaml)).get(name, Map.of());
    }

    /** Identities and the norms hold for every seed; accuracies are means of many. */
    @Test
    void theIdentitiesAndTheNormsHoldOnOneSeed() {
        StudyRun run = new StudyRun(study("graph"), 1, new ExperimentData(new DataCatalogue()), CellStore.none());
        List<Claim> claims = run.go(2).claims();
        assertThat(claims).extracting(Claim::id).containsExactly("P1", "P2", "P3", "P4", "P5", "P6", "P7");
        for (int i : new int[] {0, 4, 5}) {
            assertThat(claims.get(i).verdict()).as(claims.get(i).id()).isEqualTo(Claim.Verdict.MET);
        }
        assertThat(claims.get(0).measured().get("difference")).isBetween(0.0, 1e-12);
        assertThat(claims.get(0).measured().get("differenceOfLogits")).isGreaterThan(1e-3);
        assertThat(claims.get(5).measured().get("norm[PTA, AdamW 0.05]")).isBetween(40.0, 80.0);
        assertThat(claims.get(6).measured().get("accuracy[PTA]"))
                .isGreaterThan(claims.get(6).measured().get("accuracy[MLP]"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.87, 0.80, 0.83, 0.88, 4, 89, MET, MET, MET, MET",
        "0.82, 0.80, 0.83, 0.88, 18, 89, NOT_MET, NOT_MET, NOT_MET, NOT_MET",
        "NaN, 0.80, 0.83, 0.88, NaN, 89, NOT_MET, NOT_MET, NOT_MET, NOT_MET"
    })
    void claimsAreJudgedByTheSpecification(
            double pta,
            double spreading,
            double pts,
            double appnp,
            double norm,
            double grown,
            Claim.Verdict gain,
            Claim.Verdict adaptive,
            Claim.Verdict close,
            Claim.Verdict small) {
        Study study = study("graph");
        Map<String, List<Map<String, Double>>> all = new HashMap<>();
        for (Arm arm : study.protocol().arms()) {
            double accuracy =
                    switch (arm.name()) {
                        case "PTA" -> pta;
                        case "label propagation" -> spreading;
                        case "PTS" -> pts;
                        case "APPNP" -> appnp;
                        default -> 0.5;
                    };
            Map<String, Double> figures = new HashMap<>();
            figures.put("accuracy", accuracy);
            figures.put("last", accuracy);
            figures.put("norm", arm.name().equals("PTA") ? norm : grown);
            figures.put("difference", 1e-16);
            figures.put("differenceOfLogits", 0.1);
            figures.put("rowSums", 1e-15);
            all.put(arm.name(), List.of(figures));
        }
        List<Claim> claims = study.claims(new Figures(all));
        assertThat(claims)
                .extracting(Claim::verdict)
                .containsExactly(
                        Claim.Verdict.MET, gain, adaptive, close, Claim.Verdict.MET, small, Claim.Verdict.REPORTED);
        assertThat(study.tables(new Figures(all)).get(0).rows()).hasSize(9);
    }

    @Test
    void coraIsOnlyTold() {
        Study study = study("graph-cora");
        Map<String, List<Map<String, Double>>> all = new HashMap<>();
        study.protocol()
                .arms()
                .forEach(arm -> all.put(arm.name(), List.of(Map.of("accuracy", 0.8, "last", 0.8, "norm", 1.0))));
        assertThat(study.claims(new Figures(all))).noneMatch(Claim::asserted);
    }
}
