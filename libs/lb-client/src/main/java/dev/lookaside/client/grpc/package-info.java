/**
 * Channels to {@code lookaside:///service}: each picks in its own process from what balancers tell,
 * and goes on when they are gone. Start at {@link Lookaside}.
 */
@NullMarked
package dev.lookaside.client.grpc;

import org.jspecify.annotations.NullMarked;
