/** The journal of a session on screen: what is in it, the student's name and notes, and where it is saved. */
@NullMarked
package decaylab.ui.journal;

import org.jspecify.annotations.NullMarked;
