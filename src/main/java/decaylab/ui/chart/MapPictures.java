package decaylab.ui.chart;

import decaylab.chart.HeatMap;
import decaylab.chart.HeatMapImages;
import decaylab.chart.HeatMapScale;
import decaylab.chart.Theme;
import java.util.Optional;
import javafx.geometry.Rectangle2D;

/** Maps as still pictures, painted by any thread, and where their cells are. All lengths are in logical pixels. */
public final class MapPictures {
    private final HeatMapImages images = new HeatMapImages();

    /**
     * Paints.
     *
     * @param colours of the map, and of those that it is compared with
     * @param scale device pixels a logical pixel
     */
    public ChartPictures.Picture paint(
            HeatMap map, HeatMapScale colours, Theme theme, int width, int height, double scale) {
        return ChartPictures.picture(images.picture(map, colours, theme, width, height, scale));
    }

    /** The cell at a point of a map's picture; empty beside the cells. */
    public Optional<HeatMap.Place> at(HeatMap map, HeatMapScale colours, int width, int height, double x, double y) {
        return images.at(map, colours, width, height, x, y);
    }

    /** Where a cell is in a map's picture. */
    public Rectangle2D cell(HeatMap map, HeatMapScale colours, int width, int height, HeatMap.Place place) {
        var cell = images.cell(map, colours, width, height, place);
        return new Rectangle2D(cell.getX(), cell.getY(), cell.getWidth(), cell.getHeight());
    }
}
