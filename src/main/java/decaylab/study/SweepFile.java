package decaylab.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import decaylab.experiment.Experiment;
import decaylab.experiment.ExperimentYaml;
import decaylab.problem.BadInputException;
import decaylab.store.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep is, as it is kept in its folder: {@code sweep.json} beside the experiment that is varied.
 *
 * @param name of the experiment
 * @param base what is not varied
 * @param axes fields and their values
 * @param draw points that are drawn; null for none
 * @param seeds how many were asked for last
 */
public record SweepFile(
        String name,
        Experiment base,
        List<SweepAxis> axes,
        @Nullable SweepDraw draw,
        int seeds) {
    static final String EXPERIMENT = "experiment.yaml";
    private static final String FILE = "sweep.json";
    private static final String GRID = "grid";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public SweepFile {
        axes = List.copyOf(axes);
    }

    /** The sweep itself. */
    public Sweep sweep() {
        return new Sweep(name, base, axes, draw);
    }

    /** Whether a folder holds a sweep. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /**
     * Reads what a folder holds.
     *
     * @throws BadInputException where it holds no sweep, or it cannot be read
     */
    public static SweepFile read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!isIn(folder)) {
            throw new BadInputException("The folder " + folder + " holds no sweep; choose one with a file " + FILE
                    + ", as decaylab sweep and the window make it.");
        }
        try {
            JsonNode there = JSON.readTree(file.toFile());
            List<SweepAxis> axes = new ArrayList<>();
            for (JsonNode axis : there.path(GRID)) {
                List<String> values = new ArrayList<>();
                axis.path("values").forEach(value -> values.add(value.asText()));
                axes.add(new SweepAxis(axis.path("field").asText(), values));
            }
            int seeds = there.path("seeds").asInt();
            if (seeds < 1 || !there.path("name").isTextual()) {
                throw damaged(file);
            }
            return new SweepFile(
                    there.path("name").asText(),
                    new ExperimentYaml().read(folder.resolve(EXPERIMENT)),
                    axes,
                    draw(there, file),
                    seeds);
        } catch (JsonProcessingException e) {
            throw damaged(file);
        } catch (IOException e) {
            throw new BadInputException(
                    "The file " + file + " cannot be read (" + IoReason.of(e) + "); choose another sweep.", e);
        }
    }

    private static @Nullable SweepDraw draw(JsonNode there, Path file) {
        if (!there.has("ranges")) {
            return null;
        }
        List<SweepDraw.Range> ranges = new ArrayList<>();
        there.path("ranges").forEach(range -> ranges.add(SweepDraw.Range.parse(range.asText())));
        for (SweepDraw.Kind kind : SweepDraw.Kind.values()) {
            if (kind.toString().equals(there.path("draw").asText())) {
                return new SweepDraw(ranges, kind, there.path("points").asInt());
            }
        }
        throw damaged(file);
    }

    private static BadInputException damaged(Path file) {
        return new BadInputException(
                "The file " + file + " is damaged; give the sweep again, with the same folder its runs stay good.");
    }

    /** Contents of the files by their names. */
    Map<String, String> contents() {
        ObjectNode root = JSON.createObjectNode();
        root.put("name", name);
        var grid = root.putArray(GRID);
        for (SweepAxis axis : axes) {
            ObjectNode one = grid.addObject();
            one.put("field", axis.field());
            axis.values().forEach(one.withArray("values")::add);
        }
        if (draw != null) {
            draw.ranges().forEach(range -> root.withArray("ranges").add(range.toString()));
            root.put("draw", draw.kind().toString());
            root.put("points", draw.points());
        }
        root.put("seeds", seeds);
        Map<String, String> contents = new LinkedHashMap<>();
        try {
            contents.put(FILE, JSON.writeValueAsString(root) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // of texts and numbers
        }
        contents.put(EXPERIMENT, new ExperimentYaml().write(base));
        return contents;
    }
}
