/** Real data sets, fetched from their public places or a mirror, and checked. */
@NullMarked
package decaylab.fetch;

import org.jspecify.annotations.NullMarked;
