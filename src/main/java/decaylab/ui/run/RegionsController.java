package decaylab.ui.run;

import decaylab.chart.Palette;
import decaylab.chart.Theme;
import decaylab.data.DataSet;
import decaylab.ui.base.Numbers;
import decaylab.ui.base.Texts;
import java.util.function.BooleanSupplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.fxml.FXML;
import javafx.geometry.NodeOrientation;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/** Shows the decision regions as a square, the training points over them; hidden where the data does not lie in a plane. */
public final class RegionsController {
    private static final double MOST_POINTS = 1500;
    private static final double SMALLEST = 120;
    private static final double LARGEST = 420;
    private static final double MARGINS = 12;

    private final DecisionRegions regions;
    private final LabSession session;
    private final Texts texts;
    private final ImageView image = new ImageView();
    private final Canvas points = new Canvas();
    private final Label waiting = new Label();
    private @Nullable WritableImage pixels;
    private @Nullable DataSet drawn;
    private @Nullable Theme drawnIn;

    @FXML
    private VBox root;

    @FXML
    private Label step;

    @FXML
    private StackPane place;

    public RegionsController(DecisionRegions regions, LabSession session, Texts texts) {
        this.regions = regions;
        this.session = session;
        this.texts = texts;
    }

    @FXML
    public void initialize() {
        root.visibleProperty().bind(regions.meaningful());
        root.managedProperty().bind(regions.meaningful());
        image.setSmooth(true);
        waiting.setWrapText(true);
        waiting.setNodeOrientation(texts.orientation());
        waiting.setText(texts.of("regions.waiting"));
        waiting.getStyleClass().addAll("text-muted", "placeholder");
        place.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        place.setAccessibleText(texts.of("regions.accessible"));
        Square square = new Square();
        place.getChildren().setAll(square);
        DoubleBinding side = Bindings.createDoubleBinding(
                () -> Math.min(LARGEST, Math.max(SMALLEST, place.getWidth() - MARGINS)), place.widthProperty());
        place.minHeightProperty().bind(side);
        place.maxHeightProperty().bind(side);
        regions.picture().addListener((observable, before, now) -> show(now, square));
        show(regions.picture().get(), square);
    }

    @SuppressWarnings("ReferenceEquality") // the very same data set, not one that is as large
    private void show(@Nullable RegionPicture picture, Square square) {
        waiting.setVisible(picture == null);
        image.setVisible(picture != null);
        points.setVisible(picture != null);
        if (picture == null) {
            BooleanSupplier ended = () -> {
                var status = session.status().get();
                return status != null && status.state().ended();
            };
            waiting.setText(texts.of(ended.getAsBoolean() ? "regions.ended" : "regions.waiting"));
            step.setText("");
            return;
        }
        step.setText(texts.of("regions.step", Numbers.count(picture.step())));
        WritableImage target = pixels;
        if (target == null || target.getWidth() != picture.side()) {
            target = new WritableImage(picture.side(), picture.side());
            pixels = target;
            image.setImage(target);
        }
        target.getPixelWriter()
                .setPixels(
                        0,
                        0,
                        picture.side(),
                        picture.side(),
                        PixelFormat.getIntArgbInstance(),
                        picture.argb(),
                        0,
                        picture.side());
        if (picture.data() != drawn || picture.theme() != drawnIn) {
            drawPoints(square.side());
        }
    }

    private void drawPoints(double side) {
        RegionPicture picture = regions.picture().get();
        GraphicsContext graphics = points.getGraphicsContext2D();
        graphics.clearRect(0, 0, points.getWidth(), points.getHeight());
        if (picture == null || side <= 0) {
            return;
        }
        DataSet data = picture.data();
        drawn = data;
        drawnIn = picture.theme();
        Plane plane = picture.plane();
        double radius = Math.max(2, side / 110);
        int every = (int) Math.ceil(data.trainSize() / MOST_POINTS);
        Color[] colours = new Color[data.classes()];
        for (int c = 0; c < colours.length; c++) {
            int rgb = Palette.colour(c, picture.theme());
            colours[c] = Color.rgb(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
        }
        graphics.setLineWidth(1);
        graphics.setStroke(picture.theme().isDark() ? Color.gray(0.08) : Color.WHITE);
        for (int i = 0; i < data.trainSize(); i += every) {
            double x = plane.across(data.trainInputs()[2 * i]) * side;
            double y = plane.down(data.trainInputs()[2 * i + 1]) * side;
            graphics.setFill(colours[data.trainLabels()[i]]);
            graphics.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
            graphics.strokeOval(x - radius, y - radius, 2 * radius, 2 * radius);
        }
    }

    /** Keeps picture and points square, as wide as there is room. */
    private final class Square extends Region {
        Square() {
            setNodeOrientation(NodeOrientation.LEFT_TO_RIGHT);
            getChildren().setAll(image, points, waiting);
            image.setOpacity(0.55);
        }

        double side() {
            return Math.max(0, Math.min(getWidth(), getHeight()));
        }

        @Override
        protected void layoutChildren() {
            double side = side();
            double x = (getWidth() - side) / 2;
            image.setFitWidth(side);
            image.setFitHeight(side);
            image.relocate(x, 0);
            waiting.resizeRelocate(0, 0, getWidth(), getHeight());
            points.relocate(x, 0);
            if (points.getWidth() != side) {
                points.setWidth(side);
                points.setHeight(side);
                drawPoints(side);
            }
        }
    }
}
