package decaylab.study;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.data.DataCatalogue;
import decaylab.data.DataRequest;
import decaylab.data.DataSet;
import decaylab.experiment.ExperimentYaml;
import decaylab.experiment.Presets;
import decaylab.optim.FlatArray;
import decaylab.optim.ParameterBlock;
import decaylab.optim.ParameterLayout;
import decaylab.train.ExperimentData;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs of some steps: what is told of them, and that nothing is asserted. */
class TranslationStudyTest {
    private final ExperimentYaml yaml = new ExperimentYaml();
    private final Studies studies = Studies.ofLab(yaml, new Presets(yaml));

    @Test
    void everyArmIsToldAndNoneIsJudged() {
        Study study = studies.get(
                "translation",
                Map.of(
                        "steps", "6",
                        "evaluateEvery", "3",
                        "data.trainSize", "60",
                        "data.testSize", "10",
                        "batchSize", "20",
                        "network.widths", "[6]"));
        assertThat(study.protocol().arms()).hasSize(11);
        StudyRun run = new StudyRun(study, 1, new ExperimentData(new DataCatalogue()), CellStore.none());
        Findings findings = run.go(2);
        assertThat(findings.claims()).extracting(Claim::verdict).containsOnly(Claim.Verdict.REPORTED);
        Map<String, Double> quality = findings.claims().get(0).measured();
        Map<String, Double> rows = findings.claims().get(1).measured();
        assertThat(quality).hasSize(33).containsKeys("exact[none]", "loss[l2:1e-4]", "diverged[decoupled:10]");
        assertThat(quality.get("exact[none]")).isBetween(0.0, 1.0);
        assertThat(rows).hasSize(66);
        assertThat(rows.get("sourceFrequent[decoupled:10]")).isLessThan(rows.get("sourceFrequent[none]"));
        assertThat(study.tables(run.figures()).get(0).rows()).hasSize(11);
    }

    @Test
    void rowsAreOrderedByHowOftenTheirTokensComeAndPaddingIsNone() {
        DataSet data = new DataCatalogue()
                .load(new DataRequest("number-words", null, DataRequest.Columns.usual(), 9000, 1000, 0, 0, 1));
        long[] inputs = data.tokenCounts();
        long[] labels = data.labelCounts();
        assertThat(labels[0]).isEqualTo(9000); // every target has one end
        long letters = 0;
        for (float token : data.trainInputs()) {
            letters += token >= 0 ? 1 : 0;
        }
        assertThat(Arrays.stream(inputs).sum()).isEqualTo(letters);
        ParameterLayout layout = new ParameterLayout(
                List.of(new ParameterBlock("embedding", ParameterBlock.Role.WEIGHT, 0, 8, 1, false, false)));
        FlatArray parameters = new FlatArray.OfDouble(new double[] {3, 4, 0, 1, 6, 8, 9, 9});
        RowLengths rows = new RowLengths(layout, parameters, "embedding", 2, new long[] {5, 9, 1});
        assertThat(rows.count()).isEqualTo(3); // the fourth row is of no token
        assertThat(rows.mean(0, 1)).isEqualTo(1);
        assertThat(rows.mean(1, 3)).isEqualTo(7.5);
    }
}
