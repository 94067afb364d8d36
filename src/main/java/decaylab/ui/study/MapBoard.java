package decaylab.ui.study;

import decaylab.chart.HeatMap;
import decaylab.chart.Theme;
import decaylab.ui.base.BackgroundTasks;
import decaylab.ui.base.Texts;
import decaylab.ui.chart.ChartPictures;
import decaylab.ui.chart.MapPictures;
import decaylab.ui.look.Zoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.NodeOrientation;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleRole;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** One map or two side by side: painted elsewhere where something changed, pointed at with the mouse or the arrow keys. */
public final class MapBoard extends Pane {
    private static final double GAP = 8;

    private final MapsModel model;
    private final BackgroundTasks painting;
    private final Consumer<String> warn;
    private final Supplier<Theme> theme;
    private final MapPictures pictures = new MapPictures();
    private final List<ImageView> views = new ArrayList<>();
    private final Rectangle focus = mark("map-focus");
    private final Rectangle hover = mark("map-hover");
    private @Nullable Look shown;
    private boolean painted = true;

    /** What a painting depends on. */
    private record Look(MapsModel.Shown maps, Theme theme, int width, int height, double scale) {
        /** From the left side of the board to that of a map. */
        double left(int side) {
            return side * (width + GAP);
        }
    }

    /**
     * @param painting paints away from the window's thread
     * @param warn tells why a map cannot be painted
     * @param theme light or dark, asked at each painting
     */
    public MapBoard(
            MapsModel model, BackgroundTasks painting, Consumer<String> warn, Supplier<Theme> theme, Texts texts) {
        this.model = model;
        this.painting = painting;
        this.warn = warn;
        this.theme = theme;
        getStyleClass().add("map-board");
        setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(texts.of("maps.board"));
        accessibleHelpProperty().bind(model.words());
        model.focus().addListener((observable, before, now) -> placeMarks());
        model.hovered().addListener((observable, before, now) -> placeMarks());
        focusedProperty().addListener((observable, before, now) -> {
            if (now && model.focus().get() == null) {
                model.move(0, 0);
            }
            placeMarks();
        });
        setOnMouseMoved(event -> model.hovered().set(at(event).orElse(null)));
        setOnMouseExited(event -> model.hovered().set(null));
        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                at(event).ifPresent(spot -> {
                    model.focus().set(spot);
                    model.openCell(spot);
                });
            }
        });
        setOnKeyPressed(this::pressed);
    }

    private static Rectangle mark(String style) {
        Rectangle mark = new Rectangle();
        mark.getStyleClass().add(style);
        mark.setMouseTransparent(true);
        mark.setVisible(false);
        mark.setManaged(false);
        return mark;
    }

    private void pressed(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> model.move(-1, 0);
            case RIGHT -> model.move(1, 0);
            case UP -> model.move(0, 1);
            case DOWN -> model.move(0, -1);
            case ENTER -> {
                MapsModel.Spot at = model.focus().get();
                if (at != null) {
                    model.openCell(at);
                }
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    private Optional<MapsModel.Spot> at(MouseEvent event) {
        Look look = shown;
        if (look == null) {
            return Optional.empty();
        }
        for (int side = 0; side < look.maps.maps().size(); side++) {
            HeatMap map = look.maps.maps().get(side).map();
            Optional<HeatMap.Place> place = pictures.at(
                    map, look.maps.colours(), look.width, look.height, event.getX() - look.left(side), event.getY());
            if (place.isPresent()) {
                return Optional.of(new MapsModel.Spot(side, place.get()));
            }
        }
        return Optional.empty();
    }

    /** Where a cell is, in this node's coordinates; empty where it is not on screen. */
    public Optional<Rectangle2D> cell(MapsModel.Spot spot) {
        Look look = shown;
        if (look == null || spot.side() >= look.maps.maps().size()) {
            return Optional.empty();
        }
        Rectangle2D cell = pictures.cell(
                look.maps.maps().get(spot.side()).map(), look.maps.colours(), look.width, look.height, spot.place());
        return Optional.of(new Rectangle2D(
                cell.getMinX() + look.left(spot.side()), cell.getMinY(), cell.getWidth(), cell.getHeight()));
    }

    /** Once a frame while it is on screen. */
    public void pulse() {
        Window window = getScene() == null ? null : getScene().getWindow();
        MapsModel.Shown maps = model.shown().get();
        if (maps == null) {
            clear();
        }
        if (window == null || maps == null || !painted) {
            return;
        }
        int count = maps.maps().size();
        int width = (int) Math.floor((getWidth() - (count - 1) * GAP) / count);
        Look look = new Look(
                maps, theme.get(), width, (int) Math.floor(getHeight()), window.getRenderScaleX() * Zoom.of(this));
        if (width < 1 || look.height < 1 || Objects.equals(look, shown)) {
            return;
        }
        painted = false;
        painting.run(
                () -> maps.maps().stream()
                        .map(map -> pictures.paint(
                                map.map(), maps.colours(), look.theme, look.width, look.height, look.scale))
                        .toList(),
                images -> {
                    painted = true;
                    shown = look;
                    place(images, look);
                },
                sentence -> {
                    painted = true;
                    shown = look;
                    warn.accept(sentence);
                });
    }

    private void clear() {
        shown = null;
        views.clear();
        getChildren().clear();
    }

    private void place(List<ChartPictures.Picture> images, Look look) {
        views.clear();
        for (int side = 0; side < images.size(); side++) {
            ImageView view = new ImageView(images.get(side).image());
            view.setFitWidth(look.width);
            view.setFitHeight(look.height);
            view.setLayoutX(look.left(side));
            view.setAccessibleText(look.maps.maps().get(side).map().title());
            views.add(view);
        }
        getChildren().setAll(views);
        getChildren().addAll(hover, focus);
        placeMarks();
    }

    private void placeMarks() {
        place(focus, isFocused() ? model.focus().get() : null);
        place(hover, model.hovered().get());
    }

    private void place(Rectangle mark, MapsModel.@Nullable Spot spot) {
        Optional<Rectangle2D> cell = spot == null ? Optional.empty() : cell(spot);
        mark.setVisible(cell.isPresent());
        cell.ifPresent(at -> {
            mark.setX(at.getMinX() + 1.5);
            mark.setY(at.getMinY() + 1.5);
            mark.setWidth(at.getWidth() - 3);
            mark.setHeight(at.getHeight() - 3);
        });
    }
}
