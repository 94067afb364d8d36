/** Runs in the window: the one that trains, those that are looked at beside it, what steers it and what it shows. */
@NullMarked
package decaylab.ui.run;

import org.jspecify.annotations.NullMarked;
