/** What this client has seen of the endpoints that it called. Start at {@link Tallies}. */
@NullMarked
package dev.lookaside.client.grpc.outcome;

import org.jspecify.annotations.NullMarked;
