package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.data.DataCatalogue;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.OptimizerKind;
import decaylab.experiment.Presets;
import decaylab.instrument.Quantity;
import decaylab.optim.DecayEntry;
import decaylab.train.ExperimentData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DqnStudyTest {
    private static Study study(String name, Map<String, String> settings) {
        ExperimentYaml yaml = new ExperimentYaml();
        return Studies.ofLab(yaml, new Presets(yaml)).get(name, settings);
    }

    @Test
    void everyPlacementIsRunWithBothEpsilons() {
        List<Arm> arms = study("dqn", Map.of()).protocol().arms();
        assertThat(arms)
                .extracting(Arm::name)
                .containsExactly(
                        "none",
                        "l2 1e-4",
                        "l2 1e-3",
                        "decoupled 1e-2",
                        "decoupled 1e-1",
                        "none, epsilon 1e-8",
                        "l2 1e-4, epsilon 1e-8",
                        "l2 1e-3, epsilon 1e-8",
                        "decoupled 1e-2, epsilon 1e-8",
                        "decoupled 1e-1, epsilon 1e-8");
        assertThat(arms).allMatch(arm -> arm.experiment().optimizer().kind() == OptimizerKind.ADAM);
        assertThat(arms.get(0).experiment().optimizer().epsilon()).isEqualTo(1.5e-4);
        assertThat(arms.get(5).experiment().optimizer().epsilon()).isEqualTo(1e-8);
        assertThat(arms.get(0).experiment().decay().entry()).isEqualTo(DecayEntry.NONE);
        assertThat(arms.get(4).experiment().decay().lambda()).isEqualTo(0.1);
    }

    @ParameterizedTest
    @CsvSource({"500, 475, MET", "500, 474.9, NOT_MET", "500, NaN, NOT_MET"})
    void theTaskIsSolvedWhereEverySeedSolvesIt(double one, double other, Claim.Verdict verdict) {
        Study study = study("dqn", Map.of());
        Map<String, List<Map<String, Double>>> all = new HashMap<>();
        for (Arm arm : study.protocol().arms()) {
            boolean plain = arm.name().equals("none");
            all.put(arm.name(), List.of(figures(plain ? one : 9), figures(plain ? other : 9)));
        }
        List<Claim> claims = study.claims(new Figures(all));
        assertThat(claims.get(0).verdict()).isEqualTo(verdict);
        assertThat(claims.subList(1, claims.size())).noneMatch(Claim::asserted); // whatever decay does
        assertThat(claims.get(1).measured()).containsEntry("fresh[l2 1e-4]", 9.0);
    }

    private static Map<String, Double> figures(double fresh) {
        return Map.of("fresh", fresh, "greedy", 1.0, "norm", 2.0, "headNorm", 3.0, "value", 4.0);
    }

    @Test
    void isDoneOnTheGridInSeconds() {
        Study study = study("dqn-grid-world", Map.of("steps", "250", "evaluateEvery", "50"));
        StudyRun run = new StudyRun(study, 1, new ExperimentData(new DataCatalogue()), CellStore.none());
        Findings findings = run.go(2);
        assertThat(findings.claims()).hasSize(4);
        assertThat(findings.claims().get(0).measured().get("fresh")).isBetween(-1.0, 0.92);
        assertThat(findings.claims().get(3).measured().get("norm[l2 1e-3]"))
                .isLessThan(findings.claims().get(3).measured().get("norm[none]"));
        Curve returns = run.cells().get(0).result().orElseThrow().curves().get(Quantity.GREEDY_RETURN);
        assertThat(returns.steps()).containsExactly(49, 99, 149, 199, 249);
    }
}
