package decaylab.ui.study;

import decaylab.study.Claim;
import decaylab.study.Statistics;
import decaylab.ui.base.Texts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What the paper states, what the lab measured, and what of it is the lab's own: a row for each claim. */
final class VerdictTable extends GridPane {
    private static final double[] PERCENT = {27, 44, 29};

    VerdictTable(List<Claim> claims, Texts texts) {
        getStyleClass().add("verdicts");
        for (double percent : PERCENT) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(percent);
            getColumnConstraints().add(column);
        }
        addRow(
                0,
                label(texts.of("studies.column.states"), "verdict-head"),
                label(texts.of("studies.column.measured"), "verdict-head"),
                label(texts.of("studies.column.own"), "verdict-head"));
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            Label badge = label(claim.verdict().badge(), "badge");
            badge.getStyleClass()
                    .add("badge-"
                            + claim.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            badge.setMinWidth(Region.USE_PREF_SIZE);
            VBox states = cell(badge, label(claim.id() + ". " + claim.states(), "verdict-states"));
            String figures = claim.measured().entrySet().stream()
                    .map(figure -> figure.getKey() + "\u00a0" + Statistics.number(figure.getValue()))
                    .collect(Collectors.joining(",  "));
            VBox measured = cell(label(claim.criterion(), "verdict-criterion"), label(figures, "verdict-figures"));
            VBox own = cell(label(claim.reconstruction(), "verdict-own"));
            addRow(i + 1, states, measured, own);
        }
    }

    private static VBox cell(Label... labels) {
        VBox cell = new VBox(labels);
        cell.getStyleClass().add("verdict");
        GridPane.setValignment(cell, VPos.TOP);
        return cell;
    }

    private static Label label(String text, String style) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.getStyleClass().add(style);
        return label;
    }
}
