/** The editor of schedules: decay and learning rate over the whole run, what decays, and what lambda is to hold. */
@NullMarked
package decaylab.ui.schedule;

import org.jspecify.annotations.NullMarked;
