package decaylab.ui.look;

import javafx.beans.value.ObservableDoubleValue;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;

/**
 * Shows its content larger or smaller, with everything in it: words, distances, icons, and what paints itself. The content is
 * laid out in the room that is left at its own scale, so that nothing in it has to know of the factor; letters and lines are
 * drawn at their final size and stay sharp.
 */
public final class Zoom extends Region {
    private final Node content;
    private final ObservableDoubleValue factor;

    /**
     * @param content to show
     * @param factor of all lengths, above 0
     */
    public Zoom(Node content, ObservableDoubleValue factor) {
        this.content = content;
        this.factor = factor;
        Scale scale = new Scale(factor.get(), factor.get());
        content.getTransforms().add(scale);
        factor.addListener((observable, before, now) -> {
            scale.setX(now.doubleValue());
            scale.setY(now.doubleValue());
            requestLayout();
        });
        getChildren().add(content);
    }

    /** How much larger a node is shown than it is laid out, by all that it lies in; for what paints pixels. */
    public static double of(Node node) {
        Point2D across = node.getLocalToSceneTransform().deltaTransform(1, 0);
        return Math.hypot(across.getX(), across.getY());
    }

    @Override
    protected void layoutChildren() {
        content.resizeRelocate(0, 0, getWidth() / factor.get(), getHeight() / factor.get());
    }

    @Override
    protected double computeMinWidth(double height) {
        return content.minWidth(inside(height)) * factor.get();
    }

    @Override
    protected double computeMinHeight(double width) {
        return content.minHeight(inside(width)) * factor.get();
    }

    @Override
    protected double computePrefWidth(double height) {
        return content.prefWidth(inside(height)) * factor.get();
    }

    @Override
    protected double computePrefHeight(double width) {
        return content.prefHeight(inside(width)) * factor.get();
    }

    private double inside(double length) {
        return length < 0 ? length : length / factor.get();
    }
}
