package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Curvature;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Normalization;
import decaylab.experiment.Presets;
import decaylab.optim.DecayEntry;
import decaylab.train.ExperimentData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreeMechanismsStudyTest {
    private static Study study(Map<String, String> settings) {
        ExperimentYaml yaml = new ExperimentYaml();
        return Studies.ofLab(yaml, new Presets(yaml)).get("three-mechanisms", settings);
    }

    private static Arm arm(String name) {
        return study(Map.of()).protocol().arms().stream()
                .filter(arm -> arm.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theArmsAreThoseOfTheThreeMechanisms() {
        assertThat(study(Map.of()).protocol().arms()).hasSize(19);
        assertThat(arm("none").experiment().decay().entry()).isEqualTo(DecayEntry.NONE);
        assertThat(arm("last layer").experiment().decay().layers()).hasToString("last");
        Arm plain = arm("plain K-FAC-G, decoupled 0.1");
        assertThat(plain.experiment().network().normalization()).isEqualTo(Normalization.NONE);
        assertThat(plain.experiment().optimizer().curvature().kind()).isEqualTo(Curvature.GAUSS_NEWTON);
        assertThat(plain.experiment().optimizer().learningRate()).isEqualTo(0.02);
        assertThat(plain.experiment().steps()).isEqualTo(450);
        assertThat(arm("plain K-FAC-F").experiment().optimizer().learningRate()).isEqualTo(0.005);
    }

    /** Figures that meet every criterion but for one of an arm. */
    private static List<Claim> claims(String arm, String figure, double value) {
        Map<String, List<Map<String, Double>>> all = new HashMap<>();
        Map<String, Double> accuracies = Map.of(
                "none", 0.67,
                "all layers", 0.70,
                "normalised layers", 0.70,
                "last layer", 0.68,
                "plain K-FAC-G", 0.60,
                "plain K-FAC-G, decoupled 0.1", 0.65,
                "plain K-FAC-G, decoupled 0.3", 0.70);
        Map<String, Double> jacobians = Map.of(
                "plain K-FAC-G", 200.0,
                "plain K-FAC-G, decoupled 0.1", 60.0,
                "plain SGD", 240.0,
                "plain SGD, l2 0.003", 120.0);
        for (Arm each : study(Map.of()).protocol().arms()) {
            Map<String, Double> figures = new HashMap<>();
            figures.put("accuracy", accuracies.getOrDefault(each.name(), 0.5));
            figures.put("jacobian", jacobians.getOrDefault(each.name(), 1.0));
            figures.put("fall", each.name().endsWith("none") ? 9.6 : 1.0);
            for (String one : List.of("train", "norm", "damping", "ratio", "fisher", "gaussNewton")) {
                figures.put(one, 1.0);
            }
            figures.put("rescaled", 1e-15);
            figures.put("transfer", 0.699);
            figures.put("transferScaled", 0.69);
            if (each.name().equals(arm)) {
                figures.put(figure, value);
            }
            all.put(each.name(), List.of(figures));
        }
        return study(Map.of()).claims(new Figures(all));
    }

    @Test
    void whatThePrototypeMeasuredMeetsEveryCriterion() {
        assertThat(claims("none", "accuracy", 0.67))
                .filteredOn(Claim::asserted)
                .hasSize(6)
                .allMatch(claim -> claim.verdict() == Claim.Verdict.MET);
    }

    @ParameterizedTest
    @CsvSource({
        "last layer, accuracy, 0.69, Z2",
        "normalised layers, transfer, 0.69, Z3",
        "none, rescaled, 1e-5, Z4",
        "'constant rate, none', fall, 4.9, Z5",
        "'constant rate, all layers', fall, 3.1, Z5",
        "'plain K-FAC-G, decoupled 0.1', jacobian, 80, Z6",
        "'plain K-FAC-G, decoupled 0.3', accuracy, 0.64, Z7",
        "'plain K-FAC-G, decoupled 0.3', accuracy, NaN, Z7"
    })
    void eachCriterionCanFail(String arm, String figure, double value, String id) {
        assertThat(claims(arm, figure, value))
                .filteredOn(claim -> claim.verdict() == Claim.Verdict.NOT_MET)
                .extracting(Claim::id)
                .containsExactly(id);
    }

    /** A tenth of the steps, one seed: everything that is measured is there, and the identities hold all the same. */
    @Test
    void aSmallStudyMeasuresAllOfIt() {
        Study small = study(Map.of("steps", "120", "evaluateEvery", "60", "data.testSize", "200"));
        StudyRun run = new StudyRun(small, 1, new ExperimentData(new DataCatalogue()), CellStore.none());
        Findings findings = run.go(1);
        assertThat(findings.claims())
                .extracting(Claim::id)
                .containsExactly("Z1", "Z2", "Z3", "Z4", "Z5", "Z6", "Z7", "Z8", "Z9");
        for (Claim claim : findings.claims()) {
            claim.measured().forEach((key, value) -> {
                if (!key.startsWith("se") && !key.equals("ratio")) { // of one seed there is no error
                    assertThat(value).as("%s %s", claim.id(), key).isFinite();
                }
            });
        }
        assertThat(findings.claims().get(3).measured().get("rescaled")).isCloseTo(0, within(1e-12));
        assertThat(small.tables(run.figures())).hasSize(2);
    }
}
