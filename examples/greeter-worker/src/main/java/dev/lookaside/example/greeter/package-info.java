/**
 * A gRPC service that the balancer balances. Start at {@link
 * dev.lookaside.example.greeter.GreeterService}.
 */
@NullMarked
package dev.lookaside.example.greeter;

import org.jspecify.annotations.NullMarked;
