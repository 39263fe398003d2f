/**
 * What a gRPC server keeps of its peers, bounded for each connection, for each address and for all.
 * Start at {@link dev.lookaside.limits.PeerGuard}.
 */
@NullMarked
package dev.lookaside.limits;

import org.jspecify.annotations.NullMarked;
