package decaylab.train;

import decaylab.optim.FlatArray;
import java.util.Optional;

/** What an objective can tell that learns by acting in an environment. */
public interface Acting {
    /** What was earned so far; for the training thread. */
    Returns returns();

    /** The environment as it is now; for the training thread. */
    Scene scene(FlatArray parameters);

    /** The parameters that earned most at an evaluation so far, empty before the first; readable from any thread. */
    Optional<Policy> best();
}
