package decaylab.study;

import decaylab.experiment.Nearest;
import decaylab.experiment.Presets;
import decaylab.problem.BadInputException;
import java.util.List;

/** Studies by their names. */
public final class Studies {
    private final List<Study> all;

    public Studies(List<Study> all) {
        this.all = List.copyOf(all);
    }

    /** Those that come with the lab. */
    public static Studies ofLab(Presets presets) {
        return new Studies(List.of(new EarlyDecayStudy(presets), new MetricsStudy(presets)));
    }

    /** In the order in which they are listed. */
    public List<Study> all() {
        return all;
    }

    /**
     * @throws BadInputException where there is none of that name
     */
    public Study get(String name) {
        List<String> names = all.stream().map(Study::name).toList();
        return all.stream()
                .filter(study -> study.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInputException("There is no study " + name + Nearest.hint(name, names)
                        + "; the studies are " + String.join(", ", names) + "."));
    }
}
