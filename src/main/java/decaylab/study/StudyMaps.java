package decaylab.study;

import decaylab.chart.HeatMap;
import decaylab.chart.HeatMapImages;
import decaylab.chart.Theme;
import java.nio.file.Path;
import java.util.List;

/** The maps of a study as PNG files, one for each figure that is measured, its slices side by side. */
final class StudyMaps {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final double SCALE = 2;

    private final HeatMapImages images = new HeatMapImages();

    /**
     * Writes map-FIGURE.png for each.
     *
     * @throws decaylab.problem.BadInputException where the folder cannot be written
     */
    void write(StudyRun run, Path folder) {
        Figures figures = run.figures();
        for (String figure : run.study().mapped()) {
            List<HeatMap> maps =
                    run.study().maps(figures, figure).stream().map(ArmMap::map).toList();
            if (maps.stream().anyMatch(HeatMap::hasValues)) {
                images.png(maps, Theme.LIGHT, WIDTH, HEIGHT, SCALE, folder.resolve("map-" + figure + ".png"));
            }
        }
    }
}
