/**
 * A gRPC service on Spring Boot's own starter that the balancer balances. Start at {@link
 * dev.lookaside.example.clock.ClockService}.
 */
@NullMarked
package dev.lookaside.example.clock;

import org.jspecify.annotations.NullMarked;
