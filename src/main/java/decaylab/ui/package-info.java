/** The window: how it is put together, its menus and keys, its icon, and what it remembers. */
@NullMarked
package decaylab.ui;

import org.jspecify.annotations.NullMarked;
