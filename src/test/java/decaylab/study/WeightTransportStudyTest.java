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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the claims make of figures, and the figures of one seed. */
class WeightTransportStudyTest {
    private final ExperimentYaml yaml = new ExperimentYaml();
    private final Study study = Studies.ofLab(yaml, new Presets(yaml)).get("weight-transport", Map.of());

    /** Figures by which every claim is met, to the letter. */
    private Map<String, Map<String, Double>> good() {
        Map<String, Map<String, Double>> arms = new HashMap<>();
        for (Arm arm : study.protocol().arms()) {
            Map<String, Double> figures = new HashMap<>(
                    Map.of("angle2", 60.0, "angleHead", 20.0, "errorAngle", 20.0, "rho", 1.0, "accuracy", 0.7));
            figures.putAll(Map.of("deviation", 1e-10, "afterEarly", 1e-10, "kept", 0.2));
            arms.put(arm.name(), figures);
        }
        set(arms, "KP, decay 3e-3", "angle2", 30);
        set(arms, "KP, decay 3e-3", "accuracy", 0.69);
        set(arms, "weight mirror", "angle2", 20);
        return arms;
    }

    private static void set(Map<String, Map<String, Double>> arms, String arm, String figure, double value) {
        Map<String, Double> figures = arms.get(arm);
        assertThat(figures).as(arm).isNotNull();
        figures.put(figure, value);
    }

    private List<String> notMet(Map<String, Map<String, Double>> arms) {
        Map<String, List<Map<String, Double>>> runs = new HashMap<>();
        arms.forEach((arm, figures) -> runs.put(arm, List.of(figures)));
        return study.claims(new Figures(runs)).stream()
                .filter(claim -> claim.verdict() != Claim.Verdict.MET)
                .map(Claim::id)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KP, decay 1e-3 | deviation | 1.1e-10 | K1",
                "KP, decay 3e-3 | angle2 | 30.1 | K2",
                "KP, no decay | angle2 | 59 | K2",
                "weight mirror | angleHead | 20.1 | K3",
                "FA | angle2 | 59.9 | K4",
                "BP | accuracy | 0.7001 | K5",
                "KP, early decay | afterEarly | 1.1e-10 | K7"
            })
    void criteriaAreKeptToTheLetter(String arm, String figure, double value, String claim) {
        Map<String, Map<String, Double>> arms = good();
        assertThat(notMet(arms)).isEmpty();
        set(arms, arm, figure, value);
        assertThat(notMet(arms)).containsExactly(claim);
        set(arms, arm, figure, Double.NaN);
        assertThat(notMet(arms)).containsExactly(claim);
    }

    @Test
    void aDifferenceThatShrinksWithoutDecayIsToldTwice() {
        Map<String, Map<String, Double>> arms = good();
        set(arms, "KP, no decay", "deviation", 1e-3);
        assertThat(notMet(arms)).containsExactly("K1", "K6");
    }

    /** Means of six seeds: 53.9, 20.4, 10.3 and 78.6 degrees, with errors of about a degree. */
    @Test
    void oneSeedShowsThatDecayAligns() {
        StudyRun run = new StudyRun(study, 1, new ExperimentData(new DataCatalogue()), CellStore.none());
        Findings findings = run.go(2);
        assertThat(findings.claims()).hasSize(7).allMatch(claim -> claim.verdict() == Claim.Verdict.MET);
        Map<String, Double> angles = findings.claims().get(1).measured();
        assertThat(angles.get("angle2[KP, no decay]")).isCloseTo(54, within(5.0));
        assertThat(angles.get("angle2[KP, decay 3e-3]")).isCloseTo(20.4, within(4.0));
        assertThat(findings.claims().get(6).measured().get("rhoEarly")).isCloseTo(Math.pow(0.988, 150), within(1e-12));
        assertThat(study.tables(run.figures()).get(0).rows()).hasSize(11);
    }

    /** With eta lambda' in place of lambda, and less time. */
    @Test
    void theIdentityHoldsWithAnotherCouplingAndMomentum() {
        Study other = Studies.ofLab(yaml, new Presets(yaml))
                .get(
                        "weight-transport",
                        Map.of(
                                "decay.coupling",
                                "learning-rate",
                                "optimizer.kind",
                                "heavy-ball",
                                "optimizer.learningRate",
                                "0.03",
                                "optimizer.schedule",
                                "{kind: cosine, floor: 0.0}",
                                "steps",
                                "40",
                                "evaluateEvery",
                                "40",
                                "data.trainSize",
                                "200"));
        Findings findings = new StudyRun(other, 1, new ExperimentData(new DataCatalogue()), CellStore.none()).go(2);
        for (int claim : new int[] {0, 5, 6}) {
            assertThat(findings.claims().get(claim).verdict()).isEqualTo(Claim.Verdict.MET);
        }
    }
}
