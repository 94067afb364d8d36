/** The run: one training thread, its mailbox, its interventions and its log. */
@NullMarked
package decaylab.train;

import org.jspecify.annotations.NullMarked;
