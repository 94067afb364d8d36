package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.optim.Gate;
import decaylab.schedule.Horizon;
import decaylab.schedule.Schedule;
import decaylab.train.ExperimentData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the claims make of figures, and that the paper's mechanics show with one seed. */
class EarlyDecayStudyTest {
    private final ExperimentYaml yaml = new ExperimentYaml();
    private final Study study = Studies.ofLab(yaml, new Presets(yaml)).get("early-decay", Map.of());

    private static List<Map<String, Double>> arm(double norm, double elr, double... accuracies) {
        List<Map<String, Double>> runs = new ArrayList<>();
        for (double accuracy : accuracies) {
            runs.add(Map.of(
                    "norm", norm, "switch", 10.0, "elr", elr, "rotation", 1.0, "trainLoss", 1.0, "accuracy", accuracy));
        }
        return runs;
    }

    private List<Claim> claims(double norm, double elr, double[] early, double[] late) {
        double[] none = {0.5, 0.5, 0.5, 0.5};
        return claims(Map.of(
                "none", arm(20, 1, none),
                "always", arm(5, 9, none),
                "early", arm(norm, elr, early),
                "late", arm(6, 9, late)));
    }

    /** Of arms that are not given none gains anything. */
    private List<Claim> claims(Map<String, List<Map<String, Double>>> given) {
        Map<String, List<Map<String, Double>>> arms = new HashMap<>();
        study.protocol().arms().forEach(arm -> arms.put(arm.name(), arm(5, 9, 0.5, 0.5, 0.5, 0.5)));
        arms.putAll(given);
        return study.claims(new Figures(arms));
    }

    private Claim.Verdict verdict(int claim, double always, double off, double on, double late) {
        return claims(Map.of(
                        "always, staircase", arm(5, 9, 0.5 + always, 0.5 + always, 0.5 + always, 0.5 + always),
                        "none, staircase", arm(5, 9, 0.5, 0.5, 0.5, 0.5),
                        "off at 4/8", arm(5, 9, 0.5 + off, 0.5 + off, 0.5 + off, 0.5 + off),
                        "on from 4/8", arm(5, 9, 0.5 + on, 0.5 + on, 0.5 + on, 0.5 + on),
                        "on from 6/8", arm(5, 9, 0.5 + late, 0.5 + late, 0.5 + late, 0.5 + late)))
                .get(claim)
                .verdict();
    }

    @Test
    void criteriaAreKeptToTheLetter() {
        double[] better = {0.52, 0.52, 0.52, 0.5};
        double[] same = {0.5, 0.5, 0.5, 0.5};
        List<Claim> met = claims(13, 2.5, better, same);
        assertThat(met)
                .extracting(Claim::id)
                .containsExactly("A1", "A2", "A3", "A4", "A5", "A6", "G1", "G2", "G3", "G4", "G5");
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

    @Test
    void criteriaOfTheCriticalPeriodAreKeptToTheLetter() {
        assertThat(verdict(6, 0.04, 0.029, 0, 0)).isEqualTo(Claim.Verdict.MET);
        assertThat(verdict(6, 0.04, 0.027, 0, 0)).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(verdict(7, 0.04, 0, 0, 0.009)).isEqualTo(Claim.Verdict.MET);
        assertThat(verdict(7, 0.04, 0, 0, 0.011)).isEqualTo(Claim.Verdict.NOT_MET);
        assertThat(verdict(8, 0.04, 0.03, 0.029, 0)).isEqualTo(Claim.Verdict.MET);
        assertThat(verdict(8, 0.04, 0.03, 0.03, 0)).isEqualTo(Claim.Verdict.NOT_MET);
    }

    /** Arms are what they are called, in steps of the preset's 1,200. */
    @Test
    void decayIsOnWhereTheArmSays() {
        assertThat(decay("early")).isEqualTo("111" + "0".repeat(5));
        assertThat(decay("late")).isEqualTo("000" + "1".repeat(5));
        assertThat(decay("none, staircase")).isEqualTo("00000000");
        assertThat(decay("always, staircase")).isEqualTo("11111111");
        assertThat(decay("off at 2/8")).isEqualTo("11000000");
        assertThat(decay("on from 6/8")).isEqualTo("00000011");
        assertThat(decay("window from 3/8")).isEqualTo("00011000");
    }

    /** Whether decay is on at the beginning of each eighth. */
    private String decay(String name) {
        Experiment experiment = study.protocol().arms().stream()
                .filter(arm -> arm.name().equals(name))
                .findFirst()
                .orElseThrow()
                .experiment();
        StringBuilder on = new StringBuilder();
        for (int eighth = 0; eighth < 8; eighth++) {
            double factor = experiment.decay().schedule().factor(150L * eighth, new Horizon(30, 1200));
            on.append(experiment.decay().gate() == Gate.OFF ? 0 : (int) factor);
        }
        return on.toString();
    }

    @Test
    void settingsAreThoseOfEveryArm() {
        Study shorter = Studies.ofLab(yaml, new Presets(yaml))
                .get("early-decay", Map.of("steps", "400", "optimizer.learningRate", "0.1"));
        assertThat(shorter.protocol().arms()).hasSize(19).allSatisfy(arm -> {
            assertThat(arm.experiment().steps()).isEqualTo(400);
            assertThat(arm.experiment().optimizer().learningRate()).isEqualTo(0.1);
        });
        Schedule early = shorter.protocol().arms().get(2).experiment().decay().schedule();
        assertThat(early).isEqualTo(new Schedule.Window(0, 140L));
    }

    /** Where a window of zero and its neighbours meet the switches, they are the same runs. */
    @Test
    void theCriticalPeriodIsDrawn() {
        Map<String, List<Map<String, Double>>> arms = new HashMap<>();
        study.protocol().arms().forEach(arm -> arms.put(arm.name(), arm(5, 9, 0.5, 0.5, 0.5, 0.5)));
        arms.put("window from 2/8", arm(5, 9, 0.53, 0.55));
        Graph graph = study.graphs(new Figures(arms)).get(0);
        assertThat(graph.lines()).extracting(Graph.Line::name).hasSize(3);
        List<Graph.Point> windows = graph.lines().get(2).points();
        assertThat(windows).extracting(Graph.Point::step).containsExactly(0L, 150L, 300L, 450L, 600L, 750L, 900L);
        assertThat(windows.get(2).value()).isCloseTo(4, within(1e-9));
        assertThat(windows.get(2).error()).isCloseTo(1, within(1e-9));
        assertThat(windows.get(3).value()).isZero();
    }

    /** Norms and effective learning rates vary little from seed to seed; accuracies do, and are left to more seeds. */
    @Test
    void oneSeedShowsTheMechanics() {
        Findings findings = new StudyRun(study, 1, new ExperimentData(new DataCatalogue()), CellStore.none()).go(2);
        assertThat(findings.claims().subList(0, 3)).extracting(Claim::verdict).containsOnly(Claim.Verdict.MET);
        Map<String, Double> norms = findings.claims().get(5).measured();
        assertThat(norms.get("normEarly")).isBetween(17.0, 26.0);
        assertThat(norms.get("normNone")).isBetween(38.0, 50.0);
        assertThat(norms.get("normAlways")).isBetween(6.0, 10.0);
    }
}
