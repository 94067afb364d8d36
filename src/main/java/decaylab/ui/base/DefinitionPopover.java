package decaylab.ui.base;

import atlantafx.base.theme.Styles;
import javafx.geometry.NodeOrientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/**
 * Shows a definition beside the thing it defines. The popover is AtlantaFX's, which follows the theme; ControlsFX's, from
 * which it was made, does not.
 */
public final class DefinitionPopover {
    private static final double WIDTH = 340;

    private final Texts texts;

    public DefinitionPopover(Texts texts) {
        this.texts = texts;
    }

    /** Opens beside a node; Escape or a click elsewhere closes. */
    public void show(Node owner, Definition definition) {
        Label title = new Label(definition.title());
        title.getStyleClass().add(Styles.TITLE_4);
        VBox content = new VBox(8, title, wrapped(definition.definition()));
        content.getStyleClass().add("definition-content");
        content.setPrefWidth(WIDTH);
        content.setMaxWidth(WIDTH);
        if (!definition.formula().isEmpty()) {
            Label formula = wrapped(definition.formula());
            formula.getStyleClass().add("formula");
            formula.setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
            formula.setMaxWidth(Double.MAX_VALUE);
            content.getChildren().add(formula);
        }
        if (!definition.source().isEmpty()) {
            Label source = wrapped(texts.of("definition.source", definition.source()));
            source.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
            content.getChildren().add(source);
        }
        Popovers.show(content, owner);
    }

    private static Label wrapped(String text) {
        Label label = new Label(WordRuns.apart(text));
        label.setWrapText(true);
        label.setMinHeight(javafx.scene.layout.Region.USE_PREF_SIZE);
        return label;
    }
}
