package decaylab.ui.race;

import decaylab.ui.run.RunEntry;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One of a race as it stands.
 *
 * @param run which
 * @param rows steps that it has done
 * @param norm at its last step; empty before the first
 * @param elr effective learning rate there; empty where there is none
 * @param accuracy on the test set, of its last evaluation; empty before the first, and where there are no examples
 * @param leads what it is first in: none of the others is as good
 */
public record Lane(
        RunEntry run, long rows, OptionalDouble norm, OptionalDouble elr, OptionalDouble accuracy, List<Lead> leads) {
    public Lane {
        leads = List.copyOf(leads);
    }

    /** What one can be first in. */
    public enum Lead {
        ACCURACY,
        SMALLEST_NORM,
        LARGEST_ELR
    }
}
