package decaylab.ui.inspect;

import decaylab.train.LayerLook;
import org.jspecify.annotations.Nullable;

/**
 * A layer now, and at an earlier step.
 *
 * @param now the newest look
 * @param then the earlier one; null where none was asked for, or there is none
 */
public record Looks(LayerLook now, @Nullable LayerLook then) {}
