/** Servers and the requests on them. Start at {@link Server}. */
@NullMarked
package dev.lookaside.simulator.fleet;

import org.jspecify.annotations.NullMarked;
