/**
 * The gRPC server: on which thread it serves, its health, its leave-taking, and the words in which
 * it refuses. Start at {@link RpcServer}.
 */
@NullMarked
package dev.lookaside.lb.rpc;

import org.jspecify.annotations.NullMarked;
