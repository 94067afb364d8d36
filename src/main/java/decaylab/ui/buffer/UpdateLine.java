package decaylab.ui.buffer;

import decaylab.optim.Coupling;
import decaylab.optim.DecayEntry;
import decaylab.optim.StepRule;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of the update. Their order is the mathematics: what stands before another line is done before it.
 *
 * @param part what it computes
 * @param formula in plain characters, with what decay adds to it in braces
 */
public record UpdateLine(Part part, String formula) {
    /** What a line computes. */
    public enum Part {
        /** The gradient of the loss on the mini-batch. */
        GRADIENT,
        /** The penalty's gradient. */
        PENALTY,
        /** The buffer of momentum. */
        MOMENTUM,
        /** Adam's first moment. */
        FIRST,
        /** Adam's second moment. */
        SECOND,
        /** The weights' own first moment. */
        TWIN_FIRST,
        /** The weights' own second moment. */
        TWIN_SECOND,
        /** What is divided by the root of the second moment. */
        DIVISION,
        /** The weights' change. */
        STEP
    }

    /** Whether decay enters here. */
    public boolean decayEnters() {
        return formula.contains("{");
    }

    /** The formula as it is read aloud or copied. */
    public String plain() {
        return formula.replace("{", "").replace("}", "");
    }

    /**
     * The lines of an update, in their order.
     *
     * @param entry one that the rule can have
     */
    public static List<UpdateLine> of(StepRule rule, DecayEntry entry, Coupling coupling) {
        List<UpdateLine> lines = new ArrayList<>();
        lines.add(new UpdateLine(Part.GRADIENT, "g = \u2207L(w)"));
        if (entry != DecayEntry.NONE) {
            lines.add(new UpdateLine(Part.PENALTY, "l = \u03bb w"));
        }
        String forM = entry.intoM() ? "(g {+ l})" : "g";
        String step = rule instanceof StepRule.Adam ? adam(lines, entry, forM) : momentum(lines, entry, rule);
        lines.add(new UpdateLine(Part.STEP, step + (entry.atStep() ? " {\u2212 " + taken(coupling) + "}" : "")));
        return lines;
    }

    private static String adam(List<UpdateLine> lines, DecayEntry entry, String forM) {
        String forV = entry.intoV() ? "(g {+ l})\u00b2" : "g\u00b2";
        lines.add(new UpdateLine(Part.FIRST, "m \u2190 \u03b2\u2081 m + (1\u2212\u03b2\u2081) " + forM));
        lines.add(new UpdateLine(Part.SECOND, "v \u2190 \u03b2\u2082 v + (1\u2212\u03b2\u2082) " + forV));
        if (entry.twin()) {
            lines.add(new UpdateLine(Part.TWIN_FIRST, "{m' \u2190 \u03b2\u2081 m' + (1\u2212\u03b2\u2081) w}"));
            lines.add(new UpdateLine(Part.TWIN_SECOND, "{v' \u2190 \u03b2\u2082 v' + (1\u2212\u03b2\u2082) w\u00b2}"));
        }
        String over = entry.beforeDivision() ? "(m {+ l})" : "m";
        lines.add(new UpdateLine(
                Part.DIVISION,
                "u = " + over + " / (\u221av + \u03b5)"
                        + (entry.twin() ? " {+ \u03bb m' / (\u221av' + \u03b5)}" : "")));
        return "w \u2190 w \u2212 \u03b7 u";
    }

    private static String momentum(List<UpdateLine> lines, DecayEntry entry, StepRule rule) {
        StepRule.Momentum momentum = (StepRule.Momentum) rule;
        String fed = entry.intoM() ? "g {+ l}" : "g";
        if (momentum.buffers() == 0) {
            return "w \u2190 w \u2212 \u03b7 " + (entry.intoM() ? "(" + fed + ")" : fed);
        }
        lines.add(new UpdateLine(Part.MOMENTUM, "b \u2190 \u03bc b + " + fed));
        return "w \u2190 w \u2212 \u03b7 " + (momentum.nesterov() ? "(" + fed + " + \u03bc b)" : "b");
    }

    /** What is taken off the weights at the step. */
    private static String taken(Coupling coupling) {
        return switch (coupling) {
            case LEARNING_RATE -> "\u03b7 l";
            case SCHEDULE -> "(\u03b7/\u03b7\u2080) l";
            case NONE -> "l";
        };
    }
}
