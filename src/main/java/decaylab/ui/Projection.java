package decaylab.ui;

import decaylab.chart.ChartKind;
import decaylab.ui.chart.ChartBoard;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableBooleanValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;

/**
 * What a projector shows of the window: few charts, large; the decay switch; nothing for which the class has no use. Nodes of
 * the style class {@code unprojected} are away meanwhile.
 */
final class Projection {
    private static final PseudoClass PROJECTOR = PseudoClass.getPseudoClass("projector");
    /** It shows so many charts. */
    static final int MOST_CHARTS = 2;

    private final Parent root;
    private final ChartBoard board;
    private final List<Node> away = new ArrayList<>();
    private List<ChartKind> before = List.of();

    Projection(Parent root, ChartBoard board, ObservableBooleanValue on) {
        this.root = root;
        this.board = board;
        on.addListener((observable, old, now) -> {
            root.pseudoClassStateChanged(PROJECTOR, now);
            if (now) {
                begin();
            } else {
                end();
            }
        });
    }

    private void begin() {
        for (Node node : root.lookupAll(".unprojected")) {
            if (node.isVisible() || node.isManaged()) {
                node.setVisible(false);
                node.setManaged(false);
                away.add(node);
            }
        }
        before = List.copyOf(board.kinds());
        board.kinds().setAll(before.subList(0, Math.min(MOST_CHARTS, before.size())));
    }

    private void end() {
        away.forEach(node -> {
            node.setVisible(true);
            node.setManaged(true);
        });
        away.clear();
        board.kinds().setAll(before);
    }
}
