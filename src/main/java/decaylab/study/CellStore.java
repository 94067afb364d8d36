package decaylab.study;

import java.util.Optional;

/** Where the runs of a study that are done are kept. Used by several threads at once. */
public interface CellStore {
    /** What is there of a run. */
    Optional<CellResult> find(CellKey key);

    /**
     * Keeps one.
     *
     * @throws decaylab.problem.BadInputException where it cannot be written
     */
    void put(CellResult result);

    /** Keeps nothing. */
    static CellStore none() {
        return new CellStore() {
            @Override
            public Optional<CellResult> find(CellKey key) {
                return Optional.empty();
            }

            @Override
            public void put(CellResult result) {
                // The caller has it.
            }
        };
    }
}
