package decaylab.ui.run;

import decaylab.train.Intervention;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.Viewport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ObservableValue;
import javafx.geometry.NodeOrientation;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * The current run from left to right, on the steps that the charts show: its interventions, the steps whose state is kept, and
 * where it is. A click or the end of a drag goes back to a step; with the keyboard the arrows choose one and Enter goes there.
 */
final class Timeline extends Region {
    private static final double SIDE = 14;
    private static final double TRACK = 6;
    private static final double TRACK_Y = 28;
    private static final double HEIGHT = 40;
    private static final double MARKER = 18;
    private static final int LARGE_STEP = 100;
    /** A finger meets what is that near: half of 44 px. */
    private static final double FINGER = 22;

    private final TimelineModel model;
    private final ObservableValue<Viewport> viewport;
    private final Texts texts;
    private final BiConsumer<Node, Intervention> editor;
    private final Region track = new Region();
    private final Region done = new Region();
    private final Region head = new Region();
    private final Region ghost = new Region();
    private final Label words = new Label();
    private final List<Region> ticks = new ArrayList<>();
    private final List<Button> markers = new ArrayList<>();
    /** The step that is being chosen; negative where none is. */
    private long chosen = -1;

    /**
     * @param viewport the steps that the charts show
     * @param editor shows what can be done with an intervention, beside a node
     */
    Timeline(
            TimelineModel model,
            ObservableValue<Viewport> viewport,
            Texts texts,
            BiConsumer<Node, Intervention> editor) {
        this.model = model;
        this.viewport = viewport;
        this.texts = texts;
        this.editor = editor;
        setId("timeline");
        getStyleClass().add("timeline");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        track.getStyleClass().add("timeline-track");
        done.getStyleClass().add("timeline-done");
        head.getStyleClass().add("timeline-head");
        ghost.getStyleClass().add("timeline-ghost");
        words.getStyleClass().add("timeline-words");
        words.setNodeOrientation(texts.orientation());
        for (Node node : List.of(track, done, head, ghost, words)) {
            node.setMouseTransparent(true);
        }
        getChildren().addAll(track, done, head, ghost, words);
        InvalidationListener place = observable -> requestLayout();
        model.steps().addListener(place);
        model.checkpoints().addListener(place);
        viewport.addListener(place);
        model.interventions().addListener((InvalidationListener) observable -> remakeMarkers());
        remakeMarkers();
        setOnMouseMoved(event -> choose(stepAt(event.getX())));
        setOnMouseExited(event -> choose(-1));
        setOnMousePressed(this::pressed);
        setOnMouseDragged(event -> choose(stepAt(event.getX())));
        setOnMouseReleased(this::released);
        setOnKeyPressed(this::typed);
        focusedProperty().addListener((observable, before, now) -> choose(-1));
    }

    private void remakeMarkers() {
        getChildren().removeAll(markers);
        markers.clear();
        for (Intervention intervention : model.interventions()) {
            Button marker = new Button();
            marker.getStyleClass().setAll("timeline-marker", "timeline-" + intervention.what());
            String name = model.nameOf(intervention);
            marker.setAccessibleText(texts.of("timeline.marker", name));
            marker.setTooltip(new Tooltip(texts.of("timeline.marker", name)));
            marker.setOnAction(event -> editor.accept(marker, intervention));
            marker.setUserData(intervention);
            markers.add(marker);
        }
        getChildren().addAll(markers);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = Math.max(1, getWidth() - 2 * SIDE);
        track.resizeRelocate(SIDE, TRACK_Y, width, TRACK);
        double now = xOf(model.steps().get());
        double begin = xOf(0);
        done.resizeRelocate(begin, TRACK_Y, Math.max(0, now - begin), TRACK);
        head.resizeRelocate(now - 6, TRACK_Y + TRACK / 2 - 6, 12, 12);
        head.setVisible(model.steps().get() > 0);
        layoutTicks();
        for (Button marker : markers) {
            long step = ((Intervention) marker.getUserData()).step();
            marker.resizeRelocate(xOf(step) - MARKER / 2, TRACK_Y - MARKER - 1, MARKER, MARKER);
            marker.setVisible(shows(step));
        }
        boolean choosing = chosen >= 0;
        ghost.setVisible(choosing);
        words.setVisible(choosing);
        if (choosing) {
            ghost.resizeRelocate(xOf(chosen) - 1, TRACK_Y - 8, 2, TRACK + 16);
            words.setText(texts.of(
                    chosen < model.steps().get() ? "timeline.goBack" : "timeline.here", Numbers.count(chosen)));
            words.autosize();
            double left = Math.min(xOf(chosen) + 6, SIDE + width - words.getWidth());
            words.relocate(Math.max(SIDE, left), 2);
            words.toFront();
        }
        setAccessibleText(
                texts.of("timeline.accessible", Numbers.count(model.steps().get()), Integer.toString(markers.size())));
    }

    private void layoutTicks() {
        List<Long> kept = model.checkpoints();
        while (ticks.size() < kept.size()) {
            Region tick = new Region();
            tick.getStyleClass().add("timeline-tick");
            tick.setMouseTransparent(true);
            ticks.add(tick);
            getChildren().add(getChildren().indexOf(head), tick);
        }
        for (int i = 0; i < ticks.size(); i++) {
            boolean used = i < kept.size() && shows(kept.get(i));
            ticks.get(i).setVisible(used);
            if (used) {
                ticks.get(i).resizeRelocate(xOf(kept.get(i)) - 0.5, TRACK_Y, 1, TRACK);
            }
        }
    }

    private boolean shows(long step) {
        Viewport shown = viewport.getValue();
        return step >= shown.from() && step <= shown.to();
    }

    private double xOf(long step) {
        Viewport shown = viewport.getValue();
        double share = (step - shown.from()) / (shown.to() - shown.from());
        return SIDE + Math.max(0, Math.min(1, share)) * Math.max(1, getWidth() - 2 * SIDE);
    }

    private long stepAt(double x) {
        Viewport shown = viewport.getValue();
        double share = (x - SIDE) / Math.max(1, getWidth() - 2 * SIDE);
        double step = shown.from() + Math.max(0, Math.min(1, share)) * (shown.to() - shown.from());
        return Math.min(model.steps().get(), Math.max(0, Math.round(step)));
    }

    private void choose(long step) {
        if (chosen != step) {
            chosen = step;
            requestLayout();
        }
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        choose(stepAt(event.getX()));
    }

    private void released(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY || chosen < 0) {
            return;
        }
        Optional<Button> near = event.isSynthesized() ? near(event.getX()) : Optional.empty();
        near.ifPresentOrElse(Button::fire, () -> model.rewind(chosen));
    }

    /** The marker that a finger means; a mouse is precise enough for the steps between. */
    private Optional<Button> near(double x) {
        return markers.stream()
                .filter(Node::isVisible)
                .filter(marker -> Math.abs(middle(marker) - x) <= FINGER)
                .min(Comparator.comparingDouble(marker -> Math.abs(middle(marker) - x)));
    }

    private static double middle(Region marker) {
        return marker.getLayoutX() + marker.getWidth() / 2;
    }

    private void typed(KeyEvent event) {
        long from = chosen >= 0 ? chosen : model.steps().get();
        long by = event.isShiftDown() ? LARGE_STEP : 1;
        switch (event.getCode()) {
            case LEFT -> choose(Math.max(0, from - by));
            case RIGHT -> choose(Math.min(model.steps().get(), from + by));
            case HOME -> choose(0);
            case END -> choose(model.steps().get());
            case ENTER -> {
                if (chosen >= 0) {
                    model.rewind(chosen);
                    choose(-1);
                }
            }
            default -> {
                return;
            }
        }
        event.consume();
    }
}
