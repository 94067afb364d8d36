/** Makes the images of {@code datasets/glyphs}. */
@NullMarked
package decaylab.glyphs;

import org.jspecify.annotations.NullMarked;
