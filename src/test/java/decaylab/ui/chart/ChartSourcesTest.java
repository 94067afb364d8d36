package decaylab.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import decaylab.chart.ChartComposer.Source;
import decaylab.chart.MeanCurves;
import decaylab.experiment.Experiment;
import decaylab.instrument.Metric;
import decaylab.instrument.Quantity;
import decaylab.instrument.QuantityTexts;
import decaylab.instrument.SampleLog;
import decaylab.train.Intervention;
import decaylab.train.RunState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChartSourcesTest {
    private record Run(String id, Experiment experiment, List<Intervention> interventions, SampleLog log)
            implements ChartRun {
        static Run of(String id, long seed, Intervention... made) {
            return new Run(
                    id,
                    Experiment.defaults().withSeed(seed),
                    List.of(made),
                    new SampleLog(List.of(Metric.of(Quantity.NORM))));
        }

        @Override
        public String name() {
            return id;
        }

        @Override
        public int colour() {
            return 0;
        }

        @Override
        public RunState state() {
            return RunState.FINISHED;
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }
    }

    private final Run first = Run.of("first", 1);
    private final Run second = Run.of("second", 2);
    private final Run switched = Run.of("switched", 3, new Intervention(200, "decay", "on", "off"));

    private static List<String> names(List<Source> sources) {
        return sources.stream().map(Source::name).toList();
    }

    @Test
    void withoutBandsEachRunIsDrawn() {
        assertThat(names(new ChartSources(new QuantityTexts()).of(List.of(first, switched, second), false)))
                .containsExactly("first", "switched", "second");
    }

    @Test
    void withBandsRunsThatDifferByTheirSeedOnlyAreOne() {
        ChartSources sources = new ChartSources(new QuantityTexts());
        List<Source> drawn = sources.of(List.of(first, switched, second), true);
        assertThat(names(drawn)).containsExactly("switched", "first, 2 seeds");
        assertThat(drawn.get(1).curves()).isInstanceOf(MeanCurves.class);
        assertThat(sources.of(List.of(first, switched, second), true).get(1).curves())
                .as("what was computed is kept")
                .isSameAs(drawn.get(1).curves());
    }

    @Test
    void aRunThatIsHiddenLeavesTheMean() {
        ChartSources sources = new ChartSources(new QuantityTexts());
        sources.of(List.of(first, second), true);
        assertThat(names(sources.of(List.of(first, switched), true))).containsExactly("first", "switched");
    }
}
