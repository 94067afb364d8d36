/** Architectures as DL4J configurations, and the gradients and predictions that DL4J computes for them. */
@NullMarked
package decaylab.net;

import org.jspecify.annotations.NullMarked;
