/**
 * What operators see: one page over HTTP, health, targets and meters for Prometheus, and the line
 * that says that the balancer serves. Start at {@link LookasideEndpoint}.
 */
@NullMarked
package dev.lookaside.lb.ops;

import org.jspecify.annotations.NullMarked;
