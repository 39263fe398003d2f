/**
 * How a server is chosen: the balancer's own policies, and references to measure them against.
 * Start at {@link Strategy} and {@link Strategies}.
 */
@NullMarked
package dev.lookaside.simulator.strategy;

import org.jspecify.annotations.NullMarked;
