/**
 * Listens to the load of every endpoint, and so learns at once when one can no longer be reached.
 * Start at {@link LoadStreams}.
 */
@NullMarked
package dev.lookaside.lb.load;

import org.jspecify.annotations.NullMarked;
