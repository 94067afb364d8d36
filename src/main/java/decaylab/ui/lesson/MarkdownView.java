package decaylab.ui.lesson;

import decaylab.ui.base.WordRuns;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.parser.Parser;

/** Markdown as controls: paragraphs, lists, quotes, code, bold and italic words. Links and pictures show as their words. */
final class MarkdownView {
    private final Parser parser = Parser.builder().build();

    /** The blocks of a text, one under the other. */
    VBox of(String markdown) {
        VBox blocks = new VBox();
        blocks.getStyleClass().add("markdown");
        blocks.getChildren().setAll(blocks(parser.parse(markdown)));
        return blocks;
    }

    private List<Node> blocks(org.commonmark.node.Node parent) {
        List<Node> made = new ArrayList<>();
        for (org.commonmark.node.Node block = parent.getFirstChild(); block != null; block = block.getNext()) {
            if (block instanceof BulletList || block instanceof OrderedList) {
                made.addAll(items(block));
            } else if (block instanceof FencedCodeBlock code) {
                made.add(code(code.getLiteral()));
            } else if (block instanceof IndentedCodeBlock code) {
                made.add(code(code.getLiteral()));
            } else if (block instanceof BlockQuote) {
                VBox quote = new VBox();
                quote.getStyleClass().add("markdown-quote");
                quote.getChildren().setAll(blocks(block));
                made.add(quote);
            } else if (block instanceof Paragraph || block instanceof Heading) {
                TextFlow flow = new TextFlow();
                flow.getStyleClass().add(block instanceof Heading ? "markdown-heading" : "markdown-paragraph");
                spans(block, flow, block instanceof Heading ? "markdown-strong" : "");
                made.add(flow);
            }
        }
        return made;
    }

    private List<Node> items(org.commonmark.node.Node list) {
        List<Node> rows = new ArrayList<>();
        int number = list instanceof OrderedList ordered && ordered.getMarkerStartNumber() != null
                ? ordered.getMarkerStartNumber()
                : 1;
        for (org.commonmark.node.Node item = list.getFirstChild(); item instanceof ListItem; item = item.getNext()) {
            Label marker = new Label(list instanceof OrderedList ? number + "." : "\u2022");
            marker.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
            VBox content = new VBox();
            content.getStyleClass().add("markdown");
            content.getChildren().setAll(blocks(item));
            HBox.setHgrow(content, Priority.ALWAYS);
            HBox row = new HBox(marker, content);
            row.getStyleClass().add("markdown-item");
            rows.add(row);
            number++;
        }
        return rows;
    }

    private static Node code(String text) {
        Label label = new Label(text.stripTrailing());
        label.getStyleClass().add("formula");
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }

    private static void spans(org.commonmark.node.Node parent, TextFlow flow, String style) {
        for (org.commonmark.node.Node span = parent.getFirstChild(); span != null; span = span.getNext()) {
            if (span instanceof org.commonmark.node.Text text) {
                add(flow, text.getLiteral(), style);
            } else if (span instanceof Code code) {
                add(flow, code.getLiteral(), "markdown-code");
            } else if (span instanceof SoftLineBreak) {
                add(flow, " ", style);
            } else if (span instanceof HardLineBreak) {
                add(flow, "\n", style);
            } else {
                String inner = span instanceof StrongEmphasis
                        ? "markdown-strong"
                        : span instanceof Emphasis ? "markdown-emphasis" : style;
                spans(span, flow, inner);
            }
        }
    }

    private static void add(TextFlow flow, String words, String style) {
        Text text = new Text(WordRuns.apart(words));
        text.getStyleClass().add("markdown-text");
        if (!style.isEmpty()) {
            text.getStyleClass().add(style);
        }
        flow.getChildren().add(text);
    }
}
