package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import decaylab.data.DataCatalogue;
import decaylab.experiment.Constraint;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.optim.Gate;
import decaylab.train.ExperimentData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CapacityStudyTest {
    private static Study study;
    private static Findings findings;

    /** One seed, with steps for the order to show. */
    @BeforeAll
    static void go() {
        ExperimentYaml yaml = new ExperimentYaml();
        study = Studies.ofLab(yaml, new Presets(yaml)).get("capacity", Map.of("data.testSize", "500"));
        findings = new StudyRun(study, 1, new ExperimentData(new DataCatalogue()), CellStore.none()).go(2);
    }

    private static Claim claim(String id) {
        return findings.claims().stream()
                .filter(claim -> claim.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyTreatmentIsRunWithBothWidths() {
        Map<String, Arm> arms = new HashMap<>();
        study.protocol().arms().forEach(arm -> arms.put(arm.name(), arm));
        assertThat(arms).hasSize(34);
        Arm plain = arms.get("plain, width 256");
        assertThat(plain.experiment().decay().gate()).isEqualTo(Gate.OFF);
        assertThat(plain.experiment().decay().ball().constraint()).isEqualTo(Constraint.NONE);
        assertThat(plain.experiment().network().widths()).containsExactly(256, 256);
        assertThat(arms.get("L2 0.01, width 32").experiment().decay().gate()).isEqualTo(Gate.AUTO);
        assertThat(arms.get("L2 0.01, width 32").experiment().decay().lambda()).isEqualTo(0.01);
        assertThat(arms.get("c=3, width 32").experiment().decay().ball().constraint())
                .isEqualTo(Constraint.L1_INF);
        assertThat(arms.get("c=3, width 32").experiment().decay().ball().radius())
                .isEqualTo(3);
        assertThat(arms.get("c=5, depth 4").experiment().network().widths()).containsExactly(32, 32, 32, 32);
        assertThat(arms.get("L2-inf c=2, width 128").experiment().decay().ball().constraint())
                .isEqualTo(Constraint.L2_INF);
    }

    @Test
    void whatIsAssertedIsMet() {
        for (String id : List.of("X1", "X2", "X3", "X4", "X5", "X6")) {
            assertThat(claim(id).verdict()).as(id + " " + claim(id).measured()).isEqualTo(Claim.Verdict.MET);
        }
        for (String id : List.of("X7", "X8", "X9")) {
            assertThat(claim(id).asserted()).isFalse();
        }
    }

    /** The figures of the specification, 4.5: 214, 26.8 and 5.78 for the balls, about 1,420 and 3,070 for the plain runs. */
    @Test
    void figuresAreThoseOfTheSpecification() {
        Map<String, Double> measured = claim("X2").measured();
        assertThat(measured.get("ballBound[c=10, 256]")).isCloseTo(214, within(0.5));
        assertThat(measured.get("ballBound[c=5, 256]")).isCloseTo(26.8, within(0.06));
        assertThat(measured.get("ballBound[c=3, 32]")).isCloseTo(5.78, within(0.006));
        assertThat(measured.get("bound[plain, 32]")).isBetween(900.0, 2200.0);
        assertThat(measured.get("bound[plain, 256]")).isBetween(2200.0, 4500.0);
    }

    @Test
    void graphsGoOverWidthsAndDepths() {
        Map<String, List<Map<String, Double>>> all = new HashMap<>();
        study.protocol().arms().forEach(arm -> all.put(arm.name(), List.of(Map.of("gap", 1.0, "bound", 2.0))));
        List<Graph> graphs = study.graphs(new Figures(all));
        assertThat(graphs).extracting(Graph::over).containsExactly("width", "width", "hidden layers", "hidden layers");
        assertThat(graphs.get(0).lines().get(0).points())
                .extracting(Graph.Point::step)
                .containsExactly(16L, 32L, 64L, 128L, 256L);
    }
}
