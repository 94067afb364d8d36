package decaylab.ui.chart;

import decaylab.experiment.Change;
import decaylab.instrument.QuantityTexts;
import decaylab.train.Intervention;
import java.util.Locale;
import java.util.Set;

/** What stands beside the mark of an intervention on a chart, in the window's language. */
public final class MarkWords {
    /** Changes to a number. */
    private static final Set<String> NUMBERS = Set.of("lambda", "lr", "radius");

    private final QuantityTexts texts;

    /** In the language of these texts. */
    public MarkWords(QuantityTexts texts) {
        this.texts = texts;
    }

    /** A few words, as "decay off". */
    public String of(Intervention intervention) {
        String what = intervention.what();
        if (what.equals("decay")) {
            return texts.onChart("mark.decay." + intervention.to());
        }
        return texts.onChart(
                "mark." + what,
                NUMBERS.contains(what) ? shortened(intervention.to()) : Change.brief(intervention.to()));
    }

    private static String shortened(String value) {
        double number = Double.parseDouble(value);
        return number == 0 ? "0" : String.format(Locale.ROOT, "%.3g", number);
    }
}
