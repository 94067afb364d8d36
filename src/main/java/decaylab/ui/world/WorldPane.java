package decaylab.ui.world;

import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.environment.CartPole;
import decaylab.environment.GridWorld;
import decaylab.train.Scene;
import javafx.geometry.NodeOrientation;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import org.jspecify.annotations.Nullable;

/** Draws an environment: a cart with its pole, or a grid with its values, its greedy actions and who walks in it. */
final class WorldPane extends Region {
    private static final double MARGIN = 16;
    /** Metres that the picture is wide: the track and a little more. */
    private static final double METRES = 2 * CartPole.TRACK + 1;

    private static final double CART_WIDTH = 0.6;
    private static final double CART_HEIGHT = 0.3;
    private static final int CART_COLOUR = 0;
    private static final int POLE_COLOUR = 1;
    private static final int AGENT_COLOUR = 1;
    private static final int GOAL_COLOUR = 2;
    /** Clockwise from up: of the actions of a grid. */
    private static final double[] ACROSS = {0, 1, 0, -1};

    private static final double[] DOWN = {-1, 0, 1, 0};

    private final Canvas canvas = new Canvas();
    private @Nullable Scene scene;
    private Theme theme = Theme.LIGHT;

    WorldPane() {
        getChildren().add(canvas);
        getStyleClass().add("world-pane");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setMinSize(0, 0);
    }

    /** Draws another state, or the same in another theme; nothing for null. */
    void show(@Nullable Scene now, Theme in) {
        scene = now;
        theme = in;
        draw();
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            draw();
        }
    }

    private void draw() {
        GraphicsContext graphics = canvas.getGraphicsContext2D();
        graphics.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        Scene now = scene;
        if (now == null || canvas.getWidth() <= 2 * MARGIN || canvas.getHeight() <= 2 * MARGIN) {
            return;
        }
        switch (now.kind()) {
            case CART_POLE -> drawCart(graphics, now.numbers());
            case GRID_WORLD -> drawGrid(graphics, now);
        }
    }

    private Color ink() {
        return theme.isDark() ? Color.gray(theme.isContrast() ? 1 : 0.72) : Color.gray(theme.isContrast() ? 0 : 0.35);
    }

    private Color of(int colour) {
        int rgb = Palette.colour(colour, theme);
        return Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    private void drawCart(GraphicsContext graphics, double[] state) {
        double unit = Math.min(
                (canvas.getWidth() - 2 * MARGIN) / METRES,
                (canvas.getHeight() - 2 * MARGIN) / (2 * CartPole.HALF_LENGTH + 1));
        double middle = canvas.getWidth() / 2;
        double ground = canvas.getHeight() / 2 + unit * (CartPole.HALF_LENGTH + CART_HEIGHT);
        graphics.setLineCap(StrokeLineCap.ROUND);
        graphics.setStroke(ink());
        graphics.setLineWidth(2);
        double edge = CartPole.TRACK * unit;
        graphics.strokeLine(middle - edge, ground, middle + edge, ground);
        for (double side : new double[] {-edge, edge}) { // where the track ends
            graphics.strokeLine(middle + side, ground - unit * CART_HEIGHT, middle + side, ground + 0.1 * unit);
        }
        double x = middle + state[0] * unit;
        double top = ground - unit * CART_HEIGHT;
        graphics.setFill(of(CART_COLOUR));
        graphics.fillRoundRect(
                x - CART_WIDTH * unit / 2, top, CART_WIDTH * unit, CART_HEIGHT * unit, 0.1 * unit, 0.1 * unit);
        double length = 2 * CartPole.HALF_LENGTH * unit;
        graphics.setStroke(of(POLE_COLOUR));
        graphics.setLineWidth(Math.max(3, 0.09 * unit));
        graphics.strokeLine(x, top, x + length * Math.sin(state[2]), top - length * Math.cos(state[2]));
        graphics.setFill(ink());
        double joint = Math.max(3, 0.05 * unit);
        graphics.fillOval(x - joint, top - joint, 2 * joint, 2 * joint);
    }

    private void drawGrid(GraphicsContext graphics, Scene now) {
        double side = Math.min(canvas.getWidth(), canvas.getHeight()) - 2 * MARGIN;
        double cell = side / GridWorld.SIDE;
        double left = (canvas.getWidth() - side) / 2;
        double top = (canvas.getHeight() - side) / 2;
        int actions = now.values().size() / GridWorld.CELLS;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < GridWorld.CELLS; i++) {
            if (!GridWorld.isWall(i) && !GridWorld.isGoal(i)) {
                double value = now.values().get(i * actions + greedy(now, i, actions));
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        for (int i = 0; i < GridWorld.CELLS; i++) {
            double x = left + column(i) * cell;
            double y = top + row(i) * cell;
            if (GridWorld.isWall(i)) {
                graphics.setFill(Color.gray(theme.isDark() ? 0.35 : 0.5));
                graphics.fillRect(x, y, cell, cell);
            } else if (GridWorld.isGoal(i)) {
                graphics.setFill(of(GOAL_COLOUR));
                graphics.fillRect(x, y, cell, cell);
            } else {
                int action = greedy(now, i, actions);
                double value = now.values().get(i * actions + action);
                double share = most > least ? (value - least) / (most - least) : 0;
                graphics.setFill(of(CART_COLOUR).deriveColor(0, 1, 1, 0.06 + 0.5 * share));
                graphics.fillRect(x, y, cell, cell);
                drawArrow(graphics, x + cell / 2, y + cell / 2, cell, action);
            }
        }
        graphics.setStroke(ink());
        graphics.setLineWidth(1);
        for (int i = 0; i <= GridWorld.SIDE; i++) {
            graphics.strokeLine(left, top + i * cell, left + side, top + i * cell);
            graphics.strokeLine(left + i * cell, top, left + i * cell, top + side);
        }
        int at = GridWorld.cellOf(now.numbers());
        double radius = cell * 0.2;
        graphics.setFill(of(AGENT_COLOUR));
        graphics.fillOval(
                left + (column(at) + 0.5) * cell - radius,
                top + (row(at) + 0.5) * cell - radius,
                2 * radius,
                2 * radius);
    }

    private static int row(int cell) {
        return cell / GridWorld.SIDE;
    }

    private static int column(int cell) {
        return cell % GridWorld.SIDE;
    }

    /** The action of the largest value in a cell, the first among equals. */
    private static int greedy(Scene now, int cell, int actions) {
        int found = 0;
        for (int k = 1; k < actions; k++) {
            found = now.values().get(cell * actions + k) > now.values().get(cell * actions + found) ? k : found;
        }
        return found;
    }

    private void drawArrow(GraphicsContext graphics, double x, double y, double cell, int action) {
        double length = cell * 0.34;
        double head = cell * 0.1;
        double toX = x + ACROSS[action] * length;
        double toY = y + DOWN[action] * length;
        graphics.setStroke(ink());
        graphics.setLineWidth(Math.max(1.5, cell * 0.03));
        graphics.strokeLine(x - ACROSS[action] * length, y - DOWN[action] * length, toX, toY);
        for (int side : new int[] {-1, 1}) {
            graphics.strokeLine(
                    toX,
                    toY,
                    toX - head * ACROSS[action] + side * head * DOWN[action],
                    toY - head * DOWN[action] + side * head * ACROSS[action]);
        }
    }
}
