/** Worlds that answer to actions, for what learns by trying: small, exact, and saved as numbers. */
@NullMarked
package decaylab.environment;

import org.jspecify.annotations.NullMarked;
