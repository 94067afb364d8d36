/** Where the lab starts: settings that must be made before a library is loaded, then the command line or the window. */
@NullMarked
package decaylab;

import org.jspecify.annotations.NullMarked;
