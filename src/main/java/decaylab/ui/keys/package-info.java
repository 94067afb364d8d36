/** What can be done in the window, as one table that its menus, its keys and the map of its keys are made from. */
@NullMarked
package decaylab.ui.keys;

import org.jspecify.annotations.NullMarked;
